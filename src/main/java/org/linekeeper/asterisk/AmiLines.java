package org.linekeeper.asterisk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Bytes to lines, and no more of them than AMI can need. For one thread. */
final class AmiLines {
  /** The longest lines of AMI are channel variables and module lists, some KiB each. */
  private static final int MAX_LINE = 64 * 1024;

  /** The longest packets are ListCommands and CoreShowChannels rows, some hundred lines each. */
  private static final int MAX_LINES = 4096;

  private static final Pattern SECRET =
      Pattern.compile("password|secret|md5_?cred|token", Pattern.CASE_INSENSITIVE);

  private byte[] line = new byte[128];
  private int length;
  private int lines;
  private volatile String first = "";

  /**
   * One more byte.
   *
   * @return the line that it ends, without its end; null if it ends none
   * @throws IOException if no AMI is as long as that
   */
  @Nullable String add(byte next) throws IOException {
    if (next == '\n') {
      return end();
    }
    if (length >= MAX_LINE) {
      throw new IOException("a line of more than " + MAX_LINE + " bytes is not AMI");
    }
    if (length == line.length) {
      line = Arrays.copyOf(line, length * 2);
    }
    line[length++] = next;
    return null;
  }

  private String end() throws IOException {
    int without = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
    String text = new String(line, 0, without, StandardCharsets.UTF_8);
    length = 0;
    lines = text.isEmpty() ? 0 : lines + 1;
    if (lines > MAX_LINES) {
      throw new IOException("a packet of more than " + MAX_LINES + " lines is not AMI");
    }
    if (first.isEmpty()) {
      first = text.isEmpty() ? "(empty)" : text;
    }
    return text;
  }

  /** What was said first; empty text if nothing was yet. */
  String first() {
    return first;
  }

  /**
   * Asterisk lists the trunk's password with its registrations (AuthDetail), and the library logs
   * what it has no class for.
   */
  static String withoutSecret(String line) {
    int colon = line.indexOf(':');
    return colon > 0 && SECRET.matcher(line).region(0, colon).find()
        ? line.substring(0, colon + 1)
        : line;
  }
}
