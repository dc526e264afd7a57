package org.linekeeper.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.linekeeper.verdict.Observation.Probe;
import org.linekeeper.verdict.Observation.Seen;
import org.linekeeper.verdict.Verdict.Kind;

/** The canary: calls that it places to itself. */
class TestCallsTest extends BadDay {
  @Test
  void failingTestCallsMeanNoCallsUnlessTheCallLimitExplainsThem() {
    saw(Probe.CANARY, Seen.ANSWERED, 5);
    healthyFor(3000);
    saw(Probe.CANARY, Seen.FAILED, 2);
    assertThat(verdict()).isEqualTo(Kind.HEALTHY);
    saw(Probe.CANARY, Seen.FAILED, 2);
    assertThat(verdict()).isEqualTo(Kind.CANNOT_TAKE_CALLS);
    saw(Probe.CALL_LIMIT, Seen.FAILED, 1);
    assertThat(verdict()).isEqualTo(Kind.DEGRADED);
  }

  @Test
  void aFullPbxThatTurnsEverySecondTestCallAwayIsAtItsLimit() {
    saw(Probe.CANARY, Seen.ANSWERED, 5);
    healthyFor(3000);
    saw(Probe.CANARY, Seen.FAILED, 1500);
    healthyFor(100);
    saw(Probe.CALL_LIMIT, Seen.FAILED, 2);
    healthyFor(2000);
    saw(Probe.CANARY, Seen.ANSWERED, 5);
    healthyFor(2000);
    assertThat(verdict()).as("it was looked at once").isEqualTo(Kind.HEALTHY);
    saw(Probe.CALL_LIMIT, Seen.FAILED, 2);
    assertThat(verdict()).isEqualTo(Kind.DEGRADED);
    healthyFor(2000);
    saw(Probe.CANARY, Seen.ANSWERED, 5);
    assertThat(verdict()).as("it is still full").isEqualTo(Kind.DEGRADED);
    saw(Probe.CALL_LIMIT, Seen.ANSWERED, 2);
    assertThat(verdict()).isEqualTo(Kind.HEALTHY);
  }

  @Test
  void aFullPbxThatTurnsNoTestCallAwayIsBusy() {
    saw(Probe.CANARY, Seen.FAILED, 1500);
    healthyFor(1);
    saw(Probe.CALL_LIMIT, Seen.ANSWERED, 2);
    for (int i = 0; i < 10; i++) {
      healthyFor(2000);
      saw(Probe.CALL_LIMIT, Seen.FAILED, 2);
      saw(Probe.CANARY, Seen.ANSWERED, 5);
    }
    assertThat(verdict()).isEqualTo(Kind.HEALTHY);
  }

  @Test
  void testCallsThatNeverRanSayThatTheyAreNotInstalled() {
    healthyFor(3000);
    for (int i = 0; i < 5; i++) {
      saw(Probe.CANARY, Seen.FAILED, 1500);
      healthyFor(2000);
    }
    assertThat(verdict()).isEqualTo(Kind.DEGRADED);
    assertThat(judge.verdict().evidence()).contains("lk-canary");
  }

  @Test
  void testCallsThatStayUnansweredWhileAmiAnswersMeanNoCalls() {
    saw(Probe.CANARY, Seen.ANSWERED, 5);
    healthyFor(4000);
    saw(Probe.CANARY, Seen.SILENT, 1500);
    healthyFor(2000);
    saw(Probe.CANARY, Seen.SILENT, 1500);
    assertThat(verdict()).isEqualTo(Kind.CANNOT_TAKE_CALLS);
  }

  @Test
  void testCallsLostInALongToleratedFreezeAreNoSecondSignal() {
    judge = Judge.of(PBX, Profile.lan().withFreezeTolerance(Duration.ofSeconds(10)), Duration.ZERO);
    healthyFor(1000);
    silentFor(2000);
    saw(Probe.CANARY, Seen.SILENT, 2000);
    silentFor(4000);
    saw(Probe.CANARY, Seen.SILENT, 2000);
    silentFor(2000);
    assertThat(verdict()).isEqualTo(Kind.HEALTHY);
    healthyFor(100);
    saw(Probe.CANARY, Seen.SILENT, 2000);
    assertThat(verdict()).as("asked in the freeze, given up after it").isEqualTo(Kind.HEALTHY);
  }

  @Test
  void whenAmiAloneHangsItsSilentTestCallsSayNoMoreThanThat() {
    healthyFor(1000);
    for (int i = 0; i < 100; i++) {
      now += 100;
      saw(Probe.SIP_OPTIONS, Seen.ANSWERED, 1);
      if (i >= 5) {
        saw(Probe.AMI_PING, Seen.SILENT, 500);
      }
      if (i % 20 == 19) {
        saw(Probe.CANARY, Seen.SILENT, 1500);
      }
    }
    assertThat(verdict()).isEqualTo(Kind.DEGRADED);
  }

  @Test
  void whatTestCallsOnceSaidDoesNotOutliveAmi() {
    callsFail();
    saw(Probe.AMI_SESSION, Seen.CLOSED, 0);
    for (int i = 0; i < 200; i++) {
      now += 100;
      saw(Probe.AMI_LOGIN, Seen.TURNED_AWAY, 1);
      saw(Probe.SIP_OPTIONS, Seen.ANSWERED, 1);
      verdict();
    }
    assertThat(verdict()).isEqualTo(Kind.DEGRADED);
    assertThat(judge.verdict().evidence()).contains("denies the login");
  }
}
