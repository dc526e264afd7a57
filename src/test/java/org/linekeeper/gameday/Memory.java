package org.linekeeper.gameday;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How much memory a process holds, as proc(5) counts it: with what it shares with others.
 *
 * @param resident now, in MB of a million bytes
 * @param most it ever held, likewise
 */
record Memory(long resident, long most) {
  static Memory of(long pid) {
    try {
      List<String> lines = Files.readAllLines(Path.of("/proc/" + pid + "/status"));
      return new Memory(megabytes(lines, "VmRSS:"), megabytes(lines, "VmHWM:"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Rounded up. */
  private static long megabytes(List<String> lines, String name) {
    String line = lines.stream().filter(l -> l.startsWith(name)).findFirst().orElseThrow();
    long bytes = Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
    return (bytes + 999_999) / 1_000_000;
  }
}
