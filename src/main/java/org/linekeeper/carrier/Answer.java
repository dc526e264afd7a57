package org.linekeeper.carrier;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What came of a question to the carrier.
 *
 * @param value what it said, if it said it
 * @param problem why there is no value
 * @param said one sentence about the problem, for people; empty text if there is none
 */
public record Answer<T>(Optional<T> value, Problem problem, String said) {
  /** Why a question got no answer. */
  public enum Problem {
    /** It got one. */
    NONE,
    /** The carrier cannot be reached, or answers as if it were out of order. */
    UNREACHABLE,
    /** The carrier does not accept the credentials, or they may not do this. */
    DENIED,
    /** What was asked for is not there. */
    NOT_FOUND,
    /** The carrier answered something else that is no use. */
    REFUSED
  }

  /** An answer. */
  public static <T> Answer<T> of(T value) {
    return new Answer<>(Optional.of(value), Problem.NONE, "");
  }

  /** No answer. */
  public static <T> Answer<T> no(Problem problem, String said) {
    return new Answer<>(Optional.empty(), problem, said);
  }

  /** The same problem, or the value changed. */
  public <R> Answer<R> map(Function<T, R> change) {
    return new Answer<>(value.map(change), problem, said);
  }

  /** Whether there is a value. */
  public boolean ok() {
    return value.isPresent();
  }

  /** The value, or null. */
  public @Nullable T orNull() {
    return value.orElse(null);
  }
}
