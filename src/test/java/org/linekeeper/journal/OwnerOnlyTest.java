package org.linekeeper.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linekeeper.time.Ticker;

/** Another user of the machine looks for mobiles and names in the journal's directory. */
class OwnerOnlyTest {
  @TempDir Path machine;

  @Test
  void aDirectoryThatAnInstallerMadeForEverybodyHoldsFilesForNobodyElse() throws Exception {
    Path directory = Files.createDirectory(machine.resolve("journal"));
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    record(directory);

    assertThat(permissions(directory)).as("somebody wanted it so").isEqualTo("rwxr-xr-x");
    assertNobodyElseCanRead(directory);
  }

  @Test
  void whatAnEarlierReleaseLeftOpenIsClosedAtTheNextStart() throws Exception {
    Path directory = machine.resolve("journal");
    record(directory);
    Files.copy(directory.resolve("history.jsonl"), directory.resolve("history-000000000001.jsonl"));
    for (Path entry : entries(directory)) {
      Files.setPosixFilePermissions(
          entry,
          PosixFilePermissions.fromString(Files.isDirectory(entry) ? "rwxr-xr-x" : "rw-r--r--"));
    }
    Path others = Files.createFile(directory.resolve("notes-of-the-admin.txt"));
    String asBefore = permissions(others);
    record(directory);

    assertThat(permissions(others)).as("not the journal's").isEqualTo(asBefore);
    Files.delete(others);
    assertNobodyElseCanRead(directory);
  }

  private static void record(Path directory) {
    try (Journal journal =
        RatisJournal.open(
            JournalSettings.alone("watcher-1", directory).withCommitDeadline(Watchers.SOON),
            InstantSource.system(),
            Ticker.system(),
            fatal -> {})) {
      journal.append(OneOfEach.entries()).toCompletableFuture().join();
    }
  }

  private static void assertNobodyElseCanRead(Path directory) throws IOException {
    assertThat(entries(directory))
        .extracting(entry -> entry.getFileName().toString())
        .contains("history.jsonl", "before-images.json", "journal.marker", "raft");
    for (Path entry : entries(directory)) {
      if (!entry.endsWith("reserve")) {
        assertThat(permissions(entry)).as("%s", entry).endsWith("------");
      }
    }
  }

  private static List<Path> entries(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
