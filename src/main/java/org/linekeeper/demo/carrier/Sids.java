package org.linekeeper.demo.carrier;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Makes identifiers of Twilio's form that are the same at each start, so settings can name them.
 */
final class Sids {
  private Sids() {}

  /** Two letters for the kind and 32 hexadecimal digits that depend on the name only. */
  static String of(String prefix, String name) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((prefix + ":" + name).getBytes(StandardCharsets.UTF_8));
      return prefix + HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
