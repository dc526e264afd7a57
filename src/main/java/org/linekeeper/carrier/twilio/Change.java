package org.linekeeper.carrier.twilio;

import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.linekeeper.carrier.Answer;
import org.linekeeper.state.Outcome;

/**
 * Was a change made? Believes only an answer that shows the wanted values: an error may have been
 * half a success, and a silence may still become one.
 *
 * @param what what was to be changed, such as {@code the number}
 * @param asWanted whether an answer shows the wanted values
 * @param remark what else is worth saying about it; empty text if nothing
 */
record Change<T>(String what, Predicate<T> asWanted, Function<T, String> remark) {
  /**
   * @param told what came of the change
   * @param readBack asks how it is now; called once at most
   */
  Outcome outcome(TwilioApi.Told<T> told, Supplier<Answer<T>> readBack) {
    Attempt last = told.last();
    return switch (last.kind()) {
      case ANSWERED -> told.value().map(this::shown).orElseGet(() -> readBack(last, readBack));
      case REFUSED, DENIED, NOT_FOUND -> Outcome.rejected(last.said());
      case TOO_MANY, UNREACHABLE, NOT_SENT ->
          Outcome.unknown(last.said() + "; " + what + " was not changed by this request");
      case NOT_WANTED -> Outcome.superseded(last.said());
      case BROKEN, SILENT, CUT -> readBack(last, readBack);
    };
  }

  private Outcome shown(T real) {
    return asWanted.test(real)
        ? Outcome.applied("the carrier shows " + what + " as wanted" + remark.apply(real))
        : Outcome.unknown(
            "the carrier answered, but shows "
                + what
                + " otherwise than wanted; something else is changing it too");
  }

  private Outcome readBack(Attempt last, Supplier<Answer<T>> ask) {
    Answer<T> now = ask.get();
    String first = last.said().isEmpty() ? "the carrier's answer could not be read" : last.said();
    return now.value()
        .map(
            real ->
                asWanted.test(real)
                    ? Outcome.applied(first + ", but read back, " + what + " is as wanted")
                    : Outcome.unknown(
                        first
                            + "; read back, "
                            + what
                            + " is not as wanted, and may still become so"))
        .orElseGet(() -> Outcome.unknown(first + "; reading back failed as well: " + now.said()));
  }
}
