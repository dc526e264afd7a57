package org.linekeeper.command;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Text as people type it on a phone, made into plain upper-case words: accents, emoji, smart
 * quotes, direction marks and stray punctuation are gone, and every way of listing things is AND.
 */
final class Words {
  /** The most characters read, in UTF-16 units: the longest text a carrier joins together. */
  static final int LONGEST = 1_600;

  private Words() {}

  static List<String> of(String text) {
    String cut = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    int[] in = Normalizer.normalize(cut, Normalizer.Form.NFKD).codePoints().toArray();
    StringBuilder out = new StringBuilder(in.length);
    for (int i = 0; i < in.length; i++) {
      append(out, in, i);
    }
    return Stream.of(out.toString().toUpperCase(Locale.ROOT).split(" ", -1))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  /** The form in which two spellings of one name are the same. */
  static String key(String name) {
    return String.join(" ", of(name));
  }

  private static void append(StringBuilder out, int[] in, int i) {
    int c = in[i];
    if (Character.isDigit(c)) {
      out.append(Character.digit(c, 10));
    } else if (Character.isLetter(c)) {
      out.appendCodePoint(c);
    } else if (c == ',' || c == ';' || c == '&') {
      out.append(" AND ");
    } else if (c == '+') {
      out.append(digitAt(in, i + 1) ? " +" : " AND ");
    } else if (c == ':' || c == '.' || c == '-' || c == '/') {
      out.append(digitAt(in, i - 1) && digitAt(in, i + 1) ? (char) c : ' ');
    } else if (!vanishes(c)) {
      out.append(' ');
    }
  }

  private static boolean digitAt(int[] in, int i) {
    return i >= 0 && i < in.length && Character.isDigit(in[i]);
  }

  /** Accents, invisible marks and apostrophes stand inside words and must not split them. */
  private static boolean vanishes(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK
        || type == Character.FORMAT
        || c == '\''
        || c == '\u2018'
        || c == '\u2019'
        || c == '`';
  }
}
