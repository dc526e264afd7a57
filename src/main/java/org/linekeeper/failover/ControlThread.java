package org.linekeeper.failover;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread on which everything is decided. Nothing that runs on it waits: what takes time
 * runs elsewhere and comes back as another task.
 */
final class ControlThread implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ControlThread.class);

  /**
   * Room for the reports of 200 PBXs in ten seconds; beyond it further reports are dropped. What
   * was begun is not: each completion belongs to one of the few things that are under way, and
   * without it that would be under way for ever.
   */
  private static final int MOST_REPORTS = 50_000;

  private final AtomicLong dropped = new AtomicLong();
  private final Clockwork clockwork;

  ControlThread(Clockwork clockwork) {
    this.clockwork = clockwork;
  }

  /** As {@link #post}, but given up if the thread is far behind: there will be another one. */
  void report(Runnable task) {
    if (clockwork.waiting() < MOST_REPORTS) {
      post(task);
    } else {
      dropped.incrementAndGet();
    }
  }

  /** Runs the task on the control thread, later. A task that throws is a defect: it is logged. */
  void post(Runnable task) {
    clockwork.soon(
        () -> {
          try {
            task.run();
          } catch (RuntimeException defect) {
            LOG.error(
                "A defect in Linekeeper; PBXs and routes stay as they are, the next turn tries"
                    + " again. Please report it",
                defect);
          }
        });
  }

  /** Runs one of the two on the control thread once the stage is complete. */
  <T> void then(CompletionStage<T> stage, Consumer<T> good, Consumer<Throwable> bad) {
    stage.whenComplete(
        (value, fault) ->
            post(
                () -> {
                  if (fault == null) {
                    good.accept(value);
                  } else {
                    bad.accept(fault);
                  }
                }));
  }

  /** Runs the task on the control thread again and again; a late turn is not made up for. */
  void every(Duration period, Runnable task) {
    clockwork.after(
        period,
        () -> {
          report(task);
          every(period, task);
        });
  }

  /** Runs the task on the control thread after that time; not any more once this is closed. */
  void after(Duration delay, Runnable task) {
    clockwork.after(delay, () -> post(task));
  }

  /**
   * How many reports were thrown away because the queue was full; stays 0 unless something is
   * wrong.
   */
  long dropped() {
    return dropped.get();
  }

  @Override
  public void close() {
    clockwork.close();
  }
}
