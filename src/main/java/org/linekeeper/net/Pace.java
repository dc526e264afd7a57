package org.linekeeper.net;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.linekeeper.time.Ticker;

/**
 * How eager is a loop? One with little to do looks at its sockets at once. One that has more than a
 * thousand things a second to do, as with some twenty PBXs on {@code lan}, first lets 2 ms pass, so
 * that it is woken for ten answers and not for each: waking costs more than an answer does. Each
 * answer then seems to have taken up to 2 ms longer, of a deadline of 500.
 */
final class Pace {
  private static final Duration REST = Duration.ofMillis(2);
  private static final Duration WINDOW = Duration.ofMillis(100);
  private static final int MUCH = 100;

  private final Ticker ticker;
  private long windowEnds;
  private int done;
  private boolean busy;

  Pace(Ticker ticker) {
    this.ticker = ticker;
  }

  /** One more piece of work. */
  void worked() {
    done++;
  }

  /** Waits for more to do, if much is done anyway. */
  void rest() {
    long now = ticker.now().toNanos();
    if (now >= windowEnds) {
      // a window that was slept through had little in it
      busy = done >= MUCH && now - windowEnds < WINDOW.toNanos();
      done = 0;
      windowEnds = now + WINDOW.toNanos();
    }
    if (busy) {
      LockSupport.parkNanos(REST.toNanos());
    }
  }
}
