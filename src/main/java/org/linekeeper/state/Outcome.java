package org.linekeeper.state;

/**
 * What became of one step, as far as it is known.
 *
 * @param kind how it ended
 * @param said one sentence for people: what was done or why not
 */
public record Outcome(Kind kind, String said) {
  /** How a step can end. */
  public enum Kind {
    /** Done, and read back. */
    APPLIED,
    /** Nothing to do: the world was already so. */
    ALREADY,
    /** Refused by the other side, for a reason that trying again does not mend. */
    REJECTED,
    /** No answer, or none that tells; to be read back before anything else is done. */
    UNKNOWN,
    /** Not done, because something newer is wanted. */
    SUPERSEDED
  }

  /** Done. */
  public static Outcome applied(String said) {
    return new Outcome(Kind.APPLIED, said);
  }

  /** It was so already. */
  public static Outcome already(String said) {
    return new Outcome(Kind.ALREADY, said);
  }

  /** Refused. */
  public static Outcome rejected(String said) {
    return new Outcome(Kind.REJECTED, said);
  }

  /** Not known. */
  public static Outcome unknown(String said) {
    return new Outcome(Kind.UNKNOWN, said);
  }

  /** Overtaken. */
  public static Outcome superseded(String said) {
    return new Outcome(Kind.SUPERSEDED, said);
  }

  /** Whether the world is as the step wanted it. */
  public boolean achieved() {
    return kind == Kind.APPLIED || kind == Kind.ALREADY;
  }
}
