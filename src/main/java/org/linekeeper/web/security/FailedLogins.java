package org.linekeeper.web.security;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.linekeeper.time.Ticker;

/** Has somebody guessed passwords too often? Counted by where they come from, not by name. */
final class FailedLogins {
  static final int MOST = 10;
  static final Duration WINDOW = Duration.ofMinutes(5);

  /** More addresses than that at once are an attack that the counting cannot stop anyway. */
  private static final int MOST_ADDRESSES = 10_000;

  private final Ticker ticker;
  private final Map<String, Failures> failures = new LinkedHashMap<>();

  FailedLogins(Ticker ticker) {
    this.ticker = ticker;
  }

  private record Failures(int count, Duration since) {}

  /** Whether that address has to wait. */
  synchronized boolean tooMany(String address) {
    Failures known = failures.get(address);
    return known != null && !over(known) && known.count() >= MOST;
  }

  synchronized void failed(String address) {
    Failures known = failures.remove(address);
    failures.put(
        address,
        known == null || over(known)
            ? new Failures(1, ticker.now())
            : new Failures(known.count() + 1, known.since()));
    if (failures.size() > MOST_ADDRESSES) {
      failures.remove(failures.keySet().iterator().next());
    }
  }

  synchronized void succeeded(String address) {
    failures.remove(address);
  }

  private boolean over(Failures known) {
    return ticker.since(known.since()).compareTo(WINDOW) > 0;
  }
}
