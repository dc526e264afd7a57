package org.linekeeper.command;

import java.text.Normalizer;

/**
 * Keeps replies to the GSM 7-bit alphabet (3GPP TS 23.038 section 6.2.1): one other character, and
 * a text of 160 becomes three of 67.
 */
final class Gsm7 {
  /** The basic table without line breaks; the extension table costs two places each. */
  private static final String BASIC =
      "@\u00a3$\u00a5\u00e8\u00e9\u00f9\u00ec\u00f2\u00c7\u00d8\u00f8\u00c5\u00e5\u0394_\u03a6\u0393"
          + "\u039b\u03a9\u03a0\u03a8\u03a3\u0398\u039e\u00c6\u00e6\u00df\u00c9 !\"#\u00a4%&'()*+,-./"
          + "0123456789:;<=>?\u00a1ABCDEFGHIJKLMNOPQRSTUVWXYZ\u00c4\u00d6\u00d1\u00dc\u00a7\u00bf"
          + "abcdefghijklmnopqrstuvwxyz\u00e4\u00f6\u00f1\u00fc\u00e0";

  private static final int LONGEST = 480;

  private Gsm7() {}

  static boolean fits(String text) {
    return text.codePoints().allMatch(c -> BASIC.indexOf(c) >= 0);
  }

  /** The text with every other character made plain, at most three messages long. */
  static String plain(String text) {
    StringBuilder out = new StringBuilder();
    Normalizer.normalize(text, Normalizer.Form.NFC)
        .codePoints()
        .forEach(c -> out.append(BASIC.indexOf(c) >= 0 ? Character.toString(c) : folded(c)));
    return out.length() <= LONGEST ? out.toString() : out.substring(0, LONGEST - 3) + "...";
  }

  private static String folded(int c) {
    String apart = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKD);
    StringBuilder out = new StringBuilder();
    apart
        .codePoints()
        .filter(part -> Character.getType(part) != Character.NON_SPACING_MARK)
        .forEach(part -> out.append(one(part)));
    return out.toString();
  }

  private static String one(int c) {
    return switch (c) {
      case '\u2018', '\u2019', '`' -> "'";
      case '\u201c', '\u201d' -> "\"";
      case '\u2010', '\u2011', '\u2013', '\u2014', '\u2212' -> "-";
      case '[', '{' -> "(";
      case ']', '}' -> ")";
      default ->
          BASIC.indexOf(c) >= 0 ? Character.toString(c) : Character.isWhitespace(c) ? " " : "?";
    };
  }
}
