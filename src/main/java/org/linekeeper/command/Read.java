package org.linekeeper.command;

import java.util.Optional;
import java.util.function.Function;

/**
 * What was read from some words, or why they could not be read.
 *
 * @param value empty if they could not
 * @param problem one sentence for the sender; empty text if they could
 */
record Read<T>(Optional<T> value, String problem) {
  static <T> Read<T> of(T value) {
    return new Read<>(Optional.of(value), "");
  }

  static <T> Read<T> problem(String why) {
    return new Read<>(Optional.empty(), why);
  }

  <U> Read<U> map(Function<T, U> next) {
    return then(found -> of(next.apply(found)));
  }

  <U> Read<U> then(Function<T, Read<U>> next) {
    return value.map(next).orElseGet(() -> problem(problem));
  }

  boolean ok() {
    return value.isPresent();
  }

  /** Either way, one answer. */
  <R> R fold(Function<T, R> good, Function<String, R> bad) {
    return value.map(good).orElseGet(() -> bad.apply(problem));
  }
}
