package org.linekeeper.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.linekeeper.verdict.Observation.Probe;
import org.linekeeper.verdict.Observation.Seen;
import org.linekeeper.verdict.Verdict.Kind;

/** The carrier's own test calls. */
class CarriersCallsTest extends BadDay {
  @Test
  void theCarriersOwnTestCallsFailWhileAllIsWellHere() {
    healthyFor(1000);
    saw(Probe.CARRIER_CALL, Seen.FAILED, 0);
    assertThat(verdict()).isEqualTo(Kind.DEGRADED);
    saw(Probe.CARRIER_CALL, Seen.FAILED, 0);
    assertThat(verdict()).isEqualTo(Kind.CARRIER_CALLS_FAIL);
    healthyFor(1000);
    assertThat(verdict()).isEqualTo(Kind.CARRIER_CALLS_FAIL);
    saw(Probe.CARRIER_CALL, Seen.ANSWERED, 0);
    assertThat(verdict()).isEqualTo(Kind.HEALTHY);
  }
}
