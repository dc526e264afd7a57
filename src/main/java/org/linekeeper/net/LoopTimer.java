package org.linekeeper.net;

/** When does this piece of work run? At its deadline, unless cancelled before. */
public final class LoopTimer implements Comparable<LoopTimer> {
  // nanoseconds by the loop's ticker, and no Duration: hundreds of PBXs compare them a million
  // times a second
  private final long due;
  private final long order;
  private final Runnable task;
  private volatile boolean cancelled;

  LoopTimer(long due, long order, Runnable task) {
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

  /** In nanoseconds, by the loop's ticker. */
  long due() {
    return due;
  }

  Runnable task() {
    return task;
  }

  @Override
  public int compareTo(LoopTimer other) {
    int byTime = Long.compare(due, other.due);
    return byTime != 0 ? byTime : Long.compare(order, other.order);
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
