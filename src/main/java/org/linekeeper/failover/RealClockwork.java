package org.linekeeper.failover;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** One thread for what is decided, and one that waits. */
final class RealClockwork implements Clockwork {
  private final ThreadPoolExecutor control =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          task -> daemon(task, "control"),
          (task, pool) -> {}); // only while the process ends
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "control-clock"));

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void soon(Runnable task) {
    control.execute(task);
  }

  @Override
  public int waiting() {
    return control.getQueue().size();
  }

  @Override
  public void after(Duration delay, Runnable task) {
    try {
      clock.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closed) {
      // the process ends
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
    control.shutdown();
    try {
      if (!control.awaitTermination(2, TimeUnit.SECONDS)) {
        control.shutdownNow();
      }
    } catch (InterruptedException e) {
      control.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
