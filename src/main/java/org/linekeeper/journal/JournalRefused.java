package org.linekeeper.journal;

/**
 * The journal cannot be used as it is, and going on would risk what it holds: the process stops.
 */
public final class JournalRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what happened, what it means for the phones, and what to do
   */
  public JournalRefused(String message) {
    super(message);
  }

  /**
   * @param message what happened, what it means for the phones, and what to do
   * @param cause what was run into
   */
  public JournalRefused(String message, Throwable cause) {
    super(message, cause);
  }
}
