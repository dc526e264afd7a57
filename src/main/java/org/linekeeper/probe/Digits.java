package org.linekeeper.probe;

import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Four digits for each echo call, none of them again before all 10,000 have had their turn: so that
 * what comes back late, or from a recording, is not taken for an answer.
 */
final class Digits {
  private static final int ALL = 10_000;

  /** Has no factor in common with 10,000, so that each comes once; a prime far from any pattern. */
  private static final int STEP = 7_919;

  private final AtomicInteger latest = new AtomicInteger(ThreadLocalRandom.current().nextInt(ALL));

  String next() {
    int number = latest.updateAndGet(n -> (n + STEP) % ALL);
    return String.format(Locale.ROOT, "%04d", number);
  }
}
