package org.linekeeper.settings;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.linekeeper.estate.Window;

/**
 * Times as people write them: {@code mon-fri 17:30-08:30}, {@code sat,sun all-day}, {@code
 * 2026-12-25}, {@code 2026-12-24 12:00 - 2026-12-27 08:30}.
 */
final class WindowText {
  static final String FORMS =
      "write such as \"mon-fri 17:30-08:30\", \"sat-sun all-day\", \"2026-12-25\" or \"2026-12-24 12:00 -"
          + " 2026-12-27 08:30\"";

  private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
  private static final String TIME = "([0-9]{1,2}):([0-9]{2})";
  private static final String DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
  private static final Pattern WEEKLY =
      Pattern.compile(
          "(?<days>[a-z]+( ?[-,] ?[a-z]+)*) (all-day|(?<begin>"
              + TIME
              + ") ?- ?(?<end>"
              + TIME
              + "))");
  private static final Pattern ONCE =
      Pattern.compile(
          "(?<from>"
              + DATE
              + ")( (?<begin>"
              + TIME
              + "))?( ?- ?(?<until>"
              + DATE
              + ")( (?<end>"
              + TIME
              + "))?)?");

  private WindowText() {}

  /** The window, or nothing after the value was reported. */
  static Optional<Window> read(Value value) {
    return value.text().flatMap(text -> parse(value, text));
  }

  private static Optional<Window> parse(Value value, String text) {
    String line = text.toLowerCase(Locale.ROOT).replace('–', '-').replaceAll("\\s+", " ");
    try {
      Matcher weekly = WEEKLY.matcher(line);
      if (weekly.matches()) {
        return weekly(value, text, weekly);
      }
      Matcher once = ONCE.matcher(line);
      return once.matches() ? once(value, text, once) : value.refused(text, FORMS);
    } catch (DateTimeException e) {
      return value.refused(text, "there is no such date or time; " + FORMS);
    }
  }

  private static Optional<Window> weekly(Value value, String text, Matcher m) {
    Optional<Set<DayOfWeek>> days = days(value, text, m.group("days"));
    if (days.isEmpty()) {
      return Optional.empty();
    }
    if (m.group("begin") == null) {
      return Optional.of(Window.weekly(days.get(), LocalTime.MIDNIGHT, LocalTime.MIDNIGHT));
    }
    LocalTime begin = time(m.group("begin"));
    // 24:00 is how people write the end of a day; as a time of day it is 00:00.
    LocalTime end = m.group("end").equals("24:00") ? LocalTime.MIDNIGHT : time(m.group("end"));
    return begin.equals(end)
        ? value.refused(text, "write all-day for a whole day, or two different times")
        : Optional.of(Window.weekly(days.get(), begin, end));
  }

  private static Optional<Set<DayOfWeek>> days(Value value, String text, String list) {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (String part : list.replace(" ", "").split(",", -1)) {
      String[] ends = part.split("-", -1);
      int first = DAYS.indexOf(ends[0]);
      int last = DAYS.indexOf(ends[ends.length - 1]);
      if (first < 0 || last < 0 || ends.length > 2) {
        return value.refused(
            text, "write days as mon, tue, wed, thu, fri, sat, sun, such as mon-fri");
      }
      for (int day = first; ; day = (day + 1) % 7) {
        days.add(DayOfWeek.of(day + 1));
        if (day == last) {
          break;
        }
      }
    }
    return Optional.of(days);
  }

  private static Optional<Window> once(Value value, String text, Matcher m) {
    LocalDate first = LocalDate.parse(m.group("from"));
    LocalDateTime from =
        m.group("begin") == null ? first.atStartOfDay() : at(first, m.group("begin"));
    if (m.group("until") == null && m.group("begin") != null) {
      return value.refused(text, "say until when, such as \"2026-12-24 12:00 - 2026-12-24 24:00\"");
    }
    LocalDate last = m.group("until") == null ? first : LocalDate.parse(m.group("until"));
    LocalDateTime until =
        m.group("end") == null ? last.plusDays(1).atStartOfDay() : at(last, m.group("end"));
    return from.isBefore(until)
        ? Optional.of(Window.once(from, until))
        : value.refused(text, "it ends before it begins: swap the two");
  }

  private static LocalDateTime at(LocalDate date, String time) {
    return time.equals("24:00") ? date.plusDays(1).atStartOfDay() : date.atTime(time(time));
  }

  private static LocalTime time(String text) {
    String[] parts = text.split(":", -1);
    return LocalTime.of(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
  }
}
