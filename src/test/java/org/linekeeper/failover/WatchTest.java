package org.linekeeper.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.linekeeper.actuator.PbxControl;
import org.linekeeper.carrier.Carrier;
import org.linekeeper.estate.Offices;
import org.linekeeper.journal.Journal;
import org.linekeeper.state.Entry;
import org.linekeeper.verdict.Observation;
import org.linekeeper.verdict.Observation.Probe;
import org.linekeeper.verdict.Observation.Seen;
import org.linekeeper.verdict.Profile;

/** Whose sight of a PBX comes into the journal. */
class WatchTest {
  private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

  private Duration now = Duration.ofSeconds(100);
  private final Watch watch =
      new Watch(
          new Core(
              "w1",
              mock(Journal.class),
              mock(PbxControl.class),
              mock(Carrier.class),
              mock(ExecutorService.class),
              mock(ExecutorService.class),
              () -> NOON.plus(now),
              () -> now,
              () -> "id"),
          Profile.lan(),
          List.of(Offices.PRIMARY));

  @BeforeEach
  void thePbxIsWellAndThenItsProcessIsGone() {
    see(Probe.AMI_SESSION, Seen.ANSWERED);
    see(Probe.AMI_PING, Seen.ANSWERED);
    see(Probe.SIP_OPTIONS, Seen.ANSWERED);
    watch.verdicts();
    watch.unwritten();
    now = now.plusMillis(10);
    itsProcessGoes();
  }

  /** The one that led was lost with the PBX: whoever leads next says why calls are moved. */
  @Test
  void whatOneThatDoesNotLeadHasJustSeenIsThereWhenItLeads() {
    now = now.plusSeconds(1);
    watch.leaveToLeader();
    assertThat(watch.unwritten())
        .singleElement()
        .isInstanceOfSatisfying(
            Entry.VerdictNoted.class,
            noted -> assertThat(noted.verdict()).isEqualTo("process gone"));
  }

  @Test
  void whatItSawLongAgoWasWrittenByTheOneThatLed() {
    now = now.plusMillis(3_001);
    watch.leaveToLeader();
    assertThat(watch.unwritten()).isEmpty();
  }

  @Test
  void whileNobodyLeadsTheLatestAreKept() {
    for (int i = 0; i < 150; i++) {
      see(Probe.AMI_SESSION, Seen.ANSWERED);
      for (int j = 0; j < 60; j++) {
        now = now.plusMillis(50);
        see(Probe.AMI_PING, Seen.ANSWERED);
        see(Probe.SIP_OPTIONS, Seen.ANSWERED);
        watch.verdicts();
      }
      itsProcessGoes();
    }
    assertThat(watch.unwritten()).hasSize(100);
  }

  private void itsProcessGoes() {
    see(Probe.AMI_SESSION, Seen.CLOSED);
    see(Probe.AMI_CONNECT, Seen.REFUSED);
    for (int i = 0; i < 10; i++) {
      now = now.plusMillis(50);
      watch.verdicts();
    }
  }

  private void see(Probe probe, Seen seen) {
    watch.observed(new Observation(Offices.PRIMARY, probe, seen, now, Duration.ZERO, "as seen"));
  }
}
