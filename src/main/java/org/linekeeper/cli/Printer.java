package org.linekeeper.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Prints for people: sentences and tables. */
final class Printer {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE d MMM HH:mm:ss", Locale.UK);

  private final PrintWriter out;

  Printer(PrintWriter out) {
    this.out = out;
  }

  void line(String text) {
    out.println(text);
    out.flush();
  }

  /** One line for each row, as wide as need be; the last column is not padded. */
  void table(List<List<String>> rows) {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    int[] widths =
        IntStream.range(0, columns)
            .map(c -> rows.stream().mapToInt(row -> row.get(c).length()).max().orElse(0))
            .toArray();
    rows.forEach(
        row ->
            line(
                IntStream.range(0, columns)
                    .mapToObj(c -> padded(row.get(c), c == columns - 1 ? 0 : widths[c]))
                    .collect(Collectors.joining("  "))
                    .stripTrailing()));
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  /** A moment by the office's clock; empty text for none. */
  static String time(JsonNode at, JsonNode zone) {
    return at.isString()
        ? Instant.parse(at.asString()).atZone(ZoneId.of(zone.asString("Z"))).format(TIME)
        : "";
  }

  static String text(JsonNode value) {
    return value.isString() ? value.asString() : "";
  }
}
