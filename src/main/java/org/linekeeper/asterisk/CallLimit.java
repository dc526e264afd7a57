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

  /** Such as {@code 12 of 30 calls up}. */
  public String words() {
    return limit.isPresent()
        ? up + " of " + limit.getAsInt() + " calls up"
        : up + " calls up, no limit set";
  }
}
