package org.linekeeper.gameday;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Which build and which settings a figure is of. */
final class Hashes {
  private Hashes() {}

  /** Of the jar; twelve hexadecimal digits. */
  static String build() throws IOException {
    MessageDigest digest = digest();
    try (InputStream jar =
        new DigestInputStream(Files.newInputStream(Path.of(GameDay.jar())), digest)) {
      jar.transferTo(OutputStream.nullOutputStream()); // larger than the memory this runs in
    }
    return first(digest.digest());
  }

  /** Of linekeeper.yml, but for where this run's hosts and files are. */
  static String settings(House house) throws IOException {
    String text =
        Files.readString(house.office().directory().resolve("linekeeper.yml"))
            .replace(house.office().directory().toString(), "DIRECTORY")
            .replace(Path.of("").toAbsolutePath().toString(), "HERE")
            .replaceAll("198\\.18\\.[0-9]+\\.", "198.18.N.")
            .replaceAll("\\b(lkp?)[0-9]+-", "$1N-")
            .replaceAll("(port: |:)[0-9]{4,5}", "$1PORT");
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String of(byte[] bytes) {
    return first(digest().digest(bytes));
  }

  private static String first(byte[] hash) {
    return HexFormat.of().formatHex(hash).substring(0, 12);
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
