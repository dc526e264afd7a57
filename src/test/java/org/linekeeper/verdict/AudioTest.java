package org.linekeeper.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.linekeeper.verdict.Observation.Probe;
import org.linekeeper.verdict.Observation.Seen;
import org.linekeeper.verdict.Verdict.Kind;

/** Echo calls from the other PBX, and what the carrier says to them. */
class AudioTest extends BadDay {
  @Test
  void twoEchoCallsThatHearNothingAndAllElseIsWell() {
    healthyFor(1000);
    saw(Probe.ECHO, Seen.ANSWERED, 2000);
    assertThat(verdict()).isEqualTo(Kind.HEALTHY);
    assertThat(judge.verdict().evidence()).contains("audio runs both ways");
    saw(Probe.ECHO, Seen.FAILED, 3000);
    assertThat(verdict()).as("one call may be unlucky").isEqualTo(Kind.HEALTHY);
    healthyFor(10_000);
    saw(Probe.ECHO, Seen.FAILED, 3000);
    assertThat(verdict()).isEqualTo(Kind.NO_AUDIO);
    assertThat(Kind.NO_AUDIO.serves()).as("nothing moves by itself").isTrue();
    saw(Probe.ECHO, Seen.ANSWERED, 2000);
    assertThat(verdict()).isEqualTo(Kind.HEALTHY);
  }

  @Test
  void theCarrierHearsNothingEitherSoItIsProven() {
    carrierHearsNothingEither();
    healthyFor(300_000);
    assertThat(verdict()).as("nobody asked meanwhile").isEqualTo(Kind.NO_AUDIO_FOR_CALLERS);
    saw(Probe.ECHO, Seen.ANSWERED, 2000);
    assertThat(verdict()).as("the carrier has not said so yet").isEqualTo(Kind.CARRIER_CALLS_FAIL);
    saw(Probe.CARRIER_CALL, Seen.ANSWERED, 2000);
    assertThat(verdict()).isEqualTo(Kind.HEALTHY);
  }

  @Test
  void theCarriersCallsWereNeverHeardSoTheyMayLeadElsewhereAndAPersonIsAsked() {
    audioDead();
    for (int i = 0; i < 3; i++) {
      saw(Probe.CARRIER_CALL, Seen.FAILED, 100);
      assertThat(verdict()).isEqualTo(Kind.NO_AUDIO);
    }
  }

  @Test
  void callsThatSomebodyElseTookOrNobodyDoNotSayThatThePbxIsDeaf() {
    healthyFor(1000);
    saw(Probe.CARRIER_CALL, Seen.ANSWERED, 100);
    audioDead();
    saw(Probe.CARRIER_CALL, Seen.TURNED_AWAY, 100);
    saw(Probe.CARRIER_CALL, Seen.SILENT, 100);
    saw(Probe.CARRIER_CALL, Seen.FAILED, 100);
    assertThat(verdict()).isEqualTo(Kind.NO_AUDIO);
    assertThat(judge.verdict().evidence()).contains("the carrier's own call failed too");
  }

  @Test
  void whatTheCarrierSaidOfThePbxThatWasLeftDoesNotHoldForEver() {
    carrierHearsNothingEither();
    for (int minute = 0; minute < 59; minute++) {
      healthyFor(59_900);
      saw(Probe.ECHO, Seen.FAILED, 3000);
    }
    assertThat(verdict()).isEqualTo(Kind.NO_AUDIO_FOR_CALLERS);
    healthyFor(120_000);
    saw(Probe.ECHO, Seen.FAILED, 3000);
    assertThat(verdict()).as("better than a dead one").isEqualTo(Kind.NO_AUDIO);
  }

  @Test
  void theCarrierHearsItSoTheOtherPbxIsToBlame() {
    audioDead();
    saw(Probe.CARRIER_CALL, Seen.ANSWERED, 100);
    assertThat(verdict()).isEqualTo(Kind.DEGRADED);
  }

  @Test
  void aCarriersCallOfLongAgoProvesNothing() {
    healthyFor(1000);
    saw(Probe.CARRIER_CALL, Seen.FAILED, 100);
    saw(Probe.CARRIER_CALL, Seen.ANSWERED, 100);
    audioDead();
    assertThat(verdict()).isEqualTo(Kind.NO_AUDIO);
  }

  @Test
  void echoCallsAreNotInstalledAndThatIsSaidAndNoFault() {
    healthyFor(1000);
    saw(Probe.ECHO, Seen.NOT_ASKED, 10);
    assertThat(verdict()).isEqualTo(Kind.HEALTHY);
    assertThat(judge.verdict().evidence()).contains("whether audio runs is not seen");
  }

  @Test
  void theOtherPbxIsRefusedWhileTheWatcherIsNot() {
    healthyFor(1000);
    saw(Probe.ECHO, Seen.TURNED_AWAY, 10);
    healthyFor(10_000);
    saw(Probe.ECHO, Seen.TURNED_AWAY, 10);
    assertThat(verdict()).isEqualTo(Kind.DEGRADED);
  }

  /** Lost packets do that as well, and it moves nothing. */
  @Test
  void theOtherPbxIsNotAnsweredAtAll() {
    healthyFor(1000);
    for (int i = 0; i < 3; i++) {
      saw(Probe.ECHO, Seen.SILENT, 4000);
      healthyFor(10_000);
      assertThat(verdict()).isEqualTo(Kind.HEALTHY);
    }
    saw(Probe.ECHO, Seen.SILENT, 4000);
    assertThat(verdict()).isEqualTo(Kind.DEGRADED);
    assertThat(judge.verdict().evidence()).contains("calls from the other PBX fail");
  }

  private void carrierHearsNothingEither() {
    healthyFor(1000);
    saw(Probe.CARRIER_CALL, Seen.ANSWERED, 100);
    audioDead();
    saw(Probe.CARRIER_CALL, Seen.FAILED, 100);
    assertThat(verdict()).as("one call may be unlucky").isEqualTo(Kind.NO_AUDIO);
    saw(Probe.CARRIER_CALL, Seen.FAILED, 100);
    assertThat(verdict()).isEqualTo(Kind.NO_AUDIO_FOR_CALLERS);
  }

  private void audioDead() {
    healthyFor(1000);
    saw(Probe.ECHO, Seen.FAILED, 3000);
    healthyFor(10_000);
    saw(Probe.ECHO, Seen.FAILED, 3000);
    assertThat(verdict()).isEqualTo(Kind.NO_AUDIO);
    now += 200;
  }
}
