package org.linekeeper.journal;

/** Entries were not committed, or it is not known by the deadline whether they were. */
public final class NotCommitted extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what happened and what it means, for people
   * @param cause what the implementation ran into
   */
  public NotCommitted(String message, Throwable cause) {
    super(message, cause);
  }
}
