package org.linekeeper.verdict;

import java.util.Optional;
import org.linekeeper.verdict.Observation.Probe;
import org.linekeeper.verdict.Verdict.Kind;

/** Test calls that the carrier itself places: evidence from outside. */
final class CarriersCalls {
  /** How many in a row must fail: one may have been the carrier's own hiccup. */
  static final int FAILURES = 2;

  private CarriersCalls() {}

  static Optional<Finding> fail(Evidence seen) {
    int failed = seen.sight().misses(Probe.CARRIER_CALL);
    if (failed == 0 || !seen.lately(Probe.CARRIER_CALL)) {
      return Optional.empty();
    }
    return failed < FAILURES
        ? Finding.of(
            Kind.DEGRADED, "the carrier's own test call failed: " + seen.said(Probe.CARRIER_CALL))
        : Finding.of(
            Kind.CARRIER_CALLS_FAIL,
            failed + " test calls of the carrier's failed: " + seen.said(Probe.CARRIER_CALL));
  }
}
