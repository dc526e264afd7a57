package org.linekeeper.web;

import java.time.Duration;
import org.linekeeper.time.Ticker;

/** May one more come now? A token bucket: so many at once, and so many a second after that. */
public final class RateLimit {
  private final Ticker ticker;
  private final double burst;
  private final double perSecond;
  private double tokens;
  private Duration filled;

  /**
   * Full at first.
   *
   * @param burst how many may come at once
   * @param perSecond how many a second in the long run
   */
  public RateLimit(Ticker ticker, int burst, double perSecond) {
    this.ticker = ticker;
    this.burst = burst;
    this.perSecond = perSecond;
    this.tokens = burst;
    this.filled = ticker.now();
  }

  /** Takes a place if there is one. */
  public synchronized boolean take() {
    Duration now = ticker.now();
    tokens = Math.min(burst, tokens + perSecond * now.minus(filled).toNanos() / 1e9);
    filled = now;
    if (tokens < 1) {
      return false;
    }
    tokens -= 1;
    return true;
  }
}
