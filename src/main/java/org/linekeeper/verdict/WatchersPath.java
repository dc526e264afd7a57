package org.linekeeper.verdict;

import java.time.Duration;
import java.util.Optional;
import org.linekeeper.verdict.Observation.Probe;
import org.linekeeper.verdict.Observation.Seen;
import org.linekeeper.verdict.Verdict.Kind;

/** It answers the other PBX, and not this watcher, which is banned or cut off. */
final class WatchersPath {
  private WatchersPath() {}

  /** This watcher gets no answer, and the other PBX does. */
  static Optional<Finding> lost(Evidence seen) {
    Duration both = seen.bothSilent();
    Duration sip = seen.sipSilence();
    boolean silent = both.compareTo(seen.tolerance()) > 0 && peerReaches(both, seen);
    boolean sipSilent = sip.compareTo(seen.profile().sipSilence()) > 0 && peerReaches(sip, seen);
    if (!silent && !sipSilent) {
      return Optional.empty();
    }
    return Finding.of(
        Kind.WATCHER_PATH_LOST,
        (silent ? "AMI and SIP do not answer this watcher" : Verdict.SIP_ALONE)
            + ", but "
            + seen.said(Probe.PEER_LOOK)
            + ": fail2ban or a firewall turns this watcher away, or its own link is cut");
  }

  /**
   * Whether the other PBX got an answer by SIP, to a call that it placed since the PBX has been
   * silent for this watcher, and a moment ago. Calls of the carrier's that were not answered weigh
   * more, the latest of them placed since: then it is dead to those who matter. One that was
   * answered and not heard says nothing here: this watcher may only not have been told.
   */
  static boolean peerReaches(Duration silence, Evidence seen) {
    Sight sight = seen.sight();
    Duration every = seen.profile().every();
    Duration due = seen.now().minus(silence);
    // it looks at once when the session ends, and that is before the next answer is due here
    Duration began =
        seen.sessionEnded()
            .filter(at -> at.compareTo(due) < 0 && at.plus(every).compareTo(due) >= 0)
            .orElse(due);
    boolean carrierDoesNot =
        sight.inARow(Probe.CARRIER_CALL, Seen.SILENT) >= CarriersCalls.FAILURES
            && seen.askedAfter(Probe.CARRIER_CALL, began);
    return !carrierDoesNot
        && sight.answeredAfter(Probe.PEER_LOOK, began)
        && sight.answeredAfter(Probe.PEER_LOOK, seen.now().minus(seen.profile().lookValid()));
  }
}
