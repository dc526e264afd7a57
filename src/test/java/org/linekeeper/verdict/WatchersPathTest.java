package org.linekeeper.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.linekeeper.verdict.Observation.Probe;
import org.linekeeper.verdict.Observation.Seen;
import org.linekeeper.verdict.Verdict.Kind;

/** It answers the other PBX, and not this watcher. */
class WatchersPathTest extends BadDay {
  @Test
  void bannedWatcherWhileTheOtherPbxReachesIt() {
    healthyFor(1000);
    silentFor(550);
    looked(Seen.ANSWERED, 5);
    silentFor(300);
    assertThat(verdict()).as("still within the tolerance or past it").isNotEqualTo(Kind.HUNG);
    for (int i = 0; i < 50; i++) {
      silentFor(500);
      looked(Seen.ANSWERED, 5);
      assertThat(verdict()).isEqualTo(Kind.WATCHER_PATH_LOST);
    }
    looked(Seen.SILENT, 300);
    assertThat(verdict()).as("one look may be lost").isEqualTo(Kind.WATCHER_PATH_LOST);
    silentFor(1900);
    assertThat(verdict()).as("now nobody reaches it").isEqualTo(Kind.HUNG);
  }

  @Test
  void aLookFromBeforeTheSilenceProvesNothing() {
    healthyFor(1000);
    looked(Seen.ANSWERED, 5);
    silentFor(900);
    assertThat(verdict()).isEqualTo(Kind.HUNG);
  }

  @Test
  void aLookThatTheOtherPbxCannotTakeDelaysNothing() {
    healthyFor(1000);
    silentFor(600);
    looked(Seen.NOT_ASKED, 1);
    silentFor(300);
    assertThat(verdict()).isEqualTo(Kind.HUNG);
  }

  @Test
  void theCarrierCannotReachItSinceSoTheOtherPbxsLookIsNoComfort() {
    healthyFor(1000);
    silentFor(600);
    saw(Probe.CARRIER_CALL, Seen.SILENT, 50);
    looked(Seen.ANSWERED, 5);
    silentFor(300);
    looked(Seen.ANSWERED, 5);
    assertThat(verdict()).as("one call may be the carrier's").isEqualTo(Kind.WATCHER_PATH_LOST);
    saw(Probe.CARRIER_CALL, Seen.SILENT, 50);
    assertThat(verdict()).isEqualTo(Kind.HUNG);
  }

  @Test
  void callsThatWereAnsweredAreNoEvidenceThatItIsDead() {
    healthyFor(1000);
    for (int i = 0; i < 6; i++) {
      silentFor(600);
      looked(Seen.ANSWERED, 5);
      saw(Probe.CARRIER_CALL, i % 2 == 0 ? Seen.FAILED : Seen.TURNED_AWAY, 50);
    }
    assertThat(verdict()).isEqualTo(Kind.WATCHER_PATH_LOST);
  }

  @Test
  void bannedWatcherAndTheOtherPbxIsSnapshottedSoItCannotLook() {
    judge = Judge.of(PBX, Profile.lan().withFreezeTolerance(Duration.ofSeconds(4)), Duration.ZERO);
    healthyFor(1000);
    for (int i = 0; i < 20; i++) {
      silentFor(600);
      looked(Seen.ANSWERED, 5);
    }
    assertThat(verdict()).isEqualTo(Kind.WATCHER_PATH_LOST);
    for (int i = 0; i < 4; i++) {
      silentFor(1000);
      looked(Seen.NOT_ASKED, 300);
      assertThat(verdict()).as("after %s s", i + 1).isEqualTo(Kind.WATCHER_PATH_LOST);
    }
    silentFor(1500);
    assertThat(verdict()).as("the other one is not called well any more").isEqualTo(Kind.HUNG);
  }

  @Test
  void sipIsBannedAloneWhileAmiGoesOn() {
    healthyFor(1000);
    for (int i = 0; i < 30; i++) {
      now += 100;
      saw(Probe.AMI_PING, Seen.ANSWERED, 1);
      if (i > 4) {
        saw(Probe.SIP_OPTIONS, Seen.SILENT, 500);
      }
      if (i % 5 == 1 && i > 5) {
        looked(Seen.ANSWERED, 5);
      }
      assertThat(verdict()).isIn(Kind.HEALTHY, Kind.WATCHER_PATH_LOST);
    }
    assertThat(verdict()).isEqualTo(Kind.WATCHER_PATH_LOST);
    saw(Probe.CANARY, Seen.ANSWERED, 5);
    saw(Probe.CANARY, Seen.FAILED, 5);
    saw(Probe.CANARY, Seen.FAILED, 5);
    assertThat(verdict()).as("AMI sees that calls fail").isEqualTo(Kind.CANNOT_TAKE_CALLS);
  }

  @Test
  void theLookComesTooLateAndIsBelievedOnlyWhenItHasLasted() {
    healthyFor(1000);
    silentFor(900);
    assertThat(verdict()).isEqualTo(Kind.HUNG);
    looked(Seen.ANSWERED, 5);
    assertThat(verdict()).isEqualTo(Kind.HUNG);
    for (int i = 0; i < 5; i++) {
      silentFor(500);
      looked(Seen.ANSWERED, 5);
    }
    assertThat(verdict()).isEqualTo(Kind.WATCHER_PATH_LOST);
  }
}
