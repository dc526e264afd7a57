package org.linekeeper.service;

import java.time.Instant;
import java.util.Optional;
import org.linekeeper.failover.Overview;
import org.linekeeper.verdict.Verdict;

/** Why is a test call by the carrier wanted at once? */
final class Suspicion {
  private Suspicion() {}

  /**
   * What speaks for one; empty if nothing does, or if it would tell nothing: that calls do not
   * reach a PBX which cannot serve is known.
   *
   * @param undelivered when the carrier last could not deliver a call
   */
  static Optional<String> of(Overview now, Optional<Instant> undelivered) {
    Optional<Verdict> serving =
        now.state().active().flatMap(pbx -> Optional.ofNullable(now.verdicts().get(pbx)));
    if (serving.filter(v -> v.kind().serves() || pathLost(v)).isEmpty()) {
      return Optional.empty();
    }
    Optional<String> lost = undelivered.map(at -> "the carrier could not deliver a call at " + at);
    return serving
        .filter(Suspicion::audioOnly)
        .map(v -> v.pbx() + " may have no audio")
        .or(() -> serving.filter(Suspicion::pathLost).map(v -> unanswered(v, lost)))
        .or(() -> lost);
  }

  /** The other PBX reaches it, perhaps by another transport than the trunk's. */
  private static String unanswered(Verdict verdict, Optional<String> lost) {
    return verdict.pbx()
        + " does not answer this watcher"
        + lost.map(also -> ", and " + also).orElse("");
  }

  private static boolean pathLost(Verdict verdict) {
    return verdict.kind() == Verdict.Kind.WATCHER_PATH_LOST;
  }

  private static boolean audioOnly(Verdict verdict) {
    return verdict.kind() == Verdict.Kind.NO_AUDIO;
  }
}
