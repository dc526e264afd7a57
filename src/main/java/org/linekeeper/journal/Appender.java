package org.linekeeper.journal;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.exceptions.LeaderNotReadyException;
import org.apache.ratis.protocol.exceptions.NotLeaderException;
import org.jspecify.annotations.Nullable;
import org.linekeeper.state.Entry;
import org.linekeeper.state.State;
import org.linekeeper.time.Ticker;

/**
 * Brings appends to Ratis one log entry at a time, in the order in which they were asked for. What
 * came in while one was on its way to the disk goes into the next together.
 */
final class Appender implements AutoCloseable {
  private static final int MOST_WAITING = 1_024;
  private static final int MOST_TOGETHER = 64;
  private static final Duration RETRY = Duration.ofMillis(20);

  private final BlockingQueue<Pending> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final RatisNode node;
  private final EntryMachine machine;
  private final EntryCodec codec;
  private final Ticker ticker;
  private final Duration deadline;
  private final Thread thread;
  private volatile String trouble = "";
  private long call;

  private record Pending(List<Entry> entries, CompletableFuture<State> done) {}

  Appender(
      RatisNode node, EntryMachine machine, EntryCodec codec, Ticker ticker, Duration deadline) {
    this.node = node;
    this.machine = machine;
    this.codec = codec;
    this.ticker = ticker;
    this.deadline = deadline;
    this.thread = Threads.named("journal-append").newThread(this::run);
    thread.start();
  }

  CompletionStage<State> append(List<Entry> entries) {
    Pending pending = new Pending(List.copyOf(entries), new CompletableFuture<>());
    CompletableFuture<State> answer = new CompletableFuture<>();
    pending
        .done
        .orTimeout(deadline.toNanos(), TimeUnit.NANOSECONDS)
        .whenComplete((state, fault) -> answer(answer, state, fault));
    if (closed.getCount() == 0) {
      pending.done.completeExceptionally(
          new NotCommitted("The journal is closed: Linekeeper is stopping.", null));
    } else if (!waiting.offer(pending)) {
      pending.done.completeExceptionally(
          new NotCommitted(
              MOST_WAITING + " appends wait for the journal's disk; no more are taken.", null));
    }
    return answer;
  }

  /** Why the latest append failed; empty text if it did not. */
  String trouble() {
    return trouble;
  }

  @Override
  public void close() {
    closed.countDown();
    thread.interrupt();
  }

  private void answer(
      CompletableFuture<State> answer, @Nullable State state, @Nullable Throwable fault) {
    if (state != null) {
      answer.complete(state);
    } else if (fault instanceof NotCommitted) {
      answer.completeExceptionally(fault);
    } else {
      String why =
          "The journal did not commit within "
              + deadline.toMillis()
              + " ms; the disk may be slow or hung. What was to be recorded may still be later.";
      trouble = why;
      answer.completeExceptionally(new NotCommitted(why, fault));
    }
  }

  private void run() {
    while (closed.getCount() > 0) {
      try {
        List<Pending> together = gather(waiting.take());
        if (!together.isEmpty()) {
          commit(together);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    for (Pending late = waiting.poll(); late != null; late = waiting.poll()) {
      fail(List.of(late), "The journal is closed: Linekeeper is stopping.", null);
    }
  }

  private List<Pending> gather(Pending first) {
    List<Pending> next = new ArrayList<>(List.of(first));
    waiting.drainTo(next, MOST_TOGETHER - 1);
    List<Pending> together = new ArrayList<>();
    for (Pending pending : next) {
      // Nobody waits any more for what is done already: its deadline passed in the queue.
      if (!pending.done.isDone() && readable(pending)) {
        together.add(pending);
      }
    }
    return together;
  }

  /** What cannot be applied or read back must not get into the log: no restart would survive it. */
  private boolean readable(Pending pending) {
    try {
      List<Entry> readBack = codec.decode(codec.encode(pending.entries));
      State state = machine.state();
      for (Entry entry : readBack) {
        state = State.evolve(state, entry);
      }
      if (readBack.equals(pending.entries)) {
        return true;
      }
      fail(List.of(pending), "An entry would read back changed, so it was not written.", null);
    } catch (RuntimeException e) {
      fail(List.of(pending), "An entry cannot be applied, so it was not written: " + e, e);
    }
    return false;
  }

  private void commit(List<Pending> together) throws InterruptedException {
    byte[] json = codec.encode(together.stream().flatMap(p -> p.entries.stream()).toList());
    byte[] packed = Payload.pack(json);
    if (json.length >= Payload.LARGEST_JSON || packed.length >= Payload.LARGEST) {
      if (together.size() > 1) {
        for (Pending alone : together) {
          commit(List.of(alone));
        }
      } else {
        fail(together, "The entries are too large: " + json.length + " bytes.", null);
      }
      return;
    }
    send(together, packed);
  }

  private void send(List<Pending> together, byte[] packed) throws InterruptedException {
    call++;
    Duration began = ticker.now();
    try {
      while (true) {
        Duration left = deadline.minus(ticker.since(began));
        RaftClientReply reply =
            node.submit(call, packed)
                .whenComplete(this::heard)
                .get(Math.max(0, left.toNanos()), TimeUnit.NANOSECONDS);
        if (reply.isSuccess()) {
          State state = machine.state();
          together.forEach(pending -> pending.done.complete(state));
          return;
        }
        Exception why = reply.getException();
        if (!passing(why) || closed.await(RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
          trouble = "The journal refused the entries: " + why;
          fail(together, trouble, why);
          return;
        }
      }
    } catch (TimeoutException e) {
      // Each append's own deadline says so to whoever waits.
    } catch (ExecutionException | IOException e) {
      trouble = "The journal failed: " + e;
      fail(together, trouble, e);
    }
  }

  /** Even an answer that comes too late says that the disk is back. */
  private void heard(@Nullable RaftClientReply reply, @Nullable Throwable fault) {
    if (reply != null && reply.isSuccess()) {
      trouble = "";
    }
  }

  /** Between two elections nothing was written, so the same call may be sent again. */
  private static boolean passing(@Nullable Exception why) {
    return why instanceof NotLeaderException || why instanceof LeaderNotReadyException;
  }

  private static void fail(List<Pending> pendings, String why, @Nullable Throwable cause) {
    pendings.forEach(p -> p.done.completeExceptionally(new NotCommitted(why, cause)));
  }
}
