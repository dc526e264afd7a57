package org.linekeeper.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which settings files this watcher has dealt with, across restarts: files that were edited
 * meanwhile are an edit, and files that another watcher's edit has overtaken are not.
 */
final class FilesSeen {
  private static final Logger LOG = LoggerFactory.getLogger(FilesSeen.class);

  private final Path file;

  /**
   * @param journal the journal's directory, which is there
   */
  FilesSeen(Path journal) {
    this.file = journal.resolve("settings.seen");
  }

  /** Whether these are other files than at the latest look; not before there was one. */
  boolean edited(String hash) {
    try {
      return Files.exists(file) && !Files.readString(file).strip().equals(hash);
    } catch (IOException e) {
      LOG.warn("{} cannot be read, so files that differ do not count as edited", file, e);
      return false;
    }
  }

  void see(String hash) {
    try {
      Files.writeString(file, hash + System.lineSeparator());
    } catch (IOException e) {
      LOG.warn("{} cannot be written, so an edit may be missed after a restart", file, e);
    }
  }
}
