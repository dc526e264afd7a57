package org.linekeeper.sip;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Names nobody can guess, so that nobody off the path can answer in a PBX's place. */
final class Tokens {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Tokens() {}

  static String fresh() {
    byte[] bytes = new byte[10];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** A branch; its beginning is the RFC's mark (section 8.1.1.7). */
  static String branch() {
    return branch(fresh());
  }

  /** The branch that carries this token. */
  static String branch(String token) {
    return "z9hG4bK" + token;
  }
}
