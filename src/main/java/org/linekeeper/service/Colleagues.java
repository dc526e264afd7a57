package org.linekeeper.service;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.linekeeper.estate.PbxId;
import org.linekeeper.failover.Others;
import org.linekeeper.failover.Vote;
import org.linekeeper.journal.Journal;
import org.linekeeper.settings.LocalSettings;
import org.linekeeper.settings.Peers;
import org.linekeeper.verdict.Verdict;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What the other watchers see, asked over the journal's own connections. */
final class Colleagues implements Others {
  /** Of one letter, so that it is not taken for a command, which is an object. */
  static final byte LOOK = 'L';

  /** The same, for a {@link WatcherCard}. */
  static final byte CARD = 'C';

  private static final JsonMapper JSON = new JsonMapper();

  private final Journal journal;
  private final List<String> names;

  Colleagues(Journal journal, LocalSettings local) {
    this.journal = journal;
    this.names =
        local.peers().map(Peers::watchers).orElse(List.of()).stream()
            .map(Peers.Peer::name)
            .filter(name -> !name.equals(local.watcher()))
            .toList();
  }

  /**
   * A vote as it is sent.
   *
   * @param kinds by PBX, the kind of verdict; one that the asking release does not know is left out
   * @param carrier null from releases that did not say it
   */
  private record Sent(
      String watcher,
      Map<String, String> kinds,
      Map<String, String> evidence,
      boolean isolated,
      @Nullable Boolean carrier) {
    private Sent {
      Objects.requireNonNull(watcher);
      Objects.requireNonNull(kinds);
      Objects.requireNonNull(evidence);
    }
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public CompletionStage<Vote> look(String watcher, Duration asked, Duration deadline) {
    return journal
        .ask(watcher, new byte[] {LOOK}, deadline)
        .thenApply(answer -> vote(watcher, answer, asked));
  }

  /** Whatever it is, who answers is there: nobody goes on without it as if it were not. */
  static Vote vote(String watcher, byte[] answer, Duration asked) {
    try {
      return vote(JSON.readValue(answer, Sent.class), asked);
    } catch (JacksonException ofAnotherRelease) {
      return Vote.notUnderstood(watcher, asked);
    }
  }

  private static Vote vote(Sent sent, Duration asked) {
    Map<PbxId, Verdict.Kind> kinds = new TreeMap<>();
    sent.kinds.forEach(
        (pbx, name) -> kind(name).ifPresent(kind -> kinds.put(new PbxId(pbx), kind)));
    Map<PbxId, String> evidence = new TreeMap<>();
    sent.evidence.forEach((pbx, sentence) -> evidence.put(new PbxId(pbx), sentence));
    Vote.Sight sight = sent.isolated ? Vote.Sight.CUT_OFF : Vote.Sight.SEES;
    boolean carrier = sent.carrier == null || sent.carrier;
    return new Vote(sent.watcher, kinds, evidence, sight, carrier, asked);
  }

  private static Optional<Verdict.Kind> kind(String name) {
    try {
      return Optional.of(Verdict.Kind.valueOf(name));
    } catch (IllegalArgumentException ofAnotherRelease) {
      return Optional.empty();
    }
  }

  /**
   * Answers questions of the other watchers: what this one sees, who it is, and commands for it.
   */
  static CompletionStage<byte[]> answer(
      byte[] question,
      Supplier<CompletionStage<Vote>> look,
      Supplier<WatcherCard> card,
      Relay commands) {
    if (question.length == 1 && question[0] == CARD) {
      return CompletableFuture.supplyAsync(() -> card.get().written());
    }
    return question.length == 1 && question[0] == LOOK
        ? look.get().thenApply(Colleagues::sent)
        : commands.answer(question);
  }

  private static byte[] sent(Vote vote) {
    Map<String, String> kinds = new LinkedHashMap<>();
    vote.kinds().forEach((pbx, kind) -> kinds.put(pbx.name(), kind.name()));
    Map<String, String> evidence = new LinkedHashMap<>();
    vote.evidence().forEach((pbx, sentence) -> evidence.put(pbx.name(), sentence));
    return JSON.writeValueAsBytes(
        new Sent(
            vote.watcher(), kinds, evidence, vote.sight() == Vote.Sight.CUT_OFF, vote.carrier()));
  }
}
