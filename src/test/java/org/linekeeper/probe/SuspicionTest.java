package org.linekeeper.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.linekeeper.estate.PbxId;
import org.linekeeper.verdict.Observation;
import org.linekeeper.verdict.Observation.Probe;
import org.linekeeper.verdict.Observation.Seen;
import org.linekeeper.verdict.Profile;

/** When the other PBX is asked to look, and how rarely it is bothered. */
class SuspicionTest {
  private static final PbxId PBX = new PbxId("primary");

  private final Suspicion suspicion = new Suspicion(Profile.lan().deep().lookEvery());
  private long now;

  @Test
  void oneLostPacketIsNoSuspicionAndTwoAre() {
    assertThat(saw(Probe.SIP_OPTIONS, Seen.SILENT)).isFalse();
    assertThat(saw(Probe.SIP_OPTIONS, Seen.ANSWERED)).isFalse();
    assertThat(saw(Probe.SIP_OPTIONS, Seen.SILENT)).isFalse();
    assertThat(saw(Probe.SIP_OPTIONS, Seen.SILENT)).isTrue();
  }

  @Test
  void amiAndSipBothMissedAreEnoughAtTheFirstDeadline() {
    assertThat(saw(Probe.AMI_PING, Seen.SILENT)).isFalse();
    assertThat(saw(Probe.SIP_OPTIONS, Seen.SILENT)).isTrue();
  }

  @Test
  void theEndOfASessionIsLookedIntoAtOnce() {
    assertThat(saw(Probe.AMI_SESSION, Seen.CLOSED)).isTrue();
    assertThat(saw(Probe.AMI_SESSION, Seen.RESET)).isTrue();
  }

  @Test
  void aPbxThatTurnsCallsAwayIsNotSilent() {
    for (int i = 0; i < 10; i++) {
      assertThat(saw(Probe.SIP_OPTIONS, Seen.TURNED_AWAY)).isFalse();
    }
  }

  @Test
  void aBannedWatcherLooksTwiceASecondAndADeadPbxIsLeftMoreAndMoreAlone() {
    assertThat(looksInAMinute(true)).isBetween(110, 121);
    assertThat(looksInAMinute(false)).isLessThan(11);
    assertThat(looksInAMinute(false)).as("dead for long").isLessThan(5);
  }

  @Test
  void onceItHasAnsweredTheNextSilenceIsLookedIntoSoonAgain() {
    looksInAMinute(false);
    saw(Probe.SIP_OPTIONS, Seen.ANSWERED);
    now += 20_000;
    saw(Probe.SIP_OPTIONS, Seen.SILENT);
    assertThat(saw(Probe.SIP_OPTIONS, Seen.SILENT)).isTrue();
    suspicion.looked(true);
    now += 500;
    assertThat(saw(Probe.SIP_OPTIONS, Seen.SILENT)).isTrue();
  }

  @Test
  void aLookThatIsLostIsMadeUpForAtOnce() {
    looksInAMinute(true);
    for (int i = 0; i < 2; i++) {
      now += 500;
      assertThat(saw(Probe.SIP_OPTIONS, Seen.SILENT)).isTrue();
      suspicion.looked(false);
    }
    now += 500;
    assertThat(saw(Probe.SIP_OPTIONS, Seen.SILENT)).isTrue();
  }

  private int looksInAMinute(boolean alive) {
    int looks = 0;
    for (int i = 0; i < 600; i++) {
      now += 100;
      if (saw(Probe.SIP_OPTIONS, Seen.SILENT)) {
        looks++;
        suspicion.looked(alive);
      }
    }
    return looks;
  }

  private boolean saw(Probe probe, Seen seen) {
    return suspicion.saw(
        new Observation(PBX, probe, seen, Duration.ofMillis(now), Duration.ZERO, "as seen"));
  }
}
