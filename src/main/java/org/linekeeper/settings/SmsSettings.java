package org.linekeeper.settings;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.linekeeper.command.DialogueRules;

/**
 * How texts come in and how their sender is proved. The number itself is {@code
 * Trunk.controlNumber}.
 *
 * @param webhookUrl the public address at which the carrier delivers texts, exactly as set there:
 *     signatures are checked against it; empty: only polling
 * @param pollEvery how often missed texts are fetched; {@code 5s} as shipped; empty: never
 * @param dialogue codes, PINs and how many may be tried, at the desk phones too
 */
public record SmsSettings(
    Optional<URI> webhookUrl, Optional<Duration> pollEvery, DialogueRules dialogue) {
  /** As shipped. */
  public static SmsSettings defaults() {
    return new SmsSettings(
        Optional.empty(), Optional.of(Duration.ofSeconds(5)), DialogueRules.defaults());
  }
}
