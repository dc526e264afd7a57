package org.linekeeper.journal;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.exceptions.LeaderNotReadyException;
import org.apache.ratis.protocol.exceptions.LeaderSteppingDownException;
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

  /** So long a failure is told of, unless there is another one. */
  private static final Duration PASSES = Duration.ofSeconds(10);

  private static final Duration RETRY = Duration.ofMillis(20);

  private static final String CLOSED = "The journal is closed: Linekeeper is stopping.";

  private final BlockingQueue<Appended> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final RatisNode node;
  private final EntryMachine machine;
  private final EntryCodec codec;
  private final Ticker ticker;
  private final Duration deadline;
  private final Consumer<Throwable> broken;
  private final Thread thread;
  private final Map<RaftPeer, CompletableFuture<RaftClientReply>> underWay = new HashMap<>();
  private volatile String trouble = "";
  private volatile Duration troubled = Duration.ZERO;
  private long call;

  /**
   * @param broken told if this comes to an end by itself: nothing is committed from then on
   */
  Appender(
      RatisNode node,
      EntryMachine machine,
      EntryCodec codec,
      Ticker ticker,
      Duration deadline,
      Consumer<Throwable> broken) {
    this.broken = broken;
    this.node = node;
    this.machine = machine;
    this.codec = codec;
    this.ticker = ticker;
    this.deadline = deadline;
    this.thread = Threads.named("journal-append").newThread(this::run);
    thread.start();
  }

  CompletionStage<State> append(List<Entry> entries) {
    Appended appended = new Appended(List.copyOf(entries), new CompletableFuture<>());
    CompletableFuture<State> answer = new CompletableFuture<>();
    appended
        .done()
        .orTimeout(deadline.toNanos(), TimeUnit.NANOSECONDS)
        .whenComplete((state, fault) -> answer(answer, state, fault));
    if (closed.getCount() == 0) {
      appended.fail(CLOSED, null);
    } else if (!waiting.offer(appended)) {
      appended.fail(MOST_WAITING + " appends wait for the disk already.", null);
    }
    return answer;
  }

  /** All that is done to entries before they are handed over for the log, by whoever calls. */
  void rehearse(List<Entry> entries) {
    new Appended(List.copyOf(entries), new CompletableFuture<>())
        .checked(codec, machine.state())
        .ifPresent(checked -> Appended.packed(List.of(checked)));
  }

  /**
   * Why nothing was committed the last time; empty text if it was. With others, one that does not
   * lead may have nothing to append for hours: then it says nothing of now.
   */
  String trouble() {
    boolean past = !node.alone() && ticker.since(troubled).compareTo(PASSES) >= 0;
    return past ? "" : trouble;
  }

  private String troubled(String why) {
    troubled = ticker.now();
    trouble = why;
    return why;
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
    } else if (fault instanceof TimeoutException) {
      String why =
          troubled(
              "The journal did not commit within "
                  + deadline.toMillis()
                  + " ms, since "
                  + (node.alone()
                      ? "the disk is slow or hung"
                      : "the other watchers do not answer or a disk is slow")
                  + ". What was to be recorded may still be later.");
      answer.completeExceptionally(new NotCommitted(why, fault));
    } else if (fault != null) {
      answer.completeExceptionally(fault);
    }
  }

  private void run() {
    List<Appended> taken = new ArrayList<>();
    try {
      while (closed.getCount() > 0) {
        taken.add(waiting.take());
        waiting.drainTo(taken, MOST_TOGETHER - 1);
        commit(taken);
        taken.clear();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error defect) {
      broken.accept(defect);
    }
    closed.countDown();
    waiting.drainTo(taken);
    taken.forEach(late -> late.fail(CLOSED, null));
  }

  private void commit(List<Appended> taken) throws InterruptedException {
    List<Appended.Checked> together = new ArrayList<>();
    for (Appended appended : taken) {
      Optional<Appended.Checked> next = appended.checked(codec, machine.state());
      if (next.isPresent() && !next.get().fitsWith(together)) {
        send(together);
        together.clear();
      }
      next.ifPresent(together::add);
    }
    send(together);
  }

  private void send(List<Appended.Checked> together) throws InterruptedException {
    if (together.isEmpty()) {
      return;
    }
    byte[] packed = Appended.packed(together);
    if (packed.length >= Payload.LARGEST) {
      refused(together, "The entries are too large: " + packed.length + " bytes.", null);
      return;
    }
    call++;
    underWay.clear();
    Duration began = ticker.now();
    try {
      RaftClientReply reply = reply(packed, began);
      while (passing(reply)
          && ticker.since(began).compareTo(deadline) < 0
          && !closed.await(RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
        reply = reply(packed, began);
      }
      if (reply.isSuccess()) {
        machine
            .reached(reply.getLogIndex())
            .thenAccept(
                state -> together.forEach(checked -> checked.appended().done().complete(state)));
      } else {
        String why = troubled("The journal took nothing: " + reply.getException());
        refused(together, why, reply.getException());
      }
    } catch (TimeoutException e) {
      // Whoever waits is told by the append's own deadline; the log goes on with the next.
    } catch (ExecutionException | IOException e) {
      refused(together, troubled("The journal took nothing: " + e), e);
    }
  }

  private RaftClientReply reply(byte[] packed, Duration began)
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    while (true) {
      Duration left = deadline.minus(ticker.since(began));
      try {
        return answer(packed, left);
      } catch (IOException | ExecutionException unreachable) {
        // It may have got there all the same: the same call again is carried out once.
        if (node.alone()
            || ticker.since(began).compareTo(deadline) >= 0
            || closed.await(RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
          throw unreachable;
        }
      } catch (TimeoutException unanswered) {
        if (ticker.since(began).compareTo(deadline) >= 0) {
          throw unanswered;
        }
      }
    }
  }

  /** Fails with a time-out as soon as another one leads than the one that was asked. */
  private RaftClientReply answer(byte[] packed, Duration patience)
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    Optional<RaftPeer> asked = node.takes();
    CompletableFuture<RaftClientReply> answer = submit(asked, packed);
    Duration began = ticker.now();
    while (true) {
      Duration left = patience.minus(ticker.since(began));
      Duration step = left.compareTo(RETRY) < 0 ? left : RETRY;
      try {
        return answer.get(Math.max(0, step.toNanos()), TimeUnit.NANOSECONDS);
      } catch (TimeoutException unanswered) {
        if (step.equals(left) || !node.alone() && !node.takes().equals(asked)) {
          throw unanswered;
        }
      }
    }
  }

  /** One connection takes a call once: who was asked and has not answered is not asked again. */
  private CompletableFuture<RaftClientReply> submit(Optional<RaftPeer> leader, byte[] packed)
      throws IOException {
    CompletableFuture<RaftClientReply> earlier = leader.map(underWay::get).orElse(null);
    if (earlier != null && !earlier.isDone()) {
      return earlier;
    }
    CompletableFuture<RaftClientReply> answer =
        node.submit(call, packed, leader).whenComplete(this::heard);
    leader.ifPresent(peer -> underWay.put(peer, answer));
    return answer;
  }

  /** Even an answer that comes too late says that the disk is back. */
  private void heard(@Nullable RaftClientReply reply, @Nullable Throwable fault) {
    if (reply != null && reply.isSuccess()) {
      trouble = "";
    }
  }

  /** Between two elections nothing is written, so the same call may be sent again. */
  private static boolean passing(RaftClientReply reply) {
    return !reply.isSuccess()
        && (reply.getException() instanceof NotLeaderException
            || reply.getException() instanceof LeaderNotReadyException
            || reply.getException() instanceof LeaderSteppingDownException);
  }

  private static void refused(
      List<Appended.Checked> together, String why, @Nullable Throwable cause) {
    together.forEach(checked -> checked.appended().fail(why, cause));
  }
}
