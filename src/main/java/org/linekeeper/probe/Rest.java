package org.linekeeper.probe;

import java.time.Duration;

/**
 * When may be asked again what was denied? fail2ban counts denied logins and calls of strangers,
 * usually those of ten minutes; whoever goes on asking is banned in the end, with all else that it
 * does. So each denial doubles the pause, up to a limit.
 */
final class Rest {
  private final Duration first;
  private final Duration longest;
  private Duration pause = Duration.ZERO;
  private Duration until = Duration.ZERO;

  Rest(Duration first, Duration longest) {
    this.first = first;
    this.longest = longest;
  }

  synchronized boolean over(Duration now) {
    return pause.isZero() || now.compareTo(until) >= 0;
  }

  synchronized void answered(boolean denied, Duration now) {
    Duration doubled = pause.isZero() ? first : pause.multipliedBy(2);
    Duration longer = doubled.compareTo(longest) < 0 ? doubled : longest;
    pause = denied ? longer : Duration.ZERO;
    until = now.plus(pause);
  }
}
