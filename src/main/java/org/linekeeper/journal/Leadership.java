package org.linekeeper.journal;

import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.protocol.ClientId;
import org.linekeeper.time.Ticker;

/**
 * Whether this watcher may act, as one of several. That it leads it only believes; so while it
 * does, it commits nothing again and again: a majority must go along.
 */
final class Leadership implements AutoCloseable {
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(1, Threads.named("journal-leads"));
  private final ClientId client = ClientId.randomId();
  private final RatisNode node;
  private final Ticker ticker;
  private final byte[] nothing;
  private RightToAct right = RightToAct.NONE;
  private long calls;

  /**
   * @param nothing as it is written into the log
   */
  Leadership(RatisNode node, byte[] nothing, Ticker ticker) {
    this.nothing = nothing;
    this.node = node;
    this.ticker = ticker;
  }

  void start() {
    thread.scheduleWithFixedDelay(
        this::turn, 0, RightToAct.ASKED_EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Whether it may begin something now. */
  synchronized boolean mayAct() {
    return right.holds(ticker.now());
  }

  /** Whether it leads and nothing is committed any more. */
  synchronized boolean lapsed() {
    return right.lapsed(ticker.now());
  }

  private void turn() {
    OptionalLong term = node.leads();
    if (sees(term)) {
      ask(term.getAsLong());
    }
  }

  private synchronized boolean sees(OptionalLong term) {
    right = term.isPresent() ? right.leading(term.getAsLong(), ticker.now()) : RightToAct.NONE;
    return term.isPresent();
  }

  private void ask(long term) {
    Duration asked = ticker.now();
    try {
      node.commit(client, ++calls, nothing)
          .thenAccept(
              reply -> {
                // in the same term from the question to the answer
                if (reply.isSuccess() && node.leads().equals(OptionalLong.of(term))) {
                  confirmed(term, asked);
                }
              });
    } catch (IOException | RuntimeException stopping) {
      // nobody confirms anything then; a turn that throws would be the last one
    }
  }

  private synchronized void confirmed(long term, Duration asked) {
    right = right.confirmed(term, asked);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
