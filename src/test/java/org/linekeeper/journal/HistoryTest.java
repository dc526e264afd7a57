package org.linekeeper.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linekeeper.state.Entry;

/** What people read back holds phone numbers, so it is kept as long as was set and no longer. */
class HistoryTest {
  private static final Duration KEPT = Duration.ofDays(90);

  @TempDir Path directory;
  private Instant now = OneOfEach.AT;

  @Test
  void aMonthIsOneFileAndFilesGoWhenTheirTimeIsOver() throws IOException {
    try (History history = open()) {
      history.add(note(1));
      now = now.plus(Duration.ofDays(31));
      history.add(note(2));
      assertThat(files()).containsExactly("history-000000000002.jsonl", "history.jsonl");
      history.add(note(3));
      assertThat(files()).hasSize(2);
      assertThat(history.latest(10)).extracting(Recorded::number).containsExactly(3L, 2L, 1L);
    }
    Files.setLastModifiedTime(
        directory.resolve("history-000000000002.jsonl"), FileTime.from(OneOfEach.AT));
    try (History history = open()) {
      assertThat(history.latest(10)).extracting(Recorded::number).containsExactly(3L, 2L, 1L);
      assertThat(history.last()).isEqualTo(3);
    }
    now = OneOfEach.AT.plus(KEPT).plusSeconds(1);
    try (History history = open()) {
      assertThat(files()).containsExactly("history.jsonl");
      assertThat(history.last()).isEqualTo(3);
    }
  }

  @Test
  void aFaultThatWritesWithoutEndDoesNotFillTheDisk() throws IOException {
    try (History history = open(Duration.ofDays(10_000))) {
      for (int month = 1; month <= 80; month++) {
        now = now.plus(Duration.ofDays(31));
        history.add(note(month));
      }
      assertThat(files()).hasSize(33).doesNotContain("history-000000000002.jsonl");
    }
  }

  @Test
  void aNewFileThatCannotBeBegunLeavesTheOldOneOpen() throws IOException {
    try (History history = open()) {
      history.add(note(1));
      now = now.plus(Duration.ofDays(31));
      Path inTheWay = Files.createDirectory(directory.resolve("history-000000000002.jsonl"));
      history.add(note(2));
      assertThat(history.trouble()).contains("No new history.jsonl can be begun");
      assertThat(Files.readAllLines(directory.resolve("history.jsonl"))).hasSize(2);
      Files.delete(inTheWay);
      history.add(note(3));
      assertThat(history.trouble()).isEmpty();
      assertThat(files()).containsExactly("history-000000000003.jsonl", "history.jsonl");
    }
  }

  @Test
  void aReplayAddsOnlyWhatIsMissing() throws IOException {
    try (History history = open()) {
      history.add(note(1));
      history.add(note(2));
    }
    try (History history = open()) {
      history.add(List.of(note(1).get(0), note(2).get(0), note(3).get(0)));
      assertThat(history.latest(10)).extracting(Recorded::number).containsExactly(3L, 2L, 1L);
      assertThat(Files.readAllLines(directory.resolve("history.jsonl"))).hasSize(3);
    }
  }

  @Test
  void memoryHoldsTheLatestTenThousand() throws IOException {
    try (History history = open()) {
      history.add(LongStream.rangeClosed(1, 10_500).mapToObj(n -> note(n).get(0)).toList());
      assertThat(history.latest(20_000)).hasSize(10_000);
      assertThat(history.latest(1)).extracting(Recorded::number).containsExactly(10_500L);
    }
  }

  private History open() throws IOException {
    return open(KEPT);
  }

  private History open(Duration kept) throws IOException {
    return History.open(directory.resolve("history.jsonl"), new EntryCodec(), () -> now, kept);
  }

  private List<Recorded> note(long number) {
    return List.of(
        new Recorded(number, new Entry.Noted(now, Entry.Noted.Weight.INFO, "note " + number)));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
