package org.linekeeper.check;

/**
 * How does one thing stand that the phones depend on?
 *
 * @param what what was looked at, such as {@code trunk TK0123…}
 * @param level how it stands
 * @param said one sentence: what was found and what it means for the phones
 * @param remedy one sentence: what to do about it; empty text where nothing needs doing
 */
public record CheckResult(String what, Level level, String said, String remedy) {
  /** How a thing can stand, the best first. */
  public enum Level {
    /** As it should be. */
    OK,
    /** The phones work, but something that would help on a bad day is missing. */
    WARNING,
    /** Linekeeper cannot do its job, or the phones do not work. */
    FAILURE
  }

  /** As it should be. */
  public static CheckResult ok(String what, String said) {
    return new CheckResult(what, Level.OK, said, "");
  }

  /** Something is missing for a bad day. */
  public static CheckResult warning(String what, String said, String remedy) {
    return new CheckResult(what, Level.WARNING, said, remedy);
  }

  /** The job cannot be done. */
  public static CheckResult failure(String what, String said, String remedy) {
    return new CheckResult(what, Level.FAILURE, said, remedy);
  }
}
