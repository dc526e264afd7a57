package org.linekeeper.sip;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The arithmetic of TLS handshakes, and reading whom to trust: milliseconds each, which the thread
 * that waits for every socket must not spend. Two threads for all; gone when idle.
 */
final class Handshakes {
  private static final int THREADS = 2;

  /** Far above what two hundred PBXs need that all come back at once. */
  private static final int MOST_WAITING = 1_024;

  private static final ThreadPoolExecutor WORKERS = workers();

  private Handshakes() {}

  /**
   * Runs a piece of work soon.
   *
   * @throws RejectedExecutionException if 1,024 wait already
   */
  static void run(Runnable work) {
    WORKERS.execute(work);
  }

  private static ThreadPoolExecutor workers() {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MOST_WAITING),
            task -> {
              Thread thread = new Thread(task, "tls-handshakes");
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}
