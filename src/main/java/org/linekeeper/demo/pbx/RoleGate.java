package org.linekeeper.demo.pbx;

import java.time.Instant;

/** Is the gate closed? The rule of {@code [linekeeper-gate]} in dialplans/, word for word. */
final class RoleGate {
  /** The global variable that Linekeeper sets: an epoch second of the PBX's own clock. */
  static final String VARIABLE = "LK_CLOSED_UNTIL";

  /** A gate closed for longer is a clock set back, or a mistake, and counts as open. */
  private static final long MOST_SECONDS = 300;

  private RoleGate() {}

  static boolean closed(String closedUntil, Instant now) {
    String digits = closedUntil.replaceAll("[^0-9]", "");
    if (digits.isEmpty() || digits.length() > 18) {
      return false;
    }
    long left = Long.parseLong(digits) - now.getEpochSecond();
    return left > 0 && left <= MOST_SECONDS;
  }
}
