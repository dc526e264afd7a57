package org.linekeeper.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.linekeeper.verdict.Observation.Probe;
import org.linekeeper.verdict.Observation.Seen;
import org.linekeeper.verdict.Verdict.Kind;

/** The process ends, or says that it is about to. */
class EndingTest extends BadDay {
  @Test
  void killedProcessIsGoneFortyMillisecondsAfterItsConnectionEnded() {
    healthyFor(1000);
    saw(Probe.AMI_SESSION, Seen.CLOSED, 0);
    now += 20;
    saw(Probe.AMI_CONNECT, Seen.REFUSED, 0);
    assertThat(verdict()).as("SIP has not had time to answer").isEqualTo(Kind.HEALTHY);
    now += 20;
    assertThat(verdict()).isEqualTo(Kind.PROCESS_GONE);
  }

  @Test
  void aGoneProcessStaysGoneWhileItsPortRefuses() {
    healthyFor(1000);
    saw(Probe.AMI_SESSION, Seen.CLOSED, 0);
    for (int i = 0; i < 100; i++) {
      saw(Probe.AMI_CONNECT, Seen.REFUSED, 0);
      now += 100;
      saw(Probe.SIP_OPTIONS, Seen.SILENT, 500);
      assertThat(verdict()).isEqualTo(Kind.PROCESS_GONE);
    }
  }

  @Test
  void managerSwitchedOffIsNotAGoneProcess() {
    healthyFor(1000);
    saw(Probe.AMI_SESSION, Seen.CLOSED, 0);
    now += 20;
    saw(Probe.AMI_CONNECT, Seen.REFUSED, 0);
    saw(Probe.SIP_OPTIONS, Seen.ANSWERED, 5);
    for (int i = 0; i < 20; i++) {
      now += 100;
      saw(Probe.AMI_CONNECT, Seen.REFUSED, 0);
      saw(Probe.SIP_OPTIONS, Seen.ANSWERED, 2);
      assertThat(verdict()).isIn(Kind.HEALTHY, Kind.DEGRADED);
    }
    assertThat(verdict()).isEqualTo(Kind.DEGRADED);
  }

  @Test
  void aFirewallThatResetsSessionsIsNoGoneProcessHoweverBusyTheOtherPbxIsThatLooks() {
    healthyFor(1000);
    saw(Probe.AMI_SESSION, Seen.RESET, 0);
    for (int i = 0; i < 8; i++) {
      saw(Probe.AMI_CONNECT, Seen.REFUSED, 0);
      saw(Probe.SIP_OPTIONS, Seen.REFUSED, 0);
      assertThat(verdict()).as("%d ms after the reset", i * 90).isEqualTo(Kind.HEALTHY);
      now += 90;
    }
    looked(Seen.ANSWERED, 500);
    now += 200;
    assertThat(verdict()).isEqualTo(Kind.WATCHER_PATH_LOST);
  }

  @Test
  void theLookAtTheMomentOfTheResetCountsEvenIfTheNextOneIsLost() {
    healthyFor(1000);
    saw(Probe.AMI_SESSION, Seen.RESET, 0);
    now += 6;
    looked(Seen.ANSWERED, 5);
    for (int i = 0; i < 15; i++) {
      now += 100;
      saw(Probe.AMI_CONNECT, Seen.REFUSED, 0);
      saw(Probe.SIP_OPTIONS, Seen.REFUSED, 0);
      assertThat(verdict()).isIn(Kind.HEALTHY, Kind.WATCHER_PATH_LOST);
    }
    assertThat(verdict()).isEqualTo(Kind.WATCHER_PATH_LOST);
  }

  @Test
  void aKilledProcessWhoseHostSaysThatNobodyListensIsGoneAtOnce() {
    healthyFor(1000);
    saw(Probe.AMI_SESSION, Seen.CLOSED, 0);
    now += 2;
    saw(Probe.AMI_CONNECT, Seen.REFUSED, 1);
    assertThat(verdict()).isEqualTo(Kind.HEALTHY);
    saw(Probe.SIP_OPTIONS, Seen.REFUSED, 1);
    assertThat(verdict()).isEqualTo(Kind.PROCESS_GONE);
  }

  @Test
  void aFirewallThatEndsSessionsInGoodOrderIsNoGoneProcess() {
    healthyFor(1000);
    saw(Probe.AMI_SESSION, Seen.CLOSED, 0);
    now += 8;
    looked(Seen.ANSWERED, 7);
    now += 12;
    saw(Probe.AMI_CONNECT, Seen.REFUSED, 0);
    now += 20;
    saw(Probe.SIP_OPTIONS, Seen.REFUSED, 0);
    assertThat(verdict()).isEqualTo(Kind.HEALTHY);
    for (int i = 0; i < 40; i++) {
      now += 100;
      saw(Probe.AMI_CONNECT, Seen.REFUSED, 0);
      saw(Probe.SIP_OPTIONS, Seen.REFUSED, 0);
      looked(Seen.ANSWERED, 5);
      assertThat(verdict()).isIn(Kind.HEALTHY, Kind.WATCHER_PATH_LOST);
    }
    assertThat(verdict()).isEqualTo(Kind.WATCHER_PATH_LOST);
  }

  @Test
  void itSaysItselfThatItIsGoingDown() {
    healthyFor(1000);
    saw(Probe.SHUTDOWN, Seen.FAILED, 0);
    assertThat(verdict()).isEqualTo(Kind.SHUTTING_DOWN);
    saw(Probe.AMI_SESSION, Seen.ANSWERED, 0);
    healthyFor(2100);
    assertThat(verdict()).as("a new life").isEqualTo(Kind.HEALTHY);
  }

  @Test
  void two503sInARowAreARefusalToServeAndOneIsNot() {
    healthyFor(1000);
    saw(Probe.SIP_OPTIONS, Seen.TURNED_AWAY, 1);
    assertThat(verdict()).isEqualTo(Kind.HEALTHY);
    now += 100;
    saw(Probe.SIP_OPTIONS, Seen.TURNED_AWAY, 1);
    assertThat(verdict()).isEqualTo(Kind.SHUTTING_DOWN);
  }
}
