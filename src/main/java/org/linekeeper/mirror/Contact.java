package org.linekeeper.mirror;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a row of {@code registrar/contact} says: a key, and JSON as res_pjsip writes it. */
final class Contact {
  private static final Pattern EXPIRES = Pattern.compile("\"expiration_time\":\"(\\d{1,12})\"");
  private static final Pattern VIA = Pattern.compile("\"via_addr\":\"([^\"\\\\]*)\"");

  private Contact() {}

  /** The AOR: what stands before {@code ;@} and the hash of the URI. */
  static String aor(String key) {
    int end = key.lastIndexOf(";@");
    return end < 0 ? key : key.substring(0, end);
  }

  /**
   * When it expires, in seconds of the clock of the PBX at which the phone registered; 0 if it does
   * not say. The later of two is the newer one: phones ask for the same time again and again.
   */
  static long expires(String row) {
    Matcher found = EXPIRES.matcher(row);
    return found.find() ? Long.parseLong(found.group(1)) : 0;
  }

  /** The address that the registration came from, to tell one phone of an AOR from another. */
  static String via(String row) {
    Matcher found = VIA.matcher(row);
    return found.find() ? found.group(1) : "";
  }
}
