package org.linekeeper.carrier.twilio;

/**
 * When may a request be sent again? The one retry policy; the JDK's client adds to it only that a
 * GET is sent anew at once when the idle connection it was given had just ended.
 */
enum Repeat {
  /** It only reads: after any answer that is no use, twice at most. */
  READ,
  /** It sets values: only if nothing was sent, or Twilio says that it processed nothing. */
  SET,
  /** It sends a text: only if Twilio says that it processed nothing. */
  ONCE;

  /** How often a request is repeated after a fault that is not a 429. */
  static final int TIMES = 2;

  /**
   * Whether a request that ended so may be sent again.
   *
   * @param faults how often it went wrong so far, this time included and refusals for load (429)
   *     not: those are repeated until the deadline
   */
  boolean after(Attempt.Kind kind, int faults) {
    return switch (kind) {
      case TOO_MANY -> true;
      case UNREACHABLE -> this != ONCE && faults <= TIMES;
      case BROKEN, SILENT, CUT -> this == READ && faults <= TIMES;
      case ANSWERED, REFUSED, DENIED, NOT_FOUND, NOT_SENT, NOT_WANTED -> false;
    };
  }
}
