package org.linekeeper.command;

import java.time.Instant;

/**
 * A text that reached the control number.
 *
 * @param sid the carrier's name for it
 * @param from the sender as the carrier gave it; anything, and easily forged
 * @param body what was written
 * @param sent when the carrier took it in, by the carrier's clock where it was fetched from there
 */
public record Text(String sid, String from, String body, Instant sent) {
  /** Without the body: it may hold a code or a PIN. */
  @Override
  public String toString() {
    return "Text[" + sid + " from " + from + "]";
  }
}
