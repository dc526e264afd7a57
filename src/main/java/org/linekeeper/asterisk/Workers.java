package org.linekeeper.asterisk;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.linekeeper.net.IoLoop;
import org.linekeeper.time.Ticker;

/**
 * Which threads do the work for all PBXs? A loop for their sockets and a timer, whose tasks never
 * wait, and a pool for library calls that may block until somebody closes their socket: at most one
 * at a time for each connection, so that one hung PBX cannot keep another's threads.
 */
public final class Workers implements AutoCloseable {
  private static final int TIMER_THREADS = 2;
  private static final int MAX_BLOCKED = 1024;
  private static final Duration IDLE = Duration.ofSeconds(10);

  private final Ticker ticker;
  private final ScheduledThreadPoolExecutor timer;
  private final ThreadPoolExecutor io;
  private final IoLoop loop;

  private Workers(Ticker ticker) {
    this.ticker = ticker;
    loop = IoLoop.start("pbx-loop", ticker);
    timer = new ScheduledThreadPoolExecutor(TIMER_THREADS, daemons("probe-timer-"));
    // a deadline that was met would otherwise stay in the queue until it has passed
    timer.setRemoveOnCancelPolicy(true);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    io =
        new ThreadPoolExecutor(
            0,
            MAX_BLOCKED,
            IDLE.toMillis(),
            TimeUnit.MILLISECONDS,
            new SynchronousQueue<>(),
            daemons("pbx-io-"));
  }

  /** Starts them; {@code ticker} measures what took how long. */
  public static Workers start(Ticker ticker) {
    return new Workers(ticker);
  }

  private static ThreadFactory daemons(String prefix) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, prefix + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /** The clock that all of them measure with. */
  public Ticker ticker() {
    return ticker;
  }

  /**
   * Where calls that may block run.
   *
   * @throws java.util.concurrent.RejectedExecutionException on execute, if 1,024 are blocked
   *     already or everything is stopping
   */
  public Executor io() {
    return io;
  }

  /** The one thread that waits for the sockets of every PBX; what runs on it must not wait. */
  public IoLoop loop() {
    return loop;
  }

  /** Runs something once, after so long; it must not wait. Does nothing while stopping. */
  public Future<?> after(Duration delay, Runnable task) {
    return timer.schedule(reporting(task), delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Runs something now and then again so long after each end; it must not wait. */
  public Future<?> every(Duration pause, Runnable task) {
    return timer.scheduleWithFixedDelay(reporting(task), 0, pause.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** A defect must be seen, and must not end the watching. */
  private static Runnable reporting(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException defect) {
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, defect);
      }
    };
  }

  /** Stops everything; calls that are blocked end when their sockets are closed. */
  @Override
  public void close() {
    timer.shutdownNow();
    loop.close();
    io.shutdown();
  }
}
