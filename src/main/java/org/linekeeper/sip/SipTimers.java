package org.linekeeper.sip;

import java.time.Duration;

/**
 * How long until something is said again over UDP (RFC 3261 section 17)?
 *
 * @param t1 the first wait, doubled each time; 500 ms in the RFC
 * @param t2 the longest wait for anything but an INVITE; 4 s in the RFC
 */
public record SipTimers(Duration t1, Duration t2) {
  /** The RFC's own values. */
  public static final SipTimers RFC_3261 =
      new SipTimers(Duration.ofMillis(500), Duration.ofSeconds(4));

  /** Checks them: positive, and in order. */
  public SipTimers {
    if (t1.isNegative() || t1.isZero() || t2.compareTo(t1) < 0) {
      throw new IllegalArgumentException("SIP timers: 0 < t1 <= t2, not " + t1 + ", " + t2);
    }
  }

  /** After how long is a transaction given up? 64 times t1. */
  Duration giveUp() {
    return t1.multipliedBy(64);
  }

  /** The wait after this one, when there is a longest. */
  Duration afterCapped(Duration wait) {
    Duration doubled = wait.multipliedBy(2);
    return doubled.compareTo(t2) > 0 ? t2 : doubled;
  }
}
