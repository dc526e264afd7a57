package org.linekeeper.journal;

import org.jspecify.annotations.Nullable;

/**
 * The journal cannot be used as it is, and going on would risk what it holds: the process stops.
 */
public final class JournalRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final String MEANING =
      " This watcher stops rather than act without knowing what was decided: the PBXs go on working"
          + " and numbers stay where they ring now, but no failover and no diversion happens, unless"
          + " two other watchers are well. ";

  /**
   * @param what what happened, one sentence
   * @param remedy what to do, one sentence
   */
  JournalRefused(String what, String remedy) {
    this(what, remedy, null);
  }

  /**
   * @param what what happened, one sentence
   * @param remedy what to do, one sentence
   * @param cause what was run into
   */
  JournalRefused(String what, String remedy, @Nullable Throwable cause) {
    super(what + MEANING + remedy + " See docs/RUNBOOK-JOURNAL.md.", cause);
  }
}
