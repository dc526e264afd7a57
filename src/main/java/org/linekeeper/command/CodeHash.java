package org.linekeeper.command;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Salted SHA-256 of a challenge code, since the journal is readable and the code is not for it. */
final class CodeHash {
  private CodeHash() {}

  static String of(String salt, String code) {
    return salt + ":" + digest(salt + ":" + code);
  }

  static boolean matches(String hash, String code) {
    String salt = hash.substring(0, Math.max(0, hash.indexOf(':')));
    return MessageDigest.isEqual(
        of(salt, code).getBytes(StandardCharsets.UTF_8), hash.getBytes(StandardCharsets.UTF_8));
  }

  private static String digest(String text) {
    try {
      byte[] bytes =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
