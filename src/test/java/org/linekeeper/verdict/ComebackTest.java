package org.linekeeper.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.linekeeper.verdict.Observation.Probe;
import org.linekeeper.verdict.Observation.Seen;
import org.linekeeper.verdict.Verdict.Kind;

/** It could not serve, and seems to again. */
class ComebackTest extends BadDay {
  @Test
  void aPbxThatIsBackIsBelievedAfterTwoSecondsWithoutAMiss() {
    healthyFor(1000);
    silentFor(2000);
    assertThat(verdict()).isEqualTo(Kind.HUNG);
    Duration hung = judge.verdict().since();
    healthyFor(500);
    assertThat(verdict()).isEqualTo(Kind.HUNG);
    assertThat(judge.verdict().evidence()).contains("answers again").contains("so far 0.4 s");
    assertThat(judge.verdict().since()).isEqualTo(hung);
    healthyFor(1600);
    assertThat(verdict()).isEqualTo(Kind.HEALTHY);
    assertThat(judge.verdict().since()).isEqualTo(Duration.ofMillis(now));
  }

  @Test
  void oneSipAnswerInAHundredIsNoReturn() {
    healthyFor(1000);
    sipAnswersOneIn(100, 2000);
    assertThat(verdict()).isEqualTo(Kind.SIP_DEAD);
    Duration dead = judge.verdict().since();
    for (int i = 0; i < 200; i++) {
      sipAnswersOneIn(100, 100);
      assertThat(verdict()).isEqualTo(Kind.SIP_DEAD);
    }
    assertThat(judge.verdict().since()).isEqualTo(dead);
  }

  @Test
  void norIsItOneAcrossTheInternetWhereAMissIsKnownLater() {
    judge = Judge.of(PBX, Profile.wan(), Duration.ZERO);
    for (int i = 0; i < 200; i++) {
      now += 500;
      saw(Probe.AMI_SESSION, Seen.ANSWERED, 1);
      saw(Probe.AMI_PING, Seen.ANSWERED, 40);
      boolean lucky = i < 4 || i % 20 == 0;
      saw(Probe.SIP_OPTIONS, lucky ? Seen.ANSWERED : Seen.SILENT, lucky ? 40 : 2000);
      if (i > 30) {
        assertThat(verdict()).isEqualTo(Kind.SIP_DEAD);
      } else {
        verdict();
      }
    }
    assertThat(judge.verdict().since()).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void aNewSessionAloneDoesNotMeanThatCallsRunAgain() {
    callsFail();
    Duration since = judge.verdict().since();
    for (int i = 0; i < 10; i++) {
      saw(Probe.AMI_SESSION, Seen.SILENT, 0);
      healthyFor(2000);
      assertThat(verdict()).isEqualTo(Kind.CANNOT_TAKE_CALLS);
      saw(Probe.CANARY, Seen.FAILED, 1500);
      assertThat(verdict()).isEqualTo(Kind.CANNOT_TAKE_CALLS);
    }
    assertThat(judge.verdict().since()).isEqualTo(since);
  }

  @Test
  void norThatTheTrunkIsUp() {
    healthyFor(3000);
    saw(Probe.REGISTRATIONS, Seen.FAILED, 5);
    saw(Probe.REGISTRATIONS, Seen.FAILED, 5);
    assertThat(verdict()).isEqualTo(Kind.TRUNK_DOWN);
    saw(Probe.AMI_SESSION, Seen.SILENT, 0);
    healthyFor(5000);
    assertThat(verdict()).isEqualTo(Kind.TRUNK_DOWN);
    saw(Probe.REGISTRATIONS, Seen.ANSWERED, 5);
    assertThat(verdict()).isEqualTo(Kind.HEALTHY);
  }

  @Test
  void aRestartedPbxIsNotJudgedByTheTestCallsOfItsFormerLife() {
    callsFail();
    saw(Probe.AMI_SESSION, Seen.CLOSED, 0);
    saw(Probe.AMI_CONNECT, Seen.REFUSED, 0);
    now += 40;
    assertThat(verdict()).isEqualTo(Kind.PROCESS_GONE);
    healthyFor(2100);
    assertThat(verdict()).isEqualTo(Kind.HEALTHY);
  }

  @Test
  void oneTestCallThatRunsIsNoReturnEither() {
    healthyFor(2000);
    saw(Probe.CANARY, Seen.ANSWERED, 5);
    for (Seen seen : new Seen[] {Seen.FAILED, Seen.FAILED, Seen.ANSWERED, Seen.FAILED}) {
      healthyFor(2000);
      saw(Probe.CANARY, seen, 5);
      verdict();
    }
    healthyFor(2000);
    saw(Probe.CANARY, Seen.ANSWERED, 5);
    assertThat(verdict()).isEqualTo(Kind.CANNOT_TAKE_CALLS);
    healthyFor(2000);
    saw(Probe.CANARY, Seen.ANSWERED, 5);
    assertThat(verdict()).isEqualTo(Kind.HEALTHY);
  }

  /** AMI is fine; one SIP request in so many is answered, the others are missed. */
  private void sipAnswersOneIn(int so, long millis) {
    for (long until = now + millis; now < until; ) {
      now += 100;
      saw(Probe.AMI_PING, Seen.ANSWERED, 1);
      boolean lucky = now / 100 % so == 0;
      saw(Probe.SIP_OPTIONS, lucky ? Seen.ANSWERED : Seen.SILENT, lucky ? 1 : 500);
    }
  }
}
