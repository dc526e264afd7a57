package org.linekeeper.demo.carrier;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Dates as the two generations of Twilio's API write them, both to the second. */
final class Dates {
  private static final DateTimeFormatter RFC_2822 =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss +0000", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private Dates() {}

  static String rfc2822(Instant instant) {
    return RFC_2822.format(instant);
  }

  static String iso(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /**
   * {@code 2026-11-22} or {@code 2026-11-22T03:12:00Z}, whose Z may be missing as in the SDK's own
   * requests; empty if neither.
   */
  static Optional<Instant> parse(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          text.length() == 10
              ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
              : Instant.parse(text.endsWith("Z") ? text : text + "Z"));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
