package org.linekeeper.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.state.Entry;
import org.linekeeper.time.Ticker;

/** Call recordings fill the journal's disk, a file system of its own here, which needs root. */
@Tag("lab")
@Timeout(120)
class FullDiskIT {
  @TempDir Path disk;
  private final BlockingQueue<String> fatal = new LinkedBlockingQueue<>();

  @BeforeEach
  void mount() throws Exception {
    assertThat(run("mount", "-t", "tmpfs", "-o", "size=96m", "tmpfs", disk.toString())).isZero();
  }

  @AfterEach
  void unmount() throws Exception {
    // lazily: after a failed write Ratis never closes its file, only the end of the process does
    assertThat(run("umount", "-l", disk.toString())).isZero();
  }

  @Test
  void aThousandNumbersAreStillDivertedAndReturned() throws Exception {
    try (Journal journal = open()) {
      until(() -> Files.exists(disk.resolve("journal/reserve")));
      fill();
      until(() -> journal.warning().contains("disk of the journal is full"));
      for (int i = 0; i < 20; i++) {
        fill();
        committed(journal, new Entry.Intended(OneOfEach.AT, OneOfEach.divert("p" + i, thousand())));
      }
      assertThat(journal.state().moved()).hasSize(1_000);
      assertThat(journal.trouble()).isEmpty();
      assertThat(journal.latest(100))
          .extracting(record -> record.entry().sentence())
          .anyMatch(sentence -> sentence.contains("disk of the journal is full"));
      Files.delete(disk.resolve("recordings"));
      until(() -> journal.warning().isEmpty());
      assertThat(disk.resolve("journal/reserve")).hasSize(32 << 20);
    }
    assertThat(fatal).isEmpty();
  }

  @Test
  void whenTheReserveIsUsedUpTooItEndsAndWhatItAcknowledgedIsThereOnceThereIsRoom()
      throws Exception {
    Random noise = new Random(1);
    long acknowledged = 0;
    Journal journal = open();
    try {
      until(() -> Files.exists(disk.resolve("journal/reserve")));
      for (int i = 0; i < 200 && journal.trouble().isEmpty(); i++) {
        fill();
        byte[] bytes = new byte[400_000];
        noise.nextBytes(bytes);
        if (taken(journal, OneOfEach.noted(HexFormat.of().formatHex(bytes)))) {
          acknowledged = journal.latest(1).get(0).number();
        }
      }
      assertThat(fatal.poll(20, TimeUnit.SECONDS)).contains("nothing is done to the phones");
    } finally {
      closeQuietly(journal);
    }
    // Closing can free what a half-written snapshot or segment took; whatever fills the disk takes
    // it.
    fill();
    assertThatThrownBy(this::open).isInstanceOf(JournalRefused.class);
    Files.delete(disk.resolve("recordings"));
    try (Journal again = open()) {
      assertThat(acknowledged).isPositive();
      assertThat(again.latest(1).get(0).number()).isGreaterThanOrEqualTo(acknowledged);
    }
  }

  @Test
  void whoeverIsRestartedOnAFullDiskHasTheReserve() throws Exception {
    try (Journal journal = open()) {
      committed(journal, OneOfEach.noted("before the restart"));
      until(() -> Files.exists(disk.resolve("journal/reserve")));
    }
    fill();
    try (Journal again = open()) {
      committed(again, OneOfEach.noted("after the restart"));
    }
    assertThat(fatal).isEmpty();
  }

  private static boolean taken(Journal journal, Entry entry) {
    return journal
        .append(List.of(entry))
        .handle((state, fault) -> fault == null)
        .toCompletableFuture()
        .orTimeout(30, TimeUnit.SECONDS)
        .join();
  }

  /** Closing writes a snapshot, for which there may be no room. */
  private static void closeQuietly(Journal journal) {
    try {
      journal.close();
    } catch (IllegalStateException expected) {
      assertThat(expected).hasMessageContaining("what was acknowledged is safe");
    }
  }

  private void fill() throws IOException {
    try (OutputStream out =
        Files.newOutputStream(
            disk.resolve("recordings"), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      byte[] block = new byte[64 << 10];
      for (int i = 0; i < 2_000; i++) {
        out.write(block);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }

  private static PhoneNumber[] thousand() {
    return IntStream.range(0, 1_000)
        .mapToObj(n -> new PhoneNumber("+44163296" + "%04d".formatted(n)))
        .toArray(PhoneNumber[]::new);
  }

  private static void committed(Journal journal, Entry entry) {
    journal.append(List.of(entry)).toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }

  private Journal open() {
    return RatisJournal.open(
        JournalSettings.alone("watcher-1", disk.resolve("journal"))
            .withCommitDeadline(Duration.ofSeconds(10)),
        InstantSource.system(),
        Ticker.system(),
        fatal::add);
  }

  private static void until(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 400 && !condition.getAsBoolean(); i++) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  private static int run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }
}
