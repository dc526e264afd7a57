package org.linekeeper.mirror;

import java.time.Duration;

/**
 * When may a copying that did not work be tried again? One for each, so that one family that cannot
 * be read does not hold up the registrations. Used by one thread at a time.
 */
final class Patience {
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  /** Sixty-four times the usual pause. */
  private static final int MOST_DOUBLINGS = 6;

  private final Duration every;
  private int failures;
  private Duration notBefore = Duration.ZERO;

  /** The first pause is twice that long. */
  Patience(Duration every) {
    this.every = every;
  }

  /** Whether it may be tried now, by the watcher's monotonic clock. */
  boolean allows(Duration now) {
    return failures == 0 || now.compareTo(notBefore) >= 0;
  }

  void ended(boolean good, Duration now) {
    failures = good ? 0 : Math.min(failures + 1, MOST_DOUBLINGS);
    notBefore = now.plus(pause());
  }

  private Duration pause() {
    Duration longest = every.compareTo(LONGEST_PAUSE) > 0 ? every : LONGEST_PAUSE;
    Duration pause = every.multipliedBy(1L << failures);
    return pause.compareTo(longest) < 0 ? pause : longest;
  }

  /** A PBX is back: what did not work may work now. */
  void forget() {
    failures = 0;
  }
}
