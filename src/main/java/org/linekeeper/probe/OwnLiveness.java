package org.linekeeper.probe;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.linekeeper.asterisk.Workers;

/**
 * Was it the PBX that was silent, or did this process stand still (garbage collection, a busy or
 * suspended machine)? Ticks every 20 ms on the threads that also watch the deadlines, and tells of
 * each gap of more than 100 ms.
 */
public final class OwnLiveness implements AutoCloseable {
  private static final Duration TICK = Duration.ofMillis(20);
  private static final Duration GAP = Duration.ofMillis(100);

  private final Workers workers;
  private final Consumer<Duration> stalled;
  private Duration last;
  private @Nullable Future<?> ticking;

  /**
   * Does not tick yet.
   *
   * @param stalled told for how long this process stood still; only enqueues
   */
  public OwnLiveness(Workers workers, Consumer<Duration> stalled) {
    this.workers = workers;
    this.stalled = stalled;
    last = workers.ticker().now();
  }

  /** Begins to tick. */
  public synchronized void start() {
    last = workers.ticker().now();
    ticking = workers.every(TICK, this::check);
  }

  /**
   * Ticks now. Whoever is about to report what a probe saw calls this first: after a stall a
   * deadline's timer, or an answer, may come before the tick does.
   */
  public synchronized void check() {
    if (ticking == null) {
      return;
    }
    Duration now = workers.ticker().now();
    Duration gap = now.minus(last);
    last = now;
    if (gap.compareTo(GAP) > 0) {
      stalled.accept(gap.minus(TICK));
    }
  }

  /** Stops ticking. */
  @Override
  public synchronized void close() {
    if (ticking != null) {
      ticking.cancel(false);
      ticking = null;
    }
  }
}
