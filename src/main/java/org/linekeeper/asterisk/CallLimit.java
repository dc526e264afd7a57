package org.linekeeper.asterisk;

import java.util.OptionalInt;

/**
 * How many more calls does a PBX take?
 *
 * @param up calls that are up now
 * @param limit its {@code maxcalls}; empty if it has none
 */
public record CallLimit(int up, OptionalInt limit) {
  /** Whether it takes no more. */
  public boolean reached() {
    return limit.isPresent() && up >= limit.getAsInt();
  }

  /**
   * Whether it turns calls away, now or a moment ago: at its limit calls come and go, and whoever
   * looks a second after one was refused may find a place that has just become free. A tenth of the
   * limit is the most that is taken for that, so that a small limit is not reached always.
   */
  public boolean turnsCallsAway() {
    return limit.isPresent() && 10 * (limit.getAsInt() - up) <= limit.getAsInt();
  }

  /** Such as {@code 12 of 30 calls up}. */
  public String words() {
    return limit.isPresent()
        ? up + " of " + limit.getAsInt() + " calls up"
        : up + " calls up, no limit set";
  }
}
