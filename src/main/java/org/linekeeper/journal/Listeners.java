package org.linekeeper.journal;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Tells of commits, in order, on one thread that nothing else depends on. */
final class Listeners implements AutoCloseable {
  /** Listeners only enqueue, so this much behind means that one hangs. */
  private static final int MOST_BEHIND = 4_096;

  private final List<Consumer<List<Recorded>>> listeners = new CopyOnWriteArrayList<>();
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MOST_BEHIND),
          Threads.named("journal-listeners"),
          // Losing the oldest news costs a listener less than blocking commits costs everybody.
          new ThreadPoolExecutor.DiscardOldestPolicy());

  void add(Consumer<List<Recorded>> listener) {
    listeners.add(listener);
  }

  void tell(List<Recorded> records) {
    if (!listeners.isEmpty()) {
      thread.execute(() -> listeners.forEach(listener -> listener.accept(records)));
    }
  }

  @Override
  public void close() {
    thread.shutdown();
  }
}
