package org.linekeeper.net;

import java.time.Duration;
import java.util.Comparator;

/** When does this piece of work run? At its deadline, unless cancelled before. */
public final class LoopTimer implements Comparable<LoopTimer> {
  private static final Comparator<LoopTimer> ORDER =
      Comparator.comparing(LoopTimer::due).thenComparing(t -> t.order);

  private final Duration due;
  private final long order;
  private final Runnable task;
  private volatile boolean cancelled;

  LoopTimer(Duration due, long order, Runnable task) {
    this.due = due;
    this.order = order;
    this.task = task;
  }

  /** Makes sure that it will not run, if it has not begun. From any thread; again does nothing. */
  public void cancel() {
    cancelled = true;
  }

  boolean cancelled() {
    return cancelled;
  }

  Duration due() {
    return due;
  }

  Runnable task() {
    return task;
  }

  @Override
  public int compareTo(LoopTimer other) {
    return ORDER.compare(this, other);
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(order);
  }
}
