package org.linekeeper.asterisk;

import java.util.Optional;
import java.util.function.Function;

/**
 * What came of something that a PBX was asked over AMI?
 *
 * @param kind how it ended
 * @param value what it answered; present if and only if {@link Kind#DONE}
 * @param said one clause for people: what was done or why not
 */
public record AmiAnswer<T>(Kind kind, Optional<T> value, String said) {
  /** How asking can end. */
  public enum Kind {
    /** It did what was asked, or said what was asked for. */
    DONE,
    /** It answered that it does not, or answered something that makes no sense. */
    REFUSED,
    /** It answered that this AMI user may not ask that, or that it knows no such action. */
    NOT_ALLOWED,
    /** No answer by the deadline: it may have done it, or may still do it. */
    SILENT,
    /** There is no session, so nothing was sent. */
    NOT_CONNECTED
  }

  /** Done. */
  public static <T> AmiAnswer<T> done(T value, String said) {
    return new AmiAnswer<>(Kind.DONE, Optional.of(value), said);
  }

  /** Not done. */
  static <T> AmiAnswer<T> no(Kind kind, String said) {
    return new AmiAnswer<>(kind, Optional.empty(), said);
  }

  /** It answered, and not what makes sense. */
  public static <T> AmiAnswer<T> refused(String said) {
    return no(Kind.REFUSED, said);
  }

  /** Not known, since something here went wrong. */
  public static <T> AmiAnswer<T> defect(String said) {
    return no(Kind.SILENT, said);
  }

  /** Whether it was done. */
  public boolean ok() {
    return kind == Kind.DONE;
  }

  /** The same end with another value. */
  public <R> AmiAnswer<R> map(Function<T, R> how) {
    return new AmiAnswer<>(kind, value.map(how), said);
  }

  /** What follows from the value, or this same end if there is none. */
  public <R> AmiAnswer<R> then(Function<T, AmiAnswer<R>> next) {
    return value.map(next).orElseGet(() -> no(kind, said));
  }
}
