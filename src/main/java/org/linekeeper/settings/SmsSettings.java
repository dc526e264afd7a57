package org.linekeeper.settings;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How texts come in and how their sender is proved. The number itself is {@code
 * Trunk.controlNumber}.
 *
 * @param webhookUrl the public address at which the carrier delivers texts, exactly as set there:
 *     signatures are checked against it; empty: only polling
 * @param pollEvery how often missed texts are fetched; {@code 5s} as shipped; empty: never
 * @param confirm how a command that moves lines is confirmed; {@code challenge} as shipped
 * @param codeValid how long a challenge code can be answered; {@code 10m} as shipped, since texts
 *     can be late
 */
public record SmsSettings(
    Optional<URI> webhookUrl, Optional<Duration> pollEvery, Confirm confirm, Duration codeValid) {
  /** How a command that moves lines is confirmed. */
  public enum Confirm {
    /** By replying with a fresh code, which a forged sender never sees. */
    CHALLENGE,
    /** By a PIN in the text itself. */
    PIN
  }

  /** As shipped. */
  public static SmsSettings defaults() {
    return new SmsSettings(
        Optional.empty(),
        Optional.of(Duration.ofSeconds(5)),
        Confirm.CHALLENGE,
        Duration.ofMinutes(10));
  }
}
