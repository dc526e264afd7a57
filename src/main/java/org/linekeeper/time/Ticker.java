package org.linekeeper.time;

import java.time.Duration;

/**
 * How much time has passed? A monotonic clock: it never jumps when somebody sets the date, so
 * deadlines and measured delays use it, and never the wall clock.
 *
 * <p>Two readings of the same ticker can be subtracted; a single reading means nothing, and
 * readings of two machines, or of one machine before and after a restart, cannot be compared.
 */
@FunctionalInterface
public interface Ticker {
  /** How long ago was this ticker's origin? Never smaller than an earlier answer. */
  Duration now();

  /** How long ago was {@code earlier}, an answer of {@link #now()} of this same ticker? */
  default Duration since(Duration earlier) {
    return now().minus(earlier);
  }

  /**
   * Which ticker does the running program use? This machine's, with its origin at the call of this
   * method. It stands still while the machine is suspended (Linux' CLOCK_MONOTONIC), so a laptop or
   * virtual machine that slept does not see the time it slept.
   */
  static Ticker system() {
    long origin = System.nanoTime();
    return () -> Duration.ofNanos(System.nanoTime() - origin);
  }
}
