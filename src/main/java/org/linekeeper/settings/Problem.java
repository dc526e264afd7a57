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
    return "\"" + cut(text, LONGEST_QUOTE) + "\"";
  }

  /** The beginning of the text, on one line and without control characters. */
  static String cut(String text, int longest) {
    StringBuilder clean = new StringBuilder();
    text.codePoints()
        .limit(longest)
        .map(c -> Character.isISOControl(c) || !Character.isDefined(c) ? '?' : c)
        .forEach(clean::appendCodePoint);
    return clean.length() < text.length() ? clean + "…" : clean.toString();
  }
}
