package org.linekeeper.carrier.twilio;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.linekeeper.time.Ticker;

/**
 * How many requests may be under way at once? Twilio refuses those above an account's unpublished
 * limit (429, error 20429, never processed) and says in the header {@code
 * Twilio-Concurrent-Requests} how many it counts, those of other programs included. So: one more
 * for each round without a refusal, a third fewer at a refusal.
 */
final class Limiter {
  static final int START = 20;

  /** How long a count that was refused is remembered as too many. */
  private static final Duration MEMORY = Duration.ofSeconds(30);

  private static final double SHRINK = 2.0 / 3;

  /** One request's place. */
  record Permit(Duration since) {}

  private final Ticker ticker;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final int most;
  private double limit;
  private int underWay;
  private int urgentWaiting;
  private Duration shrunkAt = Duration.ofSeconds(Long.MIN_VALUE / 4);
  private int tooMany = Integer.MAX_VALUE;

  /**
   * @param most what it never goes above
   */
  Limiter(Ticker ticker, int most) {
    this.ticker = ticker;
    this.most = most;
    this.limit = Math.min(START, most);
  }

  /**
   * Waits for a place.
   *
   * @param urgent goes before all that are not: a promotion must not queue behind a hundred numbers
   * @param notBefore earliest moment, by the ticker; how a refused request backs off
   * @param deadline when to give up, by the ticker
   * @return empty if there was no place by the deadline, or the thread was interrupted
   */
  Optional<Permit> enter(boolean urgent, Duration notBefore, Duration deadline) {
    lock.lock();
    try {
      urgentWaiting += urgent ? 1 : 0;
      try {
        while (mustWait(urgent, notBefore)) {
          Duration until = mustRest(notBefore) ? min(notBefore, deadline) : deadline;
          Duration left = until.minus(ticker.now());
          if (!left.isZero() && !left.isNegative()) {
            changed.awaitNanos(TimeUnit.NANOSECONDS.convert(left));
          }
          if (ticker.now().compareTo(deadline) >= 0) {
            return Optional.empty();
          }
        }
      } finally {
        urgentWaiting -= urgent ? 1 : 0;
      }
      underWay++;
      return Optional.of(new Permit(ticker.now()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Gives the place back and learns from how it went.
   *
   * @param refused whether the carrier said that there were too many
   * @param counted how many requests the carrier counted, if it said so
   */
  void leave(Permit permit, boolean refused, OptionalInt counted) {
    lock.lock();
    try {
      if (refused) {
        shrink(permit, counted);
      } else {
        grow(counted);
      }
      underWay--;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** How many may be under way now. */
  int limit() {
    lock.lock();
    try {
      return (int) limit;
    } finally {
      lock.unlock();
    }
  }

  /** How many threads wait for a place; the lock counts them only while nobody holds it. */
  int waiting() {
    lock.lock();
    try {
      return lock.getWaitQueueLength(changed);
    } finally {
      lock.unlock();
    }
  }

  private boolean mustWait(boolean urgent, Duration notBefore) {
    return mustRest(notBefore) || underWay >= (int) limit || (!urgent && urgentWaiting > 0);
  }

  private boolean mustRest(Duration notBefore) {
    return ticker.now().compareTo(notBefore) < 0;
  }

  private void shrink(Permit permit, OptionalInt counted) {
    // A burst is refused as one: requests begun before the last step down say nothing new.
    if (permit.since().compareTo(shrunkAt) > 0) {
      limit = Math.max(1, Math.min(limit, underWay) * SHRINK);
      tooMany = counted.orElse(underWay);
      shrunkAt = ticker.now();
    }
  }

  private void grow(OptionalInt counted) {
    if (ticker.since(shrunkAt).compareTo(MEMORY) > 0) {
      tooMany = Integer.MAX_VALUE;
    }
    boolean used = underWay >= (int) limit;
    if (used && counted.orElse(underWay) + 1 < tooMany) {
      limit = Math.min(most, limit + 1 / limit);
    }
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
