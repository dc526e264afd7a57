package org.linekeeper.cli;

/** What a command's exit code says to scripts. */
final class Exit {
  /** Done, or answered. */
  static final int OK = 0;

  /** Understood and refused; nothing was changed. */
  static final int REFUSED = 1;

  /** Not understood: wrong options or settings. */
  static final int USAGE = 2;

  /** The service is not there, or what is there is not the service. */
  static final int NOT_REACHABLE = 3;

  private Exit() {}
}
