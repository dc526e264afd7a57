package org.linekeeper.web.security;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.linekeeper.time.Ticker;

/**
 * Has somebody guessed passwords too often? Counted by where they come from and by whose password
 * they guess.
 */
final class FailedLogins {
  /** From one place, at whosever passwords. A login that succeeds does not make these undone. */
  static final int MOST = 10;

  /** At one name, from wherever: more, so that it takes many places to lock somebody out. */
  static final int MOST_AT_NAME = 50;

  static final Duration WINDOW = Duration.ofMinutes(5);

  /** More places and names than that at once are an attack that counting cannot stop anyway. */
  private static final int MOST_KEYS = 10_000;

  private final Ticker ticker;
  private final Map<String, Failures> failures = new LinkedHashMap<>();

  FailedLogins(Ticker ticker) {
    this.ticker = ticker;
  }

  private record Failures(int count, Duration since) {}

  /** Whether whoever asks from that address for that name has to wait. */
  synchronized boolean tooMany(String address, String name) {
    return count(place(address)) >= MOST || count(who(name)) >= MOST_AT_NAME;
  }

  synchronized void failed(String address, String name) {
    add(place(address));
    add(who(name));
  }

  /** The name's own count only: else one good login among the guesses would hide them. */
  synchronized void succeeded(String name) {
    failures.remove(who(name));
  }

  private int count(String key) {
    Failures known = failures.get(key);
    return known == null || over(known) ? 0 : known.count();
  }

  private void add(String key) {
    Failures known = failures.remove(key);
    failures.put(
        key,
        known == null || over(known)
            ? new Failures(1, ticker.now())
            : new Failures(known.count() + 1, known.since()));
    if (failures.size() > MOST_KEYS) {
      failures.remove(failures.keySet().iterator().next());
    }
  }

  private boolean over(Failures known) {
    return ticker.since(known.since()).compareTo(WINDOW) > 0;
  }

  private static String who(String name) {
    return "name " + name;
  }

  /** One subscriber has a whole /64 of IPv6 addresses (RFC 6177), so that counts as one place. */
  private static String place(String address) {
    return "from " + (address.contains(":") ? network(address) : address);
  }

  private static String network(String address) {
    try {
      byte[] bytes = InetAddress.getByName(address).getAddress();
      return bytes.length == 16 ? HexFormat.of().formatHex(Arrays.copyOf(bytes, 8)) : address;
    } catch (UnknownHostException notAnAddress) {
      return address;
    }
  }
}
