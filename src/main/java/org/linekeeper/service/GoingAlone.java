package org.linekeeper.service;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.linekeeper.command.Command;
import org.linekeeper.failover.CommandDesk.Told;
import org.linekeeper.journal.Journal;
import org.linekeeper.settings.Peers;
import org.linekeeper.state.Actor;

/**
 * The one command that is not decided by the watchers together: a person has this one go on without
 * the others, when a majority of them is lost. Who asks is told what that risks before it is done.
 */
final class GoingAlone {
  private static final String RISK =
      "The risk: if they live, and only cannot be reached from here, they go on as well. Then both"
          + " sides may move the same numbers and PBXs, each against the other, and a floating address"
          + " may come to two hosts. And whatever they decided after that record is not known here: a"
          + " number that they have moved since counts here as normal. Have Linekeeper on their"
          + " machines stopped for good (systemctl disable --now linekeeper), or the machines switched"
          + " off, and believe only who has seen it. Then say: linekeeper alone --others-are-off";

  private final Journal journal;
  private final String watcher;
  private final List<Peers.Peer> others;

  GoingAlone(Journal journal, String watcher, Optional<Peers> together) {
    this.journal = journal;
    this.watcher = watcher;
    this.others =
        together.map(Peers::watchers).orElse(List.of()).stream()
            .filter(peer -> !peer.name().equals(watcher))
            .toList();
  }

  CompletionStage<Told> ask(Command.GoAlone command, Actor by) {
    if (by.door() != Actor.Door.CLI) {
      return CompletableFuture.completedFuture(
          new Told(
              false,
              "That is said on the command line of the watcher that is left. Nothing was changed."));
    }
    return command.othersAreOff()
        ? journal.goOnAlone(by).handle((whyNot, fault) -> gone(Optional.ofNullable(whyNot), by))
        : journal.whyNotAlone().thenApply(whyNot -> whyNot.isEmpty() ? risky() : refused(whyNot));
  }

  private static Told refused(String whyNot) {
    return new Told(false, "Nothing was changed. " + whyNot);
  }

  private Told risky() {
    String latest =
        journal.latest(1).stream()
            .map(record -> " is of " + record.entry().at() + ": " + record.entry().sentence())
            .findFirst()
            .orElse(" was deleted");
    return new Told(
        false,
        "Nothing was changed yet. "
            + others.stream()
                .map(peer -> peer.name() + " (" + peer.host() + ")")
                .collect(Collectors.joining(" and "))
            + " cannot be reached, or make no majority with "
            + watcher
            + ", which can go on alone with its own copy of the journal. Its latest record"
            + latest
            + ". "
            + RISK);
  }

  private Told gone(Optional<String> whyNot, Actor by) {
    if (whyNot.isEmpty()) {
      return new Told(
          false,
          "It is not known whether that was done. This watcher starts anew: look at linekeeper status"
              + " in some ten seconds, and ask again if it does not go on alone.");
    }
    if (!whyNot.get().isEmpty()) {
      return refused(whyNot.get());
    }
    return new Told(
        true,
        watcher
            + " goes on alone, since "
            + by
            + " says that the others are off. It starts anew now; in some ten seconds linekeeper"
            + " status says so (if it does not answer, start it), and every command works. Nothing moves by itself until somebody says"
            + " linekeeper mode automatic. Before one of the others is started again, move its journal"
            + " directory away: with an empty one it is taken in.");
  }
}
