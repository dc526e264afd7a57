package org.linekeeper.verdict;

import static org.linekeeper.verdict.Evidence.seconds;

import java.time.Duration;
import java.util.Optional;
import org.linekeeper.verdict.Observation.Probe;
import org.linekeeper.verdict.Verdict.Kind;

/** Too little to say anything. */
final class TooLittleSeen {
  private TooLittleSeen() {}

  /** AMI is silent and SIP cannot be asked: it may serve, and may not. */
  static Optional<Finding> blind(Evidence seen) {
    Duration ami = seen.amiSilence();
    return seen.sight().notAsked(Probe.SIP_OPTIONS) > 0
            && ami.compareTo(seen.tolerance()) > 0
            && seen.answeredAt(Probe.AMI_PING).isPresent()
        ? Finding.of(
            Kind.INCONCLUSIVE,
            "AMI silent for "
                + seconds(ami)
                + ", and SIP cannot be asked: "
                + seen.said(Probe.SIP_OPTIONS))
        : Optional.empty();
  }

  /** AMI and SIP must each have answered once. */
  static Optional<Finding> tooEarly(Evidence seen) {
    if (seen.answeredAt(Probe.AMI_PING).isPresent()
        && seen.answeredAt(Probe.SIP_OPTIONS).isPresent()) {
      return Optional.empty();
    }
    boolean firstLook = seen.now().minus(seen.sight().began()).compareTo(Evidence.FIRST_LOOK) < 0;
    String sip =
        seen.sight().notAsked(Probe.SIP_OPTIONS) > 0
            ? "; SIP cannot be asked: " + seen.said(Probe.SIP_OPTIONS)
            : "";
    return Finding.of(
        Kind.INCONCLUSIVE,
        (firstLook ? "watching has just begun" : "AMI and SIP have not both answered yet") + sip);
  }
}
