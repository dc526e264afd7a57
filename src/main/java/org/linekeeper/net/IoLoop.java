package org.linekeeper.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.linekeeper.time.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which thread waits for the sockets and deadlines? This one, for all of them.
 *
 * <p>Whatever is given to it runs on its thread, one piece after the other, so that state touched
 * only there needs no locks; such pieces must not wait. Sockets that are ready are served before
 * deadlines that have passed: an answer that arrived in time is not missed because this process was
 * paused. A piece that throws is logged and does not stop the others.
 */
public final class IoLoop implements Executor, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(IoLoop.class);

  /** Far above what two hundred PBXs need; reaching it means that the loop's thread is stuck. */
  private static final int MAX_QUEUED = 65_536;

  private static final int FEW_TIMERS = 1_000;

  /** See {@link #every}; at the 100 ms of {@code lan}, twenty of them. */
  private static final Duration SLOT = Duration.ofMillis(5);

  private static final Duration WAIT = Duration.ofSeconds(2);

  private final Ticker ticker;
  private final Selector selector;
  private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>(MAX_QUEUED);
  private final PriorityQueue<LoopTimer> timers = new PriorityQueue<>();
  private int throwOutAt = FEW_TIMERS;
  private final Map<Slot, List<LoopRepeat>> slots = new HashMap<>();
  private final AtomicLong order = new AtomicLong();
  private final AtomicLong repeats = new AtomicLong();
  private final Pace pace;
  private final Thread thread;
  private volatile boolean closed;

  /** When its pieces are due: every {@code period}, {@code offset} after it begins, nanoseconds. */
  private record Slot(long period, long offset) {
    long next(long now) {
      return (Math.floorDiv(now - offset, period) + 1) * period + offset;
    }
  }

  private IoLoop(String name, Ticker ticker, Selector selector) {
    this.ticker = ticker;
    this.selector = selector;
    this.pace = new Pace(ticker);
    this.thread = new Thread(this::run, name);
    this.thread.setDaemon(true);
  }

  /**
   * Starts a loop on a thread of its own.
   *
   * @param name of the thread, for whoever reads a thread dump
   * @param ticker what its deadlines are measured by
   * @throws UncheckedIOException if the process has no file descriptor left
   */
  public static IoLoop start(String name, Ticker ticker) {
    try {
      IoLoop loop = new IoLoop(name, ticker, Selector.open());
      loop.thread.start();
      return loop;
    } catch (IOException e) {
      throw new UncheckedIOException("no selector for " + name, e);
    }
  }

  /** What are this loop's deadlines measured by? */
  public Ticker ticker() {
    return ticker;
  }

  /** Am I called on the loop's own thread? */
  public boolean inLoop() {
    return Thread.currentThread() == thread;
  }

  /**
   * Runs a piece of work on the loop's thread soon. From any thread; never waits.
   *
   * @throws RejectedExecutionException if the loop is closed, or 65,536 pieces wait already
   */
  @Override
  public void execute(Runnable task) {
    if (closed || !tasks.offer(task)) {
      throw new RejectedExecutionException(
          closed ? thread.getName() + " is closed" : thread.getName() + " is stuck");
    }
    if (!inLoop()) {
      selector.wakeup();
    }
  }

  /** Runs a piece of work now if called on the loop's thread, soon otherwise. */
  public void run(Runnable task) {
    if (inLoop()) {
      task.run();
    } else {
      execute(task);
    }
  }

  /**
   * Runs a piece of work on the loop's thread and waits until it is done and the sockets it closed
   * are closed indeed, so that their ports are free. For switches turned by people and tests.
   *
   * @throws IllegalStateException if that took longer than 2 s
   * @throws RejectedExecutionException as {@link #execute}
   */
  public void runAndWait(Runnable task) {
    if (inLoop()) {
      task.run();
      return;
    }
    CompletableFuture<Void> done = new CompletableFuture<>();
    execute(
        () -> {
          try {
            task.run();
          } catch (RuntimeException e) {
            done.completeExceptionally(e);
          }
          // the selector lets go of closed sockets when it selects next, which is before this runs
          execute(() -> done.complete(null));
        });
    try {
      done.get(WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException(this + " did not get to it in 2 s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + this, e);
    }
  }

  /**
   * Runs a piece of work on the loop's thread when {@code delay} has passed, up to 1 ms late when
   * nothing else is to do, and 3 ms when there is much (see {@link Pace}). From any thread.
   *
   * @throws RejectedExecutionException as {@link #execute}
   */
  public LoopTimer after(Duration delay, Runnable task) {
    return at(ticker.now().plus(delay).toNanos(), task);
  }

  private LoopTimer at(long due, Runnable task) {
    LoopTimer timer = new LoopTimer(due, order.incrementAndGet(), task);
    if (inLoop()) {
      add(timer);
    } else {
      execute(() -> add(timer));
    }
    return timer;
  }

  /**
   * Most deadlines are kept, and cancelled half a second before they are due. Now and then they are
   * thrown out all at once, which is cheaper than taking each from the head of the queue.
   */
  private void add(LoopTimer timer) {
    timers.add(timer);
    if (timers.size() >= throwOutAt) {
      timers.removeIf(LoopTimer::cancelled);
      throwOutAt = Math.max(FEW_TIMERS, timers.size() * 2);
    }
  }

  /**
   * Runs a piece of work on the loop's thread soon, and then again and again. From any thread.
   *
   * <p>Pieces that are repeated are dealt out over slots of 5 ms, several to a slot: a thread that
   * is woken once for ten PBXs costs a fraction of one that is woken ten times, and all of them at
   * once would keep each other's answers waiting. A turn that is late is not made up for.
   *
   * @throws RejectedExecutionException as {@link #execute}
   */
  public LoopRepeat every(Duration pause, Runnable task) {
    LoopRepeat repeat = new LoopRepeat(task);
    long fitting = Math.max(1, pause.dividedBy(SLOT));
    long offset = SLOT.toNanos() * (repeats.getAndIncrement() % fitting);
    execute(
        () -> {
          join(new Slot(pause.toNanos(), offset), repeat);
          repeat.run();
        });
    return repeat;
  }

  private void join(Slot slot, LoopRepeat repeat) {
    List<LoopRepeat> sharing = slots.get(slot);
    if (sharing == null) {
      sharing = new ArrayList<>();
      slots.put(slot, sharing);
      again(slot, sharing);
    }
    sharing.add(repeat);
  }

  private void again(Slot slot, List<LoopRepeat> sharing) {
    at(
        slot.next(ticker.now().toNanos()),
        () -> {
          sharing.removeIf(LoopRepeat::cancelled);
          if (sharing.isEmpty()) {
            slots.remove(slot);
            return;
          }
          sharing.forEach(repeat -> guarded(repeat::run));
          again(slot, sharing);
        });
  }

  /**
   * Serves a channel: calls {@code ready} on the loop's thread whenever one of the operations is
   * possible. Only from the loop's thread.
   *
   * @param operations as in {@link SelectionKey}; change them on the returned key
   * @throws IOException if the channel was closed meanwhile or cannot be made non-blocking
   */
  public SelectionKey watch(SelectableChannel channel, int operations, Runnable ready)
      throws IOException {
    channel.configureBlocking(false);
    return channel.register(selector, operations, ready);
  }

  /**
   * Stops the thread and closes every channel it served. Work and deadlines that still wait are
   * dropped, so close what uses the loop first. Waits 2 s at most, for a running piece.
   */
  @Override
  public void close() {
    closed = true;
    selector.wakeup();
    if (inLoop()) {
      return;
    }
    try {
      thread.join(WAIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!closed) {
        // A pause of this process can come anywhere. Only what was due before the sockets were
        // looked
        // at fires after it, so that an answer which was there by then always comes first.
        pace.rest();
        long now = ticker.now().toNanos();
        select(now);
        serveReady();
        // only what is queued now: a task that queues itself again must not starve the sockets
        for (int n = tasks.size(); n > 0 && !closed; n--) {
          Runnable task = tasks.poll();
          if (task != null) {
            guarded(task);
          }
        }
        fireTimers(now);
      }
    } catch (IOException e) {
      log.error("{} stopped: its selector failed, nothing it watches is seen any more", this, e);
    } finally {
      closed = true;
      closeChannels();
    }
  }

  private void select(long now) throws IOException {
    dropCancelled();
    LoopTimer next = timers.peek();
    if (!tasks.isEmpty()) {
      selector.selectNow();
    } else if (next == null) {
      selector.select();
    } else {
      long wait = next.due() - now;
      if (wait <= 0) {
        selector.selectNow();
      } else {
        // rounded up: waking early would only spin until the deadline
        selector.select((wait + 999_999) / 1_000_000);
      }
    }
  }

  private void serveReady() {
    for (SelectionKey key : selector.selectedKeys()) {
      if (key.isValid() && key.attachment() instanceof Runnable ready) {
        guarded(ready);
      }
    }
    selector.selectedKeys().clear();
  }

  private void fireTimers(long now) {
    while (!closed) {
      dropCancelled();
      LoopTimer next = timers.peek();
      if (next == null || next.due() > now) {
        return;
      }
      timers.remove();
      guarded(next.task());
    }
  }

  private void dropCancelled() {
    for (LoopTimer t = timers.peek(); t != null && t.cancelled(); t = timers.peek()) {
      timers.remove();
    }
  }

  private void guarded(Runnable task) {
    pace.worked();
    try {
      task.run();
    } catch (RuntimeException e) {
      log.error("{}: a defect in one piece of work; the others go on", this, e);
    }
  }

  private void closeChannels() {
    for (SelectionKey key : selector.keys()) {
      try {
        key.channel().close();
      } catch (IOException e) {
        log.debug("{}: closing {}", this, key.channel(), e);
      }
    }
    try {
      selector.close();
    } catch (IOException e) {
      log.debug("{}: closing its selector", this, e);
    }
  }

  @Override
  public String toString() {
    return thread.getName();
  }
}
