package org.linekeeper.web;

/**
 * Something people should know.
 *
 * @param level how much it matters
 * @param text one or two sentences
 * @param confirmable whether it waits for CONFIRM, such as an edit that moves many numbers
 */
public record Notice(Level level, String text, boolean confirmable) {
  /** Something somebody should look at. */
  public static Notice warning(String text) {
    return new Notice(Level.WARN, text, false);
  }

  /** Something that goes ahead once a person confirms it. */
  public static Notice waiting(String text) {
    return new Notice(Level.WARN, text, true);
  }
}
