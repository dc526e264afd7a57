package org.linekeeper.command;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.PhoneNumber;

/** Finds what a name means in this office; a doubtful name is explained, never guessed. */
final class Names {
  /** The most names in one list. */
  static final int MOST = 20;

  private static final Pattern DIGITS = Pattern.compile("\\+?[0-9][0-9 .\\-/]*");

  private Names() {}

  /**
   * Something that can be named.
   *
   * @param key its name in the form of {@link Words#key}
   * @param says how to name it so that nothing else is meant
   * @param value the thing
   */
  record Candidate<T>(String key, String says, T value) {}

  /**
   * Reads names joined by AND. Names that contain an AND themselves are tried first, the longest
   * first.
   */
  static <T> Read<List<T>> list(List<String> words, Function<String, Read<T>> one) {
    List<String> parts =
        List.of(String.join(" ", words).split("(?:^| )(?:AND(?: |$))+", -1)).stream()
            .filter(part -> !part.isEmpty())
            .toList();
    if (parts.size() > MOST) {
      return Read.problem("That is more than " + MOST + " names in one text");
    }
    List<T> found = new ArrayList<>();
    int from = 0;
    while (from < parts.size()) {
      int taken = longest(parts, from, one, found);
      if (taken == 0) {
        return Read.problem(one.apply(parts.get(from)).problem());
      }
      from += taken;
    }
    return Read.of(found.stream().distinct().toList());
  }

  private static <T> int longest(
      List<String> parts, int from, Function<String, Read<T>> one, List<T> found) {
    for (int to = parts.size(); to > from; to--) {
      Read<T> read = one.apply(String.join(" AND ", parts.subList(from, to)));
      if (read.ok()) {
        read.value().ifPresent(found::add);
        return to - from;
      }
    }
    return 0;
  }

  /** The telephone number that the words spell, if they look like one. */
  static Optional<PhoneNumber> phone(String key, Estate estate) {
    return DIGITS.matcher(key).matches()
        ? PhoneNumber.parse(key, estate.targets().region())
        : Optional.empty();
  }

  /** Whether somebody meant a telephone number, right or wrong. */
  static boolean looksLikePhone(String key) {
    return DIGITS.matcher(key).matches();
  }

  static <T> Read<T> doubtful(String key, Collection<Candidate<T>> matches) {
    List<String> says = matches.stream().map(Candidate::says).distinct().limit(6).toList();
    return Read.problem(Wording.cut(key) + " can mean more than one. Say " + Wording.either(says));
  }

  /** Says that nothing has that name, and what was probably meant. */
  static <T, C> Read<T> unknown(String what, String key, Collection<Candidate<C>> all) {
    String shown = Wording.cut(key);
    List<String> keys = all.stream().map(Candidate::key).toList();
    return Read.problem(
        Typo.nearest(key, keys)
            .map(near -> shown + ": did you mean " + near + "?")
            .orElseGet(
                () ->
                    "I know no "
                        + what
                        + " called "
                        + shown
                        + (keys.isEmpty() ? "" : ". I know " + Wording.some(keys))));
  }
}
