package org.linekeeper.verdict;

import java.util.Optional;
import org.linekeeper.verdict.Observation.Probe;
import org.linekeeper.verdict.Verdict.Kind;

/** The trunks that must be registered with their provider. */
final class Registrations {
  /** They are looked at rarely and re-tried by Asterisk itself; one look may be unlucky. */
  private static final int FAILURES = 2;

  private Registrations() {}

  static Optional<Finding> down(Evidence seen) {
    return seen.sight().misses(Probe.REGISTRATIONS) >= FAILURES && seen.lately(Probe.REGISTRATIONS)
        ? Finding.of(Kind.TRUNK_DOWN, seen.said(Probe.REGISTRATIONS))
        : Optional.empty();
  }

  /** One look is enough: it is what Asterisk knows, and no matter of luck. */
  static Optional<Finding> notSeenUp(Evidence seen) {
    return seen.stillAsked(Probe.REGISTRATIONS) && seen.sight().answers(Probe.REGISTRATIONS) == 0
        ? Finding.of(
            Kind.TRUNK_DOWN,
            "AMI is back; its registrations have not been seen since: "
                + seen.said(Probe.REGISTRATIONS))
        : Optional.empty();
  }
}
