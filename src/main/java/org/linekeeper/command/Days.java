package org.linekeeper.command;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A day as people write it: {@code TODAY}, {@code MON}, {@code 2026-12-27}, {@code 27 DEC}.
 *
 * @param date the day
 * @param words how many words named it
 * @param weekly whether the same words also name the day a week later
 */
record Days(LocalDate date, int words, boolean weekly) {
  private static final Pattern ISO = Pattern.compile("(\\d{4})-(\\d{1,2})-(\\d{1,2})");
  private static final Pattern DAY = Pattern.compile("(\\d{1,2})(?:ST|ND|RD|TH)?");

  /** The words with {@code 2026-12-27T08:30} in two and without ON, THE and AT. */
  static List<String> plain(List<String> words) {
    return words.stream()
        .flatMap(word -> Stream.of(word.replaceAll("(\\d)T(\\d)", "$1 $2").split(" ")))
        .filter(word -> !List.of("ON", "THE", "AT", "OF").contains(word))
        .toList();
  }

  static Optional<Days> read(List<String> words, LocalDate today) {
    if (words.isEmpty()) {
      return Optional.empty();
    }
    String first = words.get(0);
    return switch (first) {
      case "TODAY" -> Optional.of(new Days(today, 1, false));
      case "TOMORROW", "TMRW", "TOMOROW" -> Optional.of(new Days(today.plusDays(1), 1, false));
      default ->
          weekday(first)
              .map(day -> new Days(next(today, day), 1, true))
              .or(() -> iso(first))
              .or(() -> dayAndMonth(words, today));
    };
  }

  private static LocalDate next(LocalDate today, DayOfWeek day) {
    return today.plusDays((day.getValue() - today.getDayOfWeek().getValue() + 7) % 7);
  }

  private static Optional<DayOfWeek> weekday(String word) {
    return word.length() < 3
        ? Optional.empty()
        : Arrays.stream(DayOfWeek.values()).filter(d -> d.name().startsWith(word)).findFirst();
  }

  private static Optional<Days> iso(String word) {
    Matcher iso = ISO.matcher(word);
    return iso.matches()
        ? date(iso.group(1), Integer.parseInt(iso.group(2)), iso.group(3)).map(d -> once(d, 1))
        : Optional.empty();
  }

  /** 27 DEC, 27 DECEMBER 2026; without a year, the next one. */
  private static Optional<Days> dayAndMonth(List<String> words, LocalDate today) {
    Matcher day = DAY.matcher(words.get(0));
    Optional<Month> month = words.size() > 1 ? month(words.get(1)) : Optional.empty();
    if (!day.matches() || month.isEmpty()) {
      return Optional.empty();
    }
    int number = month.get().getValue();
    if (words.size() > 2 && words.get(2).matches("20\\d\\d")) {
      // 27 DEC 2030 could be half past eight in the evening, too: years win up to 2099 only if
      // something follows or the year is near.
      int year = Integer.parseInt(words.get(2));
      if (words.size() > 3 || Math.abs(year - today.getYear()) <= 1) {
        return date(words.get(2), number, day.group(1)).map(d -> once(d, 3));
      }
    }
    String year = Integer.toString(today.getYear());
    return date(year, number, day.group(1))
        .map(d -> once(d.isBefore(today) ? d.plusYears(1) : d, 2));
  }

  private static Optional<Month> month(String word) {
    return word.length() < 3
        ? Optional.empty()
        : Arrays.stream(Month.values()).filter(m -> m.name().startsWith(word)).findFirst();
  }

  private static Days once(LocalDate date, int words) {
    return new Days(date, words, false);
  }

  private static Optional<LocalDate> date(String year, int month, String day) {
    try {
      return Optional.of(LocalDate.of(Integer.parseInt(year), month, Integer.parseInt(day)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
