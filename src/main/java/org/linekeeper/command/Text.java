package org.linekeeper.command;

/**
 * A text that reached the control number.
 *
 * @param sid the carrier's name for it
 * @param from the sender as the carrier gave it; anything, and easily forged
 * @param body what was written
 */
public record Text(String sid, String from, String body) {
  /** Without the body: it may hold a code or a PIN. */
  @Override
  public String toString() {
    return "Text[" + sid + " from " + from + "]";
  }
}
