package org.linekeeper.asterisk;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Hands things on one after another, in the order in which they were put in, whichever threads do
 * it. Put in while holding the lock that the order comes from, hand on after letting go of it: the
 * listener must not be called with a lock held.
 */
final class InOrder<T> {
  private final Consumer<T> listener;
  private final Queue<T> waiting = new ArrayDeque<>();
  private boolean handing;

  InOrder(Consumer<T> listener) {
    this.listener = listener;
  }

  synchronized void put(T thing) {
    waiting.add(thing);
  }

  /** Hands on what waits; leaves it to the thread that is at it already, if there is one. */
  void handOn() {
    while (true) {
      T next;
      synchronized (this) {
        if (handing || waiting.isEmpty()) {
          return;
        }
        handing = true;
        next = waiting.remove();
      }
      try {
        listener.accept(next);
      } catch (RuntimeException defect) {
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, defect);
      } finally {
        synchronized (this) {
          handing = false;
        }
      }
    }
  }
}
