package org.linekeeper.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.linekeeper.verdict.Observation.Probe;
import org.linekeeper.verdict.Observation.Seen;
import org.linekeeper.verdict.Verdict.Kind;

/** Calls run, and somebody must mend something all the same. */
class ShortcomingsTest extends BadDay {
  @Test
  void whatSomebodyMustMendIsToldAndMovesNoCalls() {
    healthyFor(1000);
    saw(Probe.TLS_CERT, Seen.FAILED, 0);
    assertThat(verdict()).isEqualTo(Kind.DEGRADED);
    assertThat(judge.verdict().evidence()).contains("certificate");
    saw(Probe.TLS_CERT, Seen.ANSWERED, 0);
    assertThat(verdict()).isEqualTo(Kind.HEALTHY);
    saw(Probe.ASTDB, Seen.FAILED, 0);
    assertThat(verdict()).as("a database may be busy once").isEqualTo(Kind.HEALTHY);
    saw(Probe.ASTDB, Seen.FAILED, 0);
    assertThat(verdict()).isEqualTo(Kind.DEGRADED);
    assertThat(judge.verdict().evidence()).contains("AstDB");
  }

  @Test
  void amiAloneIsGivenTimeForTcpToRepeatWhatWasLostAlsoAfterItsSessionWasDropped() {
    healthyFor(1000);
    for (int i = 1; i <= 40; i++) {
      now += 100;
      saw(Probe.SIP_OPTIONS, Seen.ANSWERED, 1);
      if (i >= 5 && i <= 13) {
        saw(Probe.AMI_PING, Seen.SILENT, 500);
      }
      if (i == 13) {
        saw(Probe.AMI_SESSION, Seen.SILENT, 0); // dropped by this watcher
      }
      assertThat(verdict())
          .as("%d ms after the latest answer", i * 100)
          .isEqualTo(i <= 28 ? Kind.HEALTHY : Kind.DEGRADED);
    }
  }

  @Test
  void amiTakesNoNewLoginWhileTheSessionGoesOn() {
    healthyFor(1000);
    saw(Probe.AMI_LOGIN, Seen.SILENT, 800);
    assertThat(verdict()).isEqualTo(Kind.HEALTHY);
    saw(Probe.AMI_LOGIN, Seen.SILENT, 800);
    assertThat(verdict()).isEqualTo(Kind.DEGRADED);
    assertThat(judge.verdict().evidence()).contains("takes no new one");
    saw(Probe.AMI_LOGIN, Seen.ANSWERED, 3);
    assertThat(verdict()).isEqualTo(Kind.HEALTHY);
  }

  @Test
  void wherePacketsAreLostLoginsFailMoreOftenBeforeThatIsSaid() {
    for (int i = 0; i < 10; i++) {
      saw(Probe.SIP_OPTIONS, Seen.SILENT, 500);
      healthyFor(1000);
    }
    for (int i = 0; i < 4; i++) {
      saw(Probe.AMI_LOGIN, Seen.SILENT, 800);
      assertThat(verdict()).isEqualTo(Kind.HEALTHY);
    }
    saw(Probe.AMI_LOGIN, Seen.SILENT, 800);
    assertThat(verdict()).isEqualTo(Kind.DEGRADED);
  }

  @Test
  void oneLostPacketDoesNotTakeBackWhatSomebodyMustMend() {
    healthyFor(1000);
    saw(Probe.TLS_CERT, Seen.FAILED, 0);
    assertThat(verdict()).isEqualTo(Kind.DEGRADED);
    healthyFor(400);
    saw(Probe.SIP_OPTIONS, Seen.SILENT, 500);
    assertThat(verdict()).isEqualTo(Kind.DEGRADED);
    healthyFor(400);
    assertThat(verdict()).isEqualTo(Kind.DEGRADED);
  }

  @Test
  void deniedLoginIsDegradedNotDown() {
    saw(Probe.AMI_LOGIN, Seen.TURNED_AWAY, 1);
    for (int i = 0; i < 50; i++) {
      now += 100;
      saw(Probe.SIP_OPTIONS, Seen.ANSWERED, 1);
    }
    assertThat(verdict()).isEqualTo(Kind.DEGRADED);
  }

  @Test
  void whatTheWatcherMayNotAskIsNoFaultOfThePbx() {
    saw(Probe.CANARY, Seen.ANSWERED, 5);
    healthyFor(3000);
    for (int i = 0; i < 5; i++) {
      saw(Probe.CANARY, Seen.NOT_ASKED, 1);
      saw(Probe.REGISTRATIONS, Seen.NOT_ASKED, 1);
      healthyFor(2000);
      assertThat(verdict()).isEqualTo(Kind.DEGRADED);
    }
    saw(Probe.CANARY, Seen.ANSWERED, 5);
    assertThat(verdict()).as("registrations still").isEqualTo(Kind.DEGRADED);
    saw(Probe.REGISTRATIONS, Seen.ANSWERED, 5);
    assertThat(verdict()).isEqualTo(Kind.HEALTHY);
  }
}
