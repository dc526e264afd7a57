package org.linekeeper.verdict;

import static org.linekeeper.verdict.Evidence.seconds;

import java.time.Duration;
import java.util.Optional;
import org.linekeeper.verdict.Observation.Probe;
import org.linekeeper.verdict.Verdict.Kind;

/** When a PBX that could not serve, and seems to again, is believed. */
final class Comeback {
  /**
   * For how long every SIP request must be answered before a PBX that could not serve is believed
   * again: 20 answers in a row on {@code lan}. A PBX that answers one in a hundred has not come
   * back, and must not begin to fail anew each time it does, since alarms and mobiles wait for how
   * long it has failed.
   */
  private static final Duration STEADY = Duration.ofSeconds(2);

  private Comeback() {}

  /** Why a PBX that seems to serve again is not believed yet; empty if it is. */
  static Optional<Finding> notBelieved(Kind before, Evidence seen) {
    // The other PBX has seen it answer for as long as it would have to answer this watcher.
    if (seen.sight().steady(Probe.PEER_LOOK).compareTo(STEADY) >= 0
        && WatchersPath.lost(seen).isPresent()) {
      return Optional.empty();
    }
    Duration steady = seen.sight().steady(Probe.SIP_OPTIONS);
    if (steady.compareTo(STEADY) < 0) {
      return Finding.of(
          before,
          "answers again; believed when SIP has missed nothing for "
              + seconds(STEADY)
              + ", so far "
              + seconds(steady));
    }
    return switch (before) {
      case CANNOT_TAKE_CALLS -> TestCalls.notSeenToRun(seen);
      case TRUNK_DOWN -> Registrations.notSeenUp(seen);
      case NO_AUDIO_FOR_CALLERS -> Audio.notHeard(seen);
      default -> Optional.empty();
    };
  }
}
