package org.linekeeper.journal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Disk space that nobody else can take: a file that is deleted when the disk is full and the
 * journal itself needs room, so that numbers can still be diverted and returned. Not before: what
 * filled the disk would take this too. Made again when there is room.
 */
final class Reserve {
  /** With less than this left, Ratis may not get its next segment and a snapshot. */
  static final long LOW = 16L << 20;

  /** How much room there is, in bytes. */
  interface Room {
    long usable() throws IOException;
  }

  private final Path file;
  private final long size;
  private final Room room;
  private final Optional<String> watcher;

  /**
   * @param size in bytes
   * @param watcher whose it is, if it is one of several; empty for one alone
   */
  Reserve(Path file, long size, Room room, Optional<String> watcher) {
    this.watcher = watcher;
    this.file = file;
    this.size = size;
    this.room = room;
  }

  /** At start, when Ratis needs room at once. */
  void releaseIfFull() throws IOException {
    if (room.usable() < LOW) {
      Files.deleteIfExists(file);
    }
  }

  /**
   * Gives the space back, or takes it again, as the disk is.
   *
   * @param needed whether the journal could not write something
   * @return what somebody must be told about the disk; empty text if nothing
   */
  String check(boolean needed) {
    try {
      boolean full = room.usable() < LOW;
      if (full && needed) {
        Files.deleteIfExists(file);
      }
      if (Files.exists(file) && Files.size(file) == size) {
        return full ? alarm("is kept for the journal") : "";
      }
      // Twice, so that taking it again does not fill the disk again.
      if (room.usable() < size + 2 * LOW) {
        return alarm("is in use");
      }
      fill();
      return "";
    } catch (IOException e) {
      return "The journal's disk cannot be looked at or written: " + e.getMessage() + ".";
    }
  }

  private String alarm(String reserve) {
    return "The disk of "
        + watcher.map(name -> name + "'s").orElse("the")
        + " journal is full; a reserve of "
        + (size >> 20)
        + " MiB "
        + reserve
        + watcher
            .map(
                name ->
                    ", so "
                        + name
                        + " still counts for a while. Then it ends and does not count until there"
                        + " is room; the phones do not depend on it alone. On its machine make room"
                        + " on ")
            .orElse(", so numbers can still be diverted and returned for a while. Make room on ")
        + file.toAbsolutePath().getParent()
        + ".";
  }

  /** Real bytes: a sparse file would reserve nothing. */
  private void fill() throws IOException {
    byte[] zeros = new byte[1 << 20];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (long left = size; left > 0; left -= zeros.length) {
        out.write(zeros, 0, (int) Math.min(left, zeros.length));
      }
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }
}
