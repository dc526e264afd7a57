package org.linekeeper.command;

import java.time.LocalTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A time of day as people write it: {@code 17:30}, {@code 17.30}, {@code 1730}, {@code 5PM}. */
final class Clock {
  private static final Pattern TIME =
      Pattern.compile("(?:AT)?(\\d{1,2})(?:[:.]?(\\d{2}))?([AP]M)?");

  private Clock() {}

  static Optional<LocalTime> read(String text) {
    if (text.equals("NOON") || text.equals("MIDDAY")) {
      return Optional.of(LocalTime.NOON);
    }
    if (text.equals("MIDNIGHT")) {
      return Optional.of(LocalTime.MIDNIGHT);
    }
    Matcher time = TIME.matcher(text);
    // A bare 5 could be morning or afternoon: not a thing to guess about.
    boolean clear = time.matches() && (time.group(2) != null || time.group(3) != null);
    return clear ? of(time) : Optional.empty();
  }

  private static Optional<LocalTime> of(Matcher time) {
    int hour = Integer.parseInt(time.group(1));
    int minute = time.group(2) == null ? 0 : Integer.parseInt(time.group(2));
    boolean halfDay = time.group(3) != null;
    boolean valid = minute < 60 && (halfDay ? hour >= 1 && hour <= 12 : hour < 24);
    if (!valid) {
      return Optional.empty();
    }
    int offset = halfDay && time.group(3).equals("PM") ? 12 : 0;
    return Optional.of(LocalTime.of(halfDay ? hour % 12 + offset : hour, minute));
  }
}
