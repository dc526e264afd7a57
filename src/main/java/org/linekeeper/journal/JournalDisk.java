package org.linekeeper.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything in the journal's directory besides Ratis' own files.
 *
 * @param directory the directory, locked
 * @param reserve space kept aside
 * @param history the records as lines
 * @param beforeImages the numbers as they were found
 */
record JournalDisk(
    JournalDirectory directory, Reserve reserve, History history, BeforeImages beforeImages)
    implements AutoCloseable {
  static JournalDisk open(JournalSettings settings, EntryCodec codec, InstantSource clock)
      throws IOException {
    JournalDirectory directory =
        JournalDirectory.open(
            settings.directory(), settings.watcher(), settings.group().isPresent());
    try {
      FileStore store = Files.getFileStore(settings.directory());
      Reserve reserve =
          new Reserve(
              directory.reserve(),
              settings.reserve(),
              store::getUsableSpace,
              settings.group().map(several -> settings.watcher()));
      reserve.releaseIfFull();
      directory.ready();
      return new JournalDisk(
          directory,
          reserve,
          History.open(directory.history(), codec, clock, settings.historyKept()),
          new BeforeImages(directory.beforeImages()));
    } catch (IOException | RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  /**
   * Looks at the disk.
   *
   * @param unwritten what else could not be written, such as a snapshot; empty text if all was
   * @return what somebody must be told, empty text if nothing
   */
  String warning(String unwritten) {
    String missing =
        Stream.of(history.trouble(), beforeImages.trouble(), unwritten)
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining(" "));
    return (reserve.check(!missing.isEmpty()) + " " + missing).strip();
  }

  @Override
  public void close() {
    try (directory) {
      history.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
