package org.linekeeper.net;

/** Work that an {@link IoLoop} does again and again, until it is told not to. */
public final class LoopRepeat {
  private final Runnable task;
  private volatile boolean cancelled;

  LoopRepeat(Runnable task) {
    this.task = task;
  }

  void run() {
    if (!cancelled) {
      task.run();
    }
  }

  boolean cancelled() {
    return cancelled;
  }

  /** Makes sure that it does not begin again. From any thread; again does nothing. */
  public void cancel() {
    cancelled = true;
  }
}
