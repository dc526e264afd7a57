package org.linekeeper.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.Test;
import org.linekeeper.actuator.PbxControl;
import org.linekeeper.carrier.Carrier;
import org.linekeeper.estate.Movings;
import org.linekeeper.estate.Offices;
import org.linekeeper.journal.Journal;
import org.linekeeper.journal.Standing;
import org.linekeeper.state.Entry;
import org.linekeeper.state.State;

/** People are told of a watcher that is missing, once, and when it is back. */
class AttendanceTest {
  private final Journal journal = mock(Journal.class);
  private final List<String> told = new ArrayList<>();
  private final Attendance attendance =
      new Attendance(
          new Core(
              "watcher-1",
              journal,
              mock(PbxControl.class),
              mock(Carrier.class),
              mock(ExecutorService.class),
              mock(ExecutorService.class),
              () -> Instant.EPOCH,
              () -> Duration.ZERO,
              () -> "id"));

  AttendanceTest() {
    when(journal.state()).thenReturn(State.EMPTY);
    when(journal.append(any()))
        .thenAnswer(
            call -> {
              List<Entry> entries = call.getArgument(0);
              entries.forEach(entry -> told.add(entry.sentence()));
              return CompletableFuture.completedFuture(State.EMPTY);
            });
  }

  private void turn(long seconds, Set<String> lost, Set<String> silent) {
    turn(seconds, lost, silent, List.of());
  }

  private void turn(long seconds, Set<String> lost, Set<String> silent, List<String> apart) {
    when(journal.standing())
        .thenReturn(
            new Standing(
                true,
                Optional.empty(),
                List.of("watcher-1", "watcher-2", "witness"),
                lost,
                silent,
                apart));
    attendance.turn(
        new Picture(
            State.EMPTY, Map.of(), CarrierSight.NONE, Instant.EPOCH, Duration.ofSeconds(seconds)));
  }

  @Test
  void ofOneThatIsSilentForTwoMinutesOnce() {
    turn(10, Set.of(), Set.of("witness"));
    turn(129, Set.of(), Set.of("witness"));
    assertThat(told).isEmpty();
    turn(130, Set.of(), Set.of("witness"));
    turn(500, Set.of(), Set.of("witness"));
    assertThat(told).singleElement().asString().contains("witness does not answer");
    turn(510, Set.of(), Set.of());
    assertThat(told).hasSize(2).last().asString().contains("witness is back");
  }

  @Test
  void whatItIsNeededForIsSaid() {
    when(journal.state())
        .thenReturn(
            State.evolve(
                State.EMPTY,
                new Entry.SettingsAccepted(
                    Instant.EPOCH,
                    "watcher-1",
                    "hash",
                    Offices.accountants().with(Movings.leased("watcher-1", "watcher-2")))));
    turn(10, Set.of(), Set.of("watcher-2"));
    turn(130, Set.of(), Set.of("watcher-2"));
    assertThat(told)
        .singleElement()
        .asString()
        .contains("Until it is back the floating address cannot come to standby's host");
  }

  @Test
  void notOfARestart() {
    turn(10, Set.of(), Set.of("witness"));
    turn(60, Set.of(), Set.of());
    turn(140, Set.of(), Set.of("witness"));
    assertThat(told).isEmpty();
  }

  @Test
  void ofOneThatKeepsAnotherJournalAtOnceAndOnce() {
    List<String> alone = List.of("witness has gone on alone as well");
    turn(10, Set.of(), Set.of(), alone);
    turn(11, Set.of(), Set.of(), alone);
    assertThat(told).containsExactlyElementsOf(alone);
    turn(12, Set.of(), Set.of());
    turn(13, Set.of(), Set.of(), alone);
    assertThat(told).hasSize(2);
  }

  @Test
  void ofOneThatLostItsJournalWithWhatToSay() {
    turn(10, Set.of("watcher-2"), Set.of());
    turn(130, Set.of("watcher-2"), Set.of());
    assertThat(told).singleElement().asString().contains("linekeeper replace watcher-2");
  }
}
