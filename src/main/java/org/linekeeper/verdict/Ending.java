package org.linekeeper.verdict;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.linekeeper.verdict.Observation.Probe;
import org.linekeeper.verdict.Observation.Seen;
import org.linekeeper.verdict.Verdict.Kind;

/** The process has ended, or says that it is about to. */
final class Ending {
  /** How many SIP requests in a row must be turned away: one 503 may be a passing overload. */
  private static final int TURNED_AWAY = 2;

  private Ending() {}

  /**
   * Proof: its connection ended in good order, as a host does it for a process that is gone, its
   * port refuses, and SIP has not answered since. A firewall that turns this watcher away can only
   * reset connections, and then the silence has to last.
   */
  static Optional<Finding> gone(Evidence seen) {
    Sight sight = seen.sight();
    Optional<Duration> ended =
        sight
            .of(Probe.AMI_SESSION)
            .filter(memory -> memory.is(Seen.CLOSED))
            .map(memory -> memory.latest().at());
    Duration answerTime = seen.profile().recheck().multipliedBy(2);
    return ended
        .filter(at -> sight.last(Probe.AMI_CONNECT, Seen.REFUSED))
        // Its host says of both ports that nobody listens there; else the SIP request sent when
        // the connection ended must have had time to be answered.
        .filter(at -> nobodyListens(seen, at) || seen.now().minus(at).compareTo(answerTime) >= 0)
        .filter(at -> !sight.answeredAfter(Probe.SIP_OPTIONS, at))
        // A PBX that could not be asked by SIP may answer it well.
        .filter(at -> sight.notAsked(Probe.SIP_OPTIONS) == 0)
        // Something between that ends connections in good order is no proof either.
        .filter(at -> !sight.answeredAfter(Probe.PEER_LOOK, at))
        .map(
            at ->
                new Finding(
                    Kind.PROCESS_GONE,
                    "the AMI connection ended, its port refuses, SIP is silent"));
  }

  private static boolean nobodyListens(Evidence seen, Duration since) {
    return Stream.of(Probe.AMI_CONNECT, Probe.SIP_OPTIONS)
        .allMatch(probe -> seen.sight().last(probe, Seen.REFUSED) && seen.askedAfter(probe, since));
  }

  /** By its own word, or by SIP 503. */
  static Optional<Finding> shuttingDown(Evidence seen) {
    if (seen.sight().of(Probe.SHUTDOWN).isPresent()) {
      return Finding.of(Kind.SHUTTING_DOWN, "it said itself that it is going down");
    }
    boolean turnedAway =
        seen.sight().last(Probe.SIP_OPTIONS, Seen.TURNED_AWAY)
            && seen.sight().misses(Probe.SIP_OPTIONS) >= TURNED_AWAY;
    return turnedAway
        ? Finding.of(Kind.SHUTTING_DOWN, "it answers SIP with " + seen.said(Probe.SIP_OPTIONS))
        : Optional.empty();
  }
}
