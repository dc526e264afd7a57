package org.linekeeper.verdict;

import java.time.Duration;
import java.util.Optional;
import org.linekeeper.verdict.Observation.Probe;
import org.linekeeper.verdict.Observation.Seen;
import org.linekeeper.verdict.Verdict.Kind;

/** Echo calls from the other PBX: digits sent, and sent back or not. */
final class Audio {
  /**
   * So many in a row that are not even answered: where packets are lost each way at both PBXs and
   * they stand still now and then, two were not within an hour.
   */
  private static final int UNANSWERED = 4;

  private Audio() {}

  /**
   * Several in a row: each is a handful of packets, and may be unlucky. That callers hear nothing
   * is proven only where the carrier's calls were heard before, and the PBX itself has said more
   * than once that it took one and heard nothing: else the test number may lead elsewhere.
   */
  static Optional<Finding> dead(Evidence seen) {
    Sight sight = seen.sight();
    boolean dead = sight.last(Probe.ECHO, Seen.FAILED) && manyMissed(seen);
    if (!dead) {
      return Optional.empty();
    }
    Duration since = sight.of(Probe.ECHO).orElseThrow().runSince();
    boolean carrierSaid =
        seen.lately(Probe.CARRIER_CALL) && seen.askedAfter(Probe.CARRIER_CALL, since);
    if (carrierSaid && sight.answers(Probe.CARRIER_CALL) > 0) {
      return Finding.of(
          Kind.DEGRADED,
          "the carrier's test call is heard, but the other PBX's is not: " + seen.said(Probe.ECHO));
    }
    boolean heardBefore = seen.answeredAt(Probe.CARRIER_CALL).isPresent();
    if (carrierSaid
        && heardBefore
        && sight.inARow(Probe.CARRIER_CALL, Seen.FAILED) >= CarriersCalls.FAILURES) {
      return Finding.of(
          Kind.NO_AUDIO_FOR_CALLERS,
          seen.said(Probe.ECHO)
              + "; nor is the carrier's own call: "
              + seen.said(Probe.CARRIER_CALL));
    }
    return Finding.of(
        Kind.NO_AUDIO,
        sight.misses(Probe.ECHO)
            + " echo calls in a row: "
            + seen.said(Probe.ECHO)
            + (carrierSaid && sight.misses(Probe.CARRIER_CALL) > 0
                ? "; the carrier's own call failed too: " + seen.said(Probe.CARRIER_CALL)
                : ""));
  }

  /** They are not even answered: something is wrong, and be it only between the two PBXs. */
  static Optional<Finding> callsFail(Evidence seen) {
    Sight sight = seen.sight();
    boolean said =
        sight.last(Probe.ECHO, Seen.TURNED_AWAY) || sight.misses(Probe.ECHO) >= UNANSWERED;
    return manyMissed(seen) && said && !sight.last(Probe.ECHO, Seen.FAILED)
        ? Finding.of(
            Kind.DEGRADED,
            "SIP answers, but calls from the other PBX fail: " + seen.said(Probe.ECHO))
        : Optional.empty();
  }

  private static boolean manyMissed(Evidence seen) {
    return seen.sight().misses(Probe.ECHO) >= seen.profile().deep().echoFailures()
        && seen.lately(Probe.ECHO);
  }

  /**
   * That nobody has asked for a while does not mend audio. But once the carrier's calls go to the
   * other PBX it says nothing more of this one, and the last that it said does not hold for ever.
   */
  static Optional<Finding> notHeard(Evidence seen) {
    Sight sight = seen.sight();
    boolean heard = sight.answers(Probe.ECHO) > 0 || sight.answers(Probe.CARRIER_CALL) > 0;
    boolean longAgo = !seen.lately(Probe.CARRIER_CALL);
    return heard || longAgo || sight.notAsked(Probe.ECHO) > 0
        ? Optional.empty()
        : Finding.of(
            Kind.NO_AUDIO_FOR_CALLERS, "it has not been heard since: " + seen.said(Probe.ECHO));
  }

  /** What is known of audio, for people: most offices have no other sight of it. */
  static String words(Evidence seen) {
    if (seen.sight().notAsked(Probe.ECHO) > 0) {
      return "; whether audio runs is not seen: " + seen.said(Probe.ECHO);
    }
    boolean heard = seen.sight().last(Probe.ECHO, Seen.ANSWERED) && seen.lately(Probe.ECHO);
    return heard ? ", audio runs both ways" : "";
  }
}
