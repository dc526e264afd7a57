package org.linekeeper.sip;

import java.time.Duration;
import java.util.Locale;

/** Durations as people read them: 0.4 ms, 500 ms, 2.5 s. */
final class Took {
  private Took() {}

  static String words(Duration d) {
    double ms = d.toNanos() / 1e6;
    if (ms < 10) {
      return trimmed(ms) + " ms";
    }
    return ms < 1000 ? Math.round(ms) + " ms" : trimmed(ms / 1000) + " s";
  }

  private static String trimmed(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
