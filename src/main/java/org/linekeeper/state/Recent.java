package org.linekeeper.state;

import java.time.Duration;
import java.time.Instant;

/**
 * Was that just now? Journal entries carry the time of day, which somebody may set back: a moment
 * that lies ahead counts as recent for no longer than one that lies behind.
 */
public final class Recent {
  private Recent() {}

  /** Whether the moment is less than that away from now, in either direction. */
  public static boolean within(Duration period, Instant moment, Instant now) {
    return Duration.between(moment, now).abs().compareTo(period) < 0;
  }
}
