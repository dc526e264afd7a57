package org.linekeeper.verdict;

import java.time.Duration;
import java.util.Optional;
import org.linekeeper.verdict.Observation.Probe;
import org.linekeeper.verdict.Observation.Seen;
import org.linekeeper.verdict.Verdict.Kind;

/** The canary: calls through the production context that it places to itself. */
final class TestCalls {
  /** At its limit calls come and go: that it was full once may be over by now. */
  private static final int LOOKS_AT_THE_LIMIT = 2;

  private TestCalls() {}

  /** Several in a row, and neither its call limit nor a missing dialplan explains them. */
  static Optional<Finding> fail(Evidence seen) {
    Sight sight = seen.sight();
    if (sight.misses(Probe.CANARY) < seen.profile().canaryFailures()
        || !seen.lately(Probe.CANARY)) {
      return Optional.empty();
    }
    if (sight.last(Probe.CALL_LIMIT, Seen.FAILED)) {
      return full(seen);
    }
    if (seen.answeredAt(Probe.CANARY).isEmpty()) {
      return Finding.of(
          Kind.DEGRADED,
          "no test call has run since watching began, so they say nothing: "
              + seen.said(Probe.CANARY)
              + "; look with check whether lk-canary is installed");
    }
    return Finding.of(
        Kind.CANNOT_TAKE_CALLS,
        sight.misses(Probe.CANARY) + " test calls in a row failed: " + seen.said(Probe.CANARY));
  }

  /**
   * It is full whenever it is looked at, and a test call has failed since it was last seen to have
   * room. Others may have found a place, as some callers do.
   */
  static Optional<Finding> turnedAway(Evidence seen) {
    if (seen.sight().misses(Probe.CALL_LIMIT) < LOOKS_AT_THE_LIMIT
        || !seen.lately(Probe.CALL_LIMIT)) {
      return Optional.empty();
    }
    // where it never was, since a look before the first that was full
    Optional<Duration> room =
        seen.answeredAt(Probe.CALL_LIMIT)
            .or(
                () ->
                    seen.sight()
                        .of(Probe.CALL_LIMIT)
                        .map(look -> look.runSince().minus(seen.profile().registrationsEvery())));
    return seen.sight()
        .of(Probe.CANARY)
        .flatMap(Sight.Memory::missedAt)
        .flatMap(missed -> room.filter(at -> missed.compareTo(at) > 0))
        .flatMap(since -> full(seen));
  }

  private static Optional<Finding> full(Evidence seen) {
    return Finding.of(Kind.DEGRADED, Verdict.CALL_LIMIT + ": " + seen.said(Probe.CALL_LIMIT));
  }

  /** Why it is not believed that calls run again; empty if it is. */
  static Optional<Finding> notSeenToRun(Evidence seen) {
    int enough = seen.profile().canaryFailures();
    int ran = seen.sight().answers(Probe.CANARY);
    boolean explained = seen.sight().misses(Probe.CANARY) >= enough;
    return seen.stillAsked(Probe.CANARY) && !explained && ran < enough
        ? Finding.of(
            Kind.CANNOT_TAKE_CALLS,
            "answers again; believed when "
                + enough
                + " test calls in a row have run, so far "
                + ran)
        : Optional.empty();
  }
}
