package org.linekeeper.lab;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what must come, and no longer than it may take. */
public final class Await {
  private Await() {}

  /** Returns as soon as it holds; fails with the words of {@code what} if it does not in time. */
  public static void until(String what, Duration limit, BooleanSupplier holds) {
    value(what, limit, () -> holds.getAsBoolean() ? Optional.of(true) : Optional.empty());
  }

  /** The first value that comes; fails with the words of {@code what} if none does in time. */
  public static <T> T value(String what, Duration limit, Supplier<Optional<T>> ask) {
    long start = System.nanoTime();
    while (true) {
      Optional<T> answer = ask.get();
      if (answer.isPresent()) {
        return answer.get();
      }
      if (System.nanoTime() - start > limit.toNanos()) {
        throw new AssertionError("not within " + limit + ": " + what);
      }
      pause(Duration.ofMillis(10));
    }
  }

  /** Lets time pass, as a test does that watches for something not to happen. */
  public static void pause(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    long left = time.toNanos();
    while (left > 0) {
      LockSupport.parkNanos(left);
      if (Thread.interrupted()) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting");
      }
      left = end - System.nanoTime();
    }
  }
}
