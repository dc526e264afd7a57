package org.linekeeper.verdict;

import java.time.Duration;
import java.util.Optional;
import org.linekeeper.verdict.Observation.Probe;
import org.linekeeper.verdict.Observation.Seen;
import org.linekeeper.verdict.Verdict.Kind;

/** It answers nobody: neither this watcher nor, as far as is known, the other PBX. */
final class Silence {
  /** How many SIP requests in a row must be lost before SIP alone is called dead. */
  private static final int SIP_MISSES = 3;

  private Silence() {}

  /**
   * AMI and SIP for longer than a freeze may last. A refusal alone proves nothing: fail2ban's
   * REJECT refuses new connections, and lets the one that is up fall silent without an end.
   */
  static Optional<Finding> ofAmiAndSip(Evidence seen) {
    Duration both = seen.bothSilent();
    if (both.compareTo(seen.tolerance()) <= 0 || WatchersPath.peerReaches(both, seen)) {
      return Optional.empty();
    }
    String silence =
        "AMI and SIP silent for " + seen.silent(both, Probe.AMI_PING, Probe.SIP_OPTIONS);
    if (seen.sight().last(Probe.AMI_CONNECT, Seen.ANSWERED)) {
      return Finding.of(Kind.HUNG, silence + ", its host answers");
    }
    if (seen.sight().last(Probe.AMI_CONNECT, Seen.REFUSED)) {
      return Finding.of(
          Kind.REFUSES_CONNECTIONS,
          silence
              + ", new connections are refused: nobody listens, or a firewall or fail2ban"
              + " turns this watcher away");
    }
    if (seen.sight().last(Probe.AMI_CONNECT, Seen.SILENT)) {
      return Finding.of(Kind.HOST_UNREACHABLE, silence + ", so is its host");
    }
    return Finding.of(Kind.HUNG, silence + ", nothing known of its host");
  }

  /** AMI must be known to answer now; else it may be a freeze, which is given more time. */
  static Optional<Finding> ofSipAlone(Evidence seen) {
    Duration sip = seen.sipSilence();
    boolean silent =
        sip.compareTo(seen.sipTolerance()) > 0
            && seen.sight().misses(Probe.SIP_OPTIONS) >= SIP_MISSES;
    Duration justNow = seen.profile().every().multipliedBy(3);
    boolean amiAnswers =
        seen.sight().last(Probe.AMI_SESSION, Seen.ANSWERED)
            && seen.answeredAt(Probe.AMI_PING)
                .filter(at -> seen.now().minus(at).compareTo(justNow) <= 0)
                .isPresent();
    return silent && amiAnswers && !WatchersPath.peerReaches(sip, seen)
        ? Finding.of(
            Kind.SIP_DEAD,
            "SIP silent for " + seen.silent(sip, Probe.SIP_OPTIONS) + " while AMI answers")
        : Optional.empty();
  }
}
