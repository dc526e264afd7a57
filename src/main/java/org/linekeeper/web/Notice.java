package org.linekeeper.web;

import org.linekeeper.command.Held;

/**
 * Something people should know.
 *
 * @param level how much it matters
 * @param text one or two sentences
 * @param confirm the words that make it go ahead, such as {@code CONFIRM EDIT 5F3C}; empty text if
 *     it does not wait for anybody
 */
public record Notice(Level level, String text, String confirm) {
  /** Something somebody should look at. */
  public static Notice warning(String text) {
    return new Notice(Level.WARN, text, "");
  }

  /** Something that is as it should be. */
  public static Notice good(String text) {
    return new Notice(Level.OK, text, "");
  }

  /** Something that goes ahead once a person confirms it. */
  public static Notice waiting(String text, Held held) {
    return new Notice(Level.WARN, text, held.words());
  }
}
