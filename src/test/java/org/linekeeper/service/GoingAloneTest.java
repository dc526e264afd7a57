package org.linekeeper.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.linekeeper.command.Command;
import org.linekeeper.failover.CommandDesk.Told;
import org.linekeeper.failover.CommandTaker;
import org.linekeeper.journal.Journal;
import org.linekeeper.journal.Recorded;
import org.linekeeper.journal.Standing;
import org.linekeeper.settings.Peers;
import org.linekeeper.state.Actor;
import org.linekeeper.state.Entry;

/** What somebody is told who has the last watcher go on alone. */
class GoingAloneTest {
  private static final Actor ENGINEER = new Actor(Actor.Door.CLI, "engineer");
  private static final Peers THREE =
      new Peers(
          List.of(
              peer("watcher-1", "192.0.2.11"),
              peer("watcher-2", "192.0.2.10"),
              peer("witness", "198.51.100.7")),
          Path.of("keys"),
          Optional.empty(),
          7070);

  private final Journal journal = mock(Journal.class);
  private final CommandTaker desk = mock(CommandTaker.class);
  private final Relay relay =
      new Relay(desk, journal, new GoingAlone(journal, "witness", Optional.of(THREE)));

  private static Peers.Peer peer(String name, String host) {
    return new Peers.Peer(name, host, 7070, "of " + name, Optional.empty());
  }

  private Told ask(boolean othersAreOff, Actor by) {
    return relay.carryOut(new Command.GoAlone(othersAreOff), by).toCompletableFuture().join();
  }

  private void mayNot(String why) {
    when(journal.whyNotAlone()).thenReturn(CompletableFuture.completedFuture(why));
    when(journal.goOnAlone(any())).thenReturn(CompletableFuture.completedFuture(why));
  }

  @Test
  void firstTheyAreToldWhatIsSoAndWhatItRisks() {
    mayNot("");
    Entry divert =
        new Entry.Noted(Instant.parse("2026-11-22T03:12:00Z"), Entry.Noted.Weight.INFO, "diverted");
    when(journal.latest(1)).thenReturn(List.of(new Recorded(7, divert)));

    Told told = ask(false, ENGINEER);

    assertThat(told.accepted()).isFalse();
    assertThat(told.text())
        .startsWith("Nothing was changed yet. watcher-1 (192.0.2.11) and watcher-2 (192.0.2.10) ")
        .contains("Its latest record is of 2026-11-22T03:12:00Z: diverted.")
        .contains("if they live, and only cannot be reached from here, they go on as well")
        .endsWith("Then say: linekeeper alone --others-are-off");
    verify(journal, never()).goOnAlone(any());
  }

  @Test
  void onTheirWordItIsDone() {
    mayNot("");
    Told told = ask(true, ENGINEER);
    assertThat(told.accepted()).isTrue();
    assertThat(told.text())
        .startsWith("witness goes on alone, since engineer by cli says that the others are off.")
        .contains("move its journal directory away");
    verify(journal).goOnAlone(ENGINEER);
  }

  @Test
  void whyNotIsSaidEitherWay() {
    mayNot("There is a majority.");
    for (boolean othersAreOff : List.of(false, true)) {
      Told told = ask(othersAreOff, ENGINEER);
      assertThat(told.accepted()).isFalse();
      assertThat(told.text()).isEqualTo("Nothing was changed. There is a majority.");
    }
  }

  @Test
  void thatItFailedIsSaidWithWhatToDo() {
    when(journal.goOnAlone(any()))
        .thenReturn(CompletableFuture.failedFuture(new IllegalStateException("the disk hangs")));
    Told told = ask(true, ENGINEER);
    assertThat(told.accepted()).isFalse();
    assertThat(told.text()).contains("not known whether that was done", "linekeeper status");
  }

  @ParameterizedTest
  @EnumSource(value = Actor.Door.class, names = "CLI", mode = EnumSource.Mode.EXCLUDE)
  void noOtherDoorThanTheCommandLineMay(Actor.Door door) {
    mayNot("");
    Told told = ask(true, new Actor(door, "alice"));
    assertThat(told.accepted()).isFalse();
    assertThat(told.text()).contains("command line of the watcher that is left");
    verify(journal, never()).goOnAlone(any());
  }

  @Test
  void itIsNeverPassedOnToAWatcherThatLeads() {
    mayNot("There is a majority.");
    when(journal.leads()).thenReturn(true);
    assertThat(ask(true, ENGINEER).accepted()).isFalse();
    verify(desk, never()).carryOut(any(), any());
  }

  @Test
  void whoeverAsksForAnythingElseWithoutAMajorityLearnsOfIt() {
    when(journal.standing())
        .thenReturn(
            new Standing(
                false,
                Optional.empty(),
                List.of("watcher-1", "watcher-2", "witness"),
                Set.of(),
                Set.of(),
                List.of()));
    assertThat(relay.say("DIVERT ALL", ENGINEER).toCompletableFuture().join().text())
        .contains("linekeeper alone on its machine says what that means");
  }
}
