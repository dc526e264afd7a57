package org.linekeeper.settings;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.linekeeper.command.DialogueRules;

/**
 * How texts come in and how their sender is proved. The number itself is {@code
 * Trunk.controlNumber}.
 *
 * @param webhookUrls the public addresses at which the carrier delivers texts, exactly as set
 *     there: signatures are checked against them; first the usual one, then those of other
 *     watchers, one of which is the carrier's fallback; none: only polling
 * @param pollEvery how often missed texts are fetched; {@code 5s} as shipped; empty: never
 * @param dialogue codes, PINs and how many may be tried, at the desk phones too
 */
public record SmsSettings(
    List<URI> webhookUrls, Optional<Duration> pollEvery, DialogueRules dialogue) {
  /** Copies its list. */
  public SmsSettings {
    webhookUrls = List.copyOf(webhookUrls);
  }

  /** As shipped. */
  public static SmsSettings defaults() {
    return new SmsSettings(List.of(), Optional.of(Duration.ofSeconds(5)), DialogueRules.defaults());
  }
}
