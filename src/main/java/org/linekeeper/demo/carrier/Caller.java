package org.linekeeper.demo.carrier;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The outside world: calls the office's numbers in turn, and remembers who answered. */
public final class Caller implements AutoCloseable {
  private static final int REMEMBERED = 1_000;
  private static final int AT_ONCE = 64;
  private static final Duration SHORTEST = Duration.ofMillis(5);

  private final CallRouter router;
  private final Supplier<List<String>> numbers;
  private final Deque<CallRecord> records = new ArrayDeque<>();
  private final List<Consumer<CallRecord>> listeners = new CopyOnWriteArrayList<>();
  private volatile List<String> chosen = List.of();
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicLong dropped = new AtomicLong();
  private final ThreadPoolExecutor lines = Threads.pool("carrier-call", AT_ONCE, 1);
  private final ScheduledThreadPoolExecutor clock =
      new ScheduledThreadPoolExecutor(1, Threads.named("carrier-caller"));

  private Duration every = Duration.ofSeconds(1);
  private @Nullable ScheduledFuture<?> beat;

  Caller(CallRouter router, Supplier<List<String>> numbers) {
    this.router = router;
    this.numbers = numbers;
  }

  /** Starts to call, or changes the pace; 5 ms between two calls at the least. */
  public synchronized void callEvery(Duration interval) {
    pause();
    every = interval.compareTo(SHORTEST) < 0 ? SHORTEST : interval;
    beat = clock.scheduleAtFixedRate(this::tick, 0, every.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** No further calls by itself; {@link #call} still works. */
  public synchronized void pause() {
    if (beat != null) {
      beat.cancel(false);
      beat = null;
    }
  }

  public synchronized void resume() {
    callEvery(every);
  }

  public synchronized boolean paused() {
    return beat == null;
  }

  public synchronized Duration every() {
    return every;
  }

  /** Only these numbers are called from now on; an empty list means all of the office's. */
  public void callOnly(List<String> wanted) {
    chosen = List.copyOf(wanted);
  }

  /** Places one call now and waits for its end. */
  public CallRecord call(String from, String to) {
    CallRecord record = router.place(from, to);
    remember(record);
    return record;
  }

  /** The latest 1,000 calls, oldest first. */
  public List<CallRecord> records() {
    synchronized (records) {
      return List.copyOf(records);
    }
  }

  /** How many calls were not placed because 64 were under way. */
  public long dropped() {
    return dropped.get();
  }

  /** Tells of each call as it ends, on the call's thread. */
  public void onCall(Consumer<CallRecord> listener) {
    listeners.add(listener);
  }

  @Override
  public void close() {
    clock.shutdownNow();
    lines.shutdownNow();
  }

  private void tick() {
    List<String> called = chosen.isEmpty() ? numbers.get() : chosen;
    if (called.isEmpty()) {
      return;
    }
    int turn = next.getAndIncrement();
    String to = called.get(Math.floorMod(turn, called.size()));
    // Ofcom's numbers for drama: 07700 900500 to 900599
    String from = "+4477009005%02d".formatted(Math.floorMod(turn, 100));
    try {
      lines.execute(() -> call(from, to));
    } catch (RejectedExecutionException e) {
      dropped.incrementAndGet();
    }
  }

  private void remember(CallRecord record) {
    synchronized (records) {
      records.addLast(record);
      if (records.size() > REMEMBERED) {
        records.removeFirst();
      }
    }
    listeners.forEach(l -> l.accept(record));
  }
}
