package org.linekeeper.asterisk;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Runs the calls of one connection one after another, on at most one thread of a shared pool: a
 * connection whose writes block holds one thread and no more.
 */
final class Lane {
  private static final int MAX_WAITING = 64;

  private final Executor pool;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private boolean running;

  Lane(Executor pool) {
    this.pool = pool;
  }

  /** Whether it will run; not if 64 wait already or the pool takes no more. */
  synchronized boolean offer(Runnable call) {
    if (waiting.size() >= MAX_WAITING) {
      return false;
    }
    if (!running) {
      try {
        pool.execute(this::runAll);
      } catch (RejectedExecutionException full) {
        return false;
      }
      running = true;
    }
    waiting.add(call);
    return true;
  }

  private void runAll() {
    for (Runnable call = next(); call != null; call = next()) {
      try {
        call.run();
      } catch (RuntimeException defect) {
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, defect);
      }
    }
  }

  private synchronized @Nullable Runnable next() {
    Runnable call = waiting.poll();
    running = call != null;
    return call;
  }
}
