package org.linekeeper.settings;

import java.time.Duration;

/**
 * How long what is no longer needed is kept.
 *
 * @param journal entries older than this may go; {@code 730d} as shipped
 * @param personalData callers' and senders' numbers in entries older than this are blotted out;
 *     {@code 90d} as shipped
 */
public record Retention(Duration journal, Duration personalData) {
  /** As shipped. */
  public static Retention defaults() {
    return new Retention(Duration.ofDays(730), Duration.ofDays(90));
  }
}
