package org.linekeeper.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.linekeeper.verdict.Observation.Probe;
import org.linekeeper.verdict.Observation.Seen;
import org.linekeeper.verdict.Verdict.Kind;

/** Too little to say anything. */
class TooLittleSeenTest extends BadDay {
  @Test
  void aFreshWatcherSaysNothing() {
    assertThat(verdict()).isEqualTo(Kind.INCONCLUSIVE);
  }

  @Test
  void aNameThatCannotBeLookedUpSaysNothingOfThePbx() {
    for (int i = 0; i < 10; i++) {
      now += 1000;
      saw(Probe.SIP_OPTIONS, Seen.NOT_ASKED, 1);
    }
    assertThat(verdict()).as("AMI is silent, SIP unknown").isEqualTo(Kind.INCONCLUSIVE);
    saw(Probe.AMI_SESSION, Seen.ANSWERED, 3);
    saw(Probe.AMI_PING, Seen.ANSWERED, 1);
    assertThat(verdict()).isEqualTo(Kind.DEGRADED);
    saw(Probe.AMI_SESSION, Seen.CLOSED, 0);
    saw(Probe.AMI_CONNECT, Seen.REFUSED, 0);
    now += 100;
    assertThat(verdict()).as("SIP was never asked").isNotEqualTo(Kind.PROCESS_GONE);
  }

  @Test
  void aSessionThatHasJustComeUpMayTakeItsTimeWithTheFirstPing() {
    for (int i = 0; i < 100; i++) {
      now += 100;
      saw(Probe.SIP_OPTIONS, Seen.ANSWERED, 1);
    }
    assertThat(verdict()).isEqualTo(Kind.DEGRADED);
    saw(Probe.AMI_SESSION, Seen.ANSWERED, 3);
    now += 500;
    saw(Probe.SIP_OPTIONS, Seen.ANSWERED, 1);
    assertThat(verdict()).isEqualTo(Kind.INCONCLUSIVE);
    saw(Probe.AMI_PING, Seen.ANSWERED, 400);
    assertThat(verdict()).isEqualTo(Kind.HEALTHY);
  }
}
