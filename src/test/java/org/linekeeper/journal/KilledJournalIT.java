package org.linekeeper.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.linekeeper.time.Ticker;

/** kill -9 at any moment: what somebody was told is recorded is there afterwards. */
@Timeout(180)
class KilledJournalIT {
  @TempDir Path directory;
  private Process process;

  @AfterEach
  void end() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  @Test
  void whatWasAcknowledgedIsThereAfterEachKill() throws Exception {
    // Before and among the first appends, and near a snapshot, which comes every 1,000.
    for (int acknowledgements : List.of(0, 1, 40, 1_000)) {
      long acknowledged = killedAfter(acknowledgements);
      try (Journal journal = open()) {
        List<Recorded> records = journal.latest(10_000);
        assertThat(records).hasSizeGreaterThanOrEqualTo((int) acknowledged);
        for (int i = 0; i < records.size(); i++) {
          Recorded record = records.get(records.size() - 1 - i);
          assertThat(record.number()).isEqualTo(i + 1L);
          assertThat(record.entry().sentence()).isEqualTo("note " + (i + 1));
        }
      }
    }
  }

  @Test
  void aSecondProcessIsRefusedAndToldWhichOneIsRunning() throws Exception {
    try (BufferedReader said = start()) {
      assertThat(said.readLine()).isEqualTo("open");
      assertThatThrownBy(this::open)
          .isInstanceOf(JournalRefused.class)
          .hasMessageContaining("in use by process " + process.pid());
    }
  }

  /** The last number it said was safe; 0 if none. */
  private long killedAfter(int acknowledgements) throws Exception {
    try (BufferedReader said = start()) {
      assertThat(said.readLine()).isEqualTo("open");
      String last = "0";
      for (int i = 0; i < acknowledgements; i++) {
        last = said.readLine();
      }
      // by its handle: the process' own method also throws away what it still said
      process.toHandle().destroyForcibly();
      // what it still said before it died counts too
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        last = line.isEmpty() ? last : line;
      }
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      return Long.parseLong(last);
    }
  }

  private BufferedReader start() throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                Scribbler.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return process.inputReader();
  }

  private Journal open() {
    return RatisJournal.open(
        JournalSettings.alone("watcher-1", directory),
        InstantSource.system(),
        Ticker.system(),
        sentence -> {});
  }
}
