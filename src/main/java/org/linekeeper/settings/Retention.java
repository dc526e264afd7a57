package org.linekeeper.settings;

import java.time.Duration;

/**
 * How long what is no longer needed is kept.
 *
 * @param journal how long what was decided and done can be read, phone numbers included; {@code
 *     400d} as shipped
 */
public record Retention(Duration journal) {
  /** As shipped. */
  public static Retention defaults() {
    return new Retention(Duration.ofDays(400));
  }
}
