package org.linekeeper.journal;

import org.jspecify.annotations.Nullable;

/** Entries were not committed, or it is not known by the deadline whether they were. */
public final class NotCommitted extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what happened and what it means, for people
   * @param cause what the implementation ran into; null if nothing
   */
  public NotCommitted(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
