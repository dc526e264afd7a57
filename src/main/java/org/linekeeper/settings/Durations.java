package org.linekeeper.settings;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 800ms}, {@code 0.8s}, {@code 10m}, {@code 1h30m}. */
final class Durations {
  private static final Pattern WHOLE =
      Pattern.compile("([0-9]{1,7}(\\.[0-9]{1,3})?(ms|s|m|h|d)){1,5}");
  private static final Pattern PART = Pattern.compile("([0-9.]+)(ms|s|m|h|d)");

  private Durations() {}

  static Optional<Duration> parse(String text) {
    String dense = text.replace(" ", "");
    if (!WHOLE.matcher(dense).matches()) {
      return Optional.empty();
    }
    double millis = 0;
    Matcher part = PART.matcher(dense);
    while (part.find()) {
      millis += Double.parseDouble(part.group(1)) * unit(part.group(2)).toMillis();
    }
    return Optional.of(Duration.ofMillis(Math.round(millis)));
  }

  /** The shortest of these forms, such as {@code 90s} or {@code 2h}. */
  static String show(Duration duration) {
    for (String name : new String[] {"d", "h", "m", "s"}) {
      long millis = unit(name).toMillis();
      if (duration.toMillis() >= millis && duration.toMillis() % millis == 0) {
        return duration.toMillis() / millis + name;
      }
    }
    return duration.toMillis() + "ms";
  }

  private static Duration unit(String name) {
    return switch (name) {
      case "ms" -> Duration.ofMillis(1);
      case "s" -> Duration.ofSeconds(1);
      case "m" -> Duration.ofMinutes(1);
      case "h" -> Duration.ofHours(1);
      default -> Duration.ofDays(1);
    };
  }
}
