package org.linekeeper.sip;

import java.time.Duration;

/** Durations as people read them: 0.4 ms, 500 ms, 2.5 s. */
final class Took {
  private Took() {}

  static String words(Duration d) {
    // by hand: a formatter would cost more than all the rest of asking a PBX
    double ms = d.toNanos() / 1e6;
    if (ms < 10) {
      return trimmed(ms) + " ms";
    }
    return ms < 1000 ? Math.round(ms) + " ms" : trimmed(ms / 1000) + " s";
  }

  private static String trimmed(double value) {
    long tenths = Math.round(value * 10);
    String whole = Long.toString(tenths / 10);
    return tenths % 10 == 0 ? whole : whole + "." + tenths % 10;
  }
}
