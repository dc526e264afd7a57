package org.linekeeper.cli;

/** Ends a command with a sentence for people and an exit code; {@link Cli} turns it into both. */
final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exit;

  Failure(int exit, String message) {
    super(message);
    this.exit = exit;
  }

  int exit() {
    return exit;
  }
}
