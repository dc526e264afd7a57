package org.linekeeper.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.linekeeper.verdict.Observation.Probe;
import org.linekeeper.verdict.Observation.Seen;
import org.linekeeper.verdict.Verdict.Kind;

/** It answers nobody. */
class SilenceTest extends BadDay {
  @Test
  void frozenForSevenTenthsOfASecondIsNobodysFault() {
    healthyFor(1000);
    silentFor(690);
    assertThat(verdict()).isEqualTo(Kind.HEALTHY);
    healthyFor(500);
    assertThat(verdict()).isEqualTo(Kind.HEALTHY);
  }

  @Test
  void frozenForLongerIsHungIfTheHostAnswersAndUnreachableIfNot() {
    healthyFor(1000);
    silentFor(700);
    saw(Probe.AMI_CONNECT, Seen.ANSWERED, 1);
    silentFor(300);
    assertThat(verdict()).isEqualTo(Kind.HUNG);
    saw(Probe.AMI_CONNECT, Seen.SILENT, 300);
    assertThat(verdict()).isEqualTo(Kind.HOST_UNREACHABLE);
    saw(Probe.AMI_CONNECT, Seen.REFUSED, 1);
    assertThat(verdict()).isEqualTo(Kind.REFUSES_CONNECTIONS);
  }

  @Test
  void aSnapshottedMachineMayFreezeForAsLongAsTheSettingSays() {
    judge = Judge.of(PBX, Profile.lan().withFreezeTolerance(Duration.ofSeconds(4)), Duration.ZERO);
    healthyFor(1000);
    silentFor(3000);
    assertThat(verdict()).isEqualTo(Kind.HEALTHY);
    silentFor(1200);
    assertThat(verdict()).isEqualTo(Kind.HUNG);
  }

  @Test
  void fail2banTurnsTheWatcherAwayAndThatIsNoProofOfAnything() {
    healthyFor(1000);
    silentFor(1300);
    saw(Probe.AMI_SESSION, Seen.SILENT, 0);
    for (int i = 0; i < 100; i++) {
      saw(Probe.AMI_CONNECT, Seen.REFUSED, 1);
      now += 100;
      saw(Probe.SIP_OPTIONS, Seen.REFUSED, 1);
      assertThat(verdict()).isEqualTo(Kind.REFUSES_CONNECTIONS);
    }
    assertThat(judge.verdict().evidence()).contains("fail2ban");
  }

  @Test
  void thePbxIsDownWhenTheWatcherStarts() {
    for (int i = 0; i < 40; i++) {
      saw(Probe.AMI_CONNECT, Seen.REFUSED, 0);
      now += 100;
      saw(Probe.SIP_OPTIONS, Seen.SILENT, 500);
    }
    assertThat(verdict()).isEqualTo(Kind.REFUSES_CONNECTIONS);
  }

  @Test
  void aSessionThatIsSaidToBeUpAfterItsEndDoesNotHideADeadPbx() {
    healthyFor(1000);
    saw(Probe.AMI_SESSION, Seen.CLOSED, 0);
    saw(Probe.AMI_SESSION, Seen.ANSWERED, 0);
    for (int i = 0; i < 20; i++) {
      now += 100;
      saw(Probe.AMI_CONNECT, Seen.REFUSED, 0);
      saw(Probe.SIP_OPTIONS, Seen.SILENT, 500);
    }
    assertThat(verdict()).isEqualTo(Kind.REFUSES_CONNECTIONS);
  }

  @Test
  void sipAloneSilentIsDeadSipAndTheAmiIsTheWitness() {
    healthyFor(1000);
    for (int i = 0; i < 10; i++) {
      now += 100;
      saw(Probe.AMI_PING, Seen.ANSWERED, 1);
      if (i >= 5) {
        saw(Probe.SIP_OPTIONS, Seen.SILENT, 500);
      }
    }
    assertThat(verdict()).isEqualTo(Kind.SIP_DEAD);
  }

  @Test
  void oneLostPacketIsNothing() {
    healthyFor(1000);
    now += 100;
    saw(Probe.SIP_OPTIONS, Seen.SILENT, 500);
    saw(Probe.AMI_PING, Seen.ANSWERED, 1);
    assertThat(verdict()).isEqualTo(Kind.HEALTHY);
  }

  @Test
  void aFreshWatcherGivesSipTimeForItsFirstAnswer() {
    saw(Probe.AMI_SESSION, Seen.ANSWERED, 5);
    for (int i = 0; i < 25; i++) {
      now += 100;
      saw(Probe.AMI_PING, Seen.ANSWERED, 1);
      if (i >= 5) {
        saw(Probe.SIP_OPTIONS, Seen.SILENT, 500);
      }
      assertThat(verdict()).as("a first TLS handshake is slow").isEqualTo(Kind.INCONCLUSIVE);
    }
    for (int i = 0; i < 10; i++) {
      now += 100;
      saw(Probe.AMI_PING, Seen.ANSWERED, 1);
      saw(Probe.SIP_OPTIONS, Seen.SILENT, 500);
    }
    assertThat(verdict()).as("but not for ever").isEqualTo(Kind.SIP_DEAD);
  }
}
