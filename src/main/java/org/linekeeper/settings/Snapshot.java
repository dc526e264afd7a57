package org.linekeeper.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The files as they were at one moment, so that what is checked is what was hashed.
 *
 * @param directory where they are, as the user named it
 * @param files one for each of {@link #NAMES}, in that order
 */
record Snapshot(Path directory, List<Content> files) {
  static final String OFFICE = "linekeeper.yml";
  static final String NUMBERS = "numbers.yml";
  static final String STAFF = "staff.yml";
  static final String SCHEDULE = "schedule.yml";
  static final List<String> NAMES = List.of(OFFICE, NUMBERS, STAFF, SCHEDULE);

  /** Five thousand numbers take about half of this. */
  static final int LARGEST = 1 << 20;

  /**
   * @param bytes empty if the file could not be read
   * @param trouble why it could not be read; empty if it was
   */
  record Content(Path path, byte[] bytes, Optional<String> trouble) {}

  static Snapshot of(Path directory) {
    List<Content> files = new ArrayList<>();
    for (String name : NAMES) {
      files.add(read(directory.resolve(name)));
    }
    return new Snapshot(directory, List.copyOf(files));
  }

  Content file(String name) {
    return files.get(NAMES.indexOf(name));
  }

  /** SHA-256 over names, lengths and contents, hexadecimal. */
  String hash() {
    MessageDigest digest = sha256();
    for (int i = 0; i < NAMES.size(); i++) {
      Content content = files.get(i);
      update(digest, NAMES.get(i).getBytes(StandardCharsets.UTF_8));
      update(digest, content.trouble().orElse("").getBytes(StandardCharsets.UTF_8));
      update(digest, content.bytes());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The place of a file in the order in which people are told about them. */
  static int order(String file) {
    for (int i = 0; i < NAMES.size(); i++) {
      if (file.endsWith(NAMES.get(i))) {
        return i;
      }
    }
    return NAMES.size();
  }

  private static Content read(Path path) {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      return bytes.length > LARGEST
          ? new Content(path, new byte[0], Optional.of("is larger than 1 MB"))
          : new Content(path, bytes, Optional.empty());
    } catch (NoSuchFileException e) {
      return new Content(path, new byte[0], Optional.of("is missing"));
    } catch (IOException e) {
      return new Content(
          path, new byte[0], Optional.of("cannot be read (" + e.getClass().getSimpleName() + ")"));
    }
  }

  /** With its length, so that bytes moved from one file to the next make another hash. */
  private static void update(MessageDigest digest, byte[] bytes) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
