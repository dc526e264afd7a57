package org.linekeeper.settings;

import java.time.Duration;
import org.linekeeper.secret.Secret;

/**
 * How the primary name server of the office's zone is reached.
 *
 * @param address its address: a name would have to be found in the DNS first
 * @param port {@code 53} as shipped
 * @param keyName the key's name, as in the server's configuration
 * @param algorithm {@code hmac-sha256} as shipped
 * @param secret the key, in base 64
 * @param timeout for each question and each update; {@code 2s} as shipped
 */
public record NameServer(
    String address, int port, String keyName, String algorithm, Secret secret, Duration timeout) {
  static final int PORT = 53;
  static final Duration TIMEOUT = Duration.ofSeconds(2);

  /** What the key is used with (RFC 8945); older ones are not offered. */
  enum Algorithm {
    HMAC_SHA256,
    HMAC_SHA384,
    HMAC_SHA512;

    String word() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }
}
