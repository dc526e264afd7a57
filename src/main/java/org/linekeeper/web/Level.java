package org.linekeeper.web;

import java.util.Locale;

/** How good or bad something is for the phones, the best first. */
public enum Level {
  /** As it should be. */
  OK,
  /** The phones work, but somebody should look. */
  WARN,
  /** Calls are not answered as they should be, or soon may not be. */
  BAD;

  /** For style sheets. */
  public String css() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The worse of the two. */
  public Level or(Level other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
