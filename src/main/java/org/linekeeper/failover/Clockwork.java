package org.linekeeper.failover;

import java.time.Duration;

/** What the control loop turns on: a thread and a timer, or in a simulation neither of them. */
public interface Clockwork extends AutoCloseable {
  /** Runs the task soon, after those that were given before. Tasks do not throw. */
  void soon(Runnable task);

  /** How many tasks wait. */
  int waiting();

  /** Runs the task after that time, perhaps on another thread; not any more once this is closed. */
  void after(Duration delay, Runnable task);

  @Override
  void close();

  /** A thread of its own, and another for the time. */
  static Clockwork real() {
    return new RealClockwork();
  }
}
