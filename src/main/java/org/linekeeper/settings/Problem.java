package org.linekeeper.settings;

/**
 * What is wrong in one place of the files, and what would be right?
 *
 * @param file the file as the user named it, such as {@code config/numbers.yml}
 * @param line counted from 1
 * @param wrong what is wrong; never contains the value of a secret
 * @param remedy what would be right
 */
public record Problem(String file, int line, String wrong, String remedy) {
  private static final int LONGEST_QUOTE = 60;

  /**
   * One line for people, such as {@code config/staff.yml:3: "alerts" is "maybe"; write yes or no}.
   */
  @Override
  public String toString() {
    return file + ":" + line + ": " + wrong + "; " + remedy;
  }

  /** The text in quotes as it may be shown: short, on one line, no control characters. */
  static String quote(String text) {
    String clean =
        text.codePoints()
            .limit(LONGEST_QUOTE + 1L)
            .collect(
                StringBuilder::new,
                (b, c) ->
                    b.appendCodePoint(
                        Character.isISOControl(c) || !Character.isDefined(c) ? '?' : c),
                StringBuilder::append)
            .toString();
    return clean.codePointCount(0, clean.length()) > LONGEST_QUOTE
        ? "\"" + clean.substring(0, clean.offsetByCodePoints(0, LONGEST_QUOTE)) + "…\""
        : "\"" + clean + "\"";
  }
}
