package org.linekeeper.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.ratis.util.FileUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linekeeper.lab.Await;
import org.linekeeper.state.Entry;
import org.linekeeper.time.Ticker;

/**
 * A journal that lost something is not gone on with. Each story begins with a copy of the directory
 * of a running journal, which is what kill -9 leaves.
 */
class DamagedJournalTest {
  private static final String ENDS =
      "The journal ends at record %d, but record %d was committed"
          .formatted(OneOfEach.many(), OneOfEach.many() + 1);

  private static final String PHONES = "the PBXs go on working";

  @TempDir Path temp;
  private Path running;
  private Path killed;
  private byte[] logBefore = {};
  private byte[] historyBefore = {};

  @BeforeEach
  void theProcessIsKilledInItsOfficesDay() throws IOException {
    running = temp.resolve("running");
    killed = temp.resolve("killed");
    try (Journal journal = open(running)) {
      committed(journal, OneOfEach.entries());
      logBefore = Files.readAllBytes(log(running));
      historyBefore = Files.readAllBytes(running.resolve("history.jsonl"));
      committed(journal, List.of(OneOfEach.noted("the last thing anybody was told")));
      copy(running, killed);
    }
  }

  @Test
  void everythingIsThereIfNothingWasDamaged() {
    try (Journal journal = open(killed)) {
      assertThat(journal.state()).isEqualTo(OneOfEach.state());
      assertThat(journal.latest(1))
          .extracting(Recorded::number)
          .containsExactly(OneOfEach.many() + 1);
    }
  }

  @Test
  void aLogThatEndsBeforeWhatWasCommittedIsRefused() throws IOException {
    Files.write(log(killed), logBefore);
    refused(ENDS);
    // and not taken for a whole one the next time, when Ratis has written elections behind it
    refused(ENDS);
    try (Stream<Path> files = Files.list(killed)) {
      assertThat(files).contains(killed.resolve("before-images.json"));
    }
  }

  @Test
  void anEntryThatWasOnlyHalfWrittenWhenThePowerWentIsForgotten() throws IOException {
    byte[] log = Files.readAllBytes(log(killed));
    int end = end(log);
    for (int i = end - 20; i < end; i++) {
      log[i] = 0;
    }
    Files.write(log(killed), Arrays.copyOf(log, end - 20));
    Files.write(killed.resolve("history.jsonl"), historyBefore);
    try (Journal journal = open(killed)) {
      assertThat(journal.state()).isEqualTo(OneOfEach.state());
      assertThat(journal.latest(1)).extracting(Recorded::number).containsExactly(OneOfEach.many());
      committed(journal, List.of(OneOfEach.noted("and on it goes")));
    }
  }

  @Test
  void aFlippedBitInTheLogIsRefused() throws IOException {
    byte[] log = Files.readAllBytes(log(killed));
    log[end(log) / 2] ^= 4;
    Files.write(log(killed), log);
    refused("The journal cannot be read: Log entry corrupted");
  }

  @Test
  void aVoteThatRatisHasEmptiedOnAFullDiskIsWrittenAgain() throws Exception {
    try (Journal journal = open(killed)) {
      committed(journal, List.of(OneOfEach.noted("elected")));
      Path vote = found(killed, "raft-meta");
      String before = votes(vote);
      assertThat(before).contains("term=", "votedFor=watcher-1");
      Files.write(vote, new byte[0]);
      Await.until("it is whole", Duration.ofSeconds(10), () -> votes(vote).equals(before));
    }
    open(killed).close();
  }

  private static String votes(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.filter(line -> !line.startsWith("#")).sorted().collect(Collectors.joining(" "));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aDamagedSnapshotIsRefused() throws IOException {
    // the running one was closed after the copy was made, and wrote a snapshot then
    Path snapshot = found(running, "snapshot.*[0-9]");
    byte[] content = Files.readAllBytes(snapshot);
    content[content.length / 2] ^= 4;
    Files.write(snapshot, content);
    killed = running;
    refused("is damaged");
  }

  @Test
  void killedBetweenASnapshotAndItsDigestNothingIsLost() throws IOException {
    // the digest comes first
    Path snapshot = found(running, "snapshot.*[0-9]");
    Path digest = snapshot.resolveSibling(snapshot.getFileName() + ".md5");
    Path snapshots = found(killed, "raft-meta").getParent().resolveSibling("sm");
    Files.createDirectories(snapshots);
    Files.copy(digest, snapshots.resolve(digest.getFileName().toString()));
    try (Journal journal = open(killed)) {
      assertThat(journal.state()).isEqualTo(OneOfEach.state());
    }
  }

  @Test
  void aWipedDirectoryIsRefused() throws IOException {
    FileUtils.deleteFully(killed.resolve("raft"));
    refused("is empty, but a journal was kept there");
    assertThat(killed.resolve("raft")).doesNotExist();
  }

  @Test
  void anotherOfficesDirectoryIsRefused() throws IOException {
    Path raft = killed.resolve("raft");
    Path ours = found(killed, "[0-9a-f-]{36}");
    Files.move(ours, raft.resolve(UUID.randomUUID().toString()));
    refused("holds another journal");
    Files.delete(killed.resolve("journal.marker"));
    refused("holds another journal");
    assertThat(killed.resolve("journal.marker")).doesNotExist();
  }

  @Test
  void aHalfWrittenLineOfTheHistoryIsMadeWholeFromTheLog() throws IOException {
    Path history = killed.resolve("history.jsonl");
    byte[] lines = Files.readAllBytes(history);
    Files.write(history, Arrays.copyOf(lines, lines.length - 30));
    open(killed).close();
    assertThat(Files.readAllBytes(history)).isEqualTo(lines);
  }

  private void refused(String why) {
    assertThatThrownBy(() -> open(killed))
        .isInstanceOf(JournalRefused.class)
        .hasMessageContaining(why)
        .hasMessageContaining(PHONES)
        .hasMessageContaining("docs/RUNBOOK-JOURNAL.md");
  }

  private static Path log(Path directory) throws IOException {
    return found(directory, "log_inprogress_.*");
  }

  private static Path found(Path directory, String name) throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("raft"))) {
      return files
          .filter(file -> file.getFileName().toString().matches(name))
          .findFirst()
          .orElseThrow();
    }
  }

  /** Behind its last entry a log is padded with zeros. */
  private static int end(byte[] log) {
    int end = log.length;
    while (log[end - 1] == 0) {
      end--;
    }
    return end;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static void committed(Journal journal, List<Entry> entries) {
    journal.append(entries).toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }

  private static Journal open(Path directory) {
    return open(JournalSettings.alone("watcher-1", directory));
  }

  private static Journal open(JournalSettings settings) {
    return RatisJournal.open(settings, InstantSource.system(), Ticker.system(), sentence -> {});
  }
}
