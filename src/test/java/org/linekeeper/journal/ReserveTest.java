package org.linekeeper.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody's recordings fill the disk. */
class ReserveTest {
  private static final long SIZE = 3 << 20;

  @TempDir Path directory;
  private long usable = 100L << 20;

  @Test
  void theReserveIsGivenBackWhenTheJournalNeedsItAndTakenAgainWhenThereIsRoom() {
    Path file = directory.resolve("reserve");
    Reserve reserve = new Reserve(file, SIZE, () -> usable, Optional.empty());
    assertThat(reserve.check(false)).isEmpty();
    assertThat(file).hasSize(SIZE);

    usable = Reserve.LOW - 1;
    assertThat(reserve.check(false)).contains("full", "is kept for the journal");
    assertThat(file).as("whoever filled the disk does not get it").hasSize(SIZE);
    assertThat(reserve.check(true)).contains("is in use", directory.toString());
    assertThat(file).doesNotExist();

    usable += SIZE;
    assertThat(reserve.check(false)).as("its own space is not room").contains("is in use");
    assertThat(file).doesNotExist();

    usable = 100L << 20;
    assertThat(reserve.check(false)).isEmpty();
    assertThat(file).hasSize(SIZE);
  }

  @Test
  void aDiskThatWasFullBeforeTheStartIsGivenTheReserveFirst() throws IOException {
    Path file = directory.resolve("reserve");
    new Reserve(file, SIZE, () -> usable, Optional.empty()).check(false);
    usable = 0;
    new Reserve(file, SIZE, () -> usable, Optional.empty()).releaseIfFull();
    assertThat(file).doesNotExist();
  }

  @Test
  void oneOfSeveralSaysWhoseDiskItIs() {
    Path file = directory.resolve("reserve");
    Reserve reserve = new Reserve(file, SIZE, () -> usable, Optional.of("watcher-2"));
    assertThat(reserve.check(false)).isEmpty();
    usable = 0;
    assertThat(reserve.check(false))
        .startsWith("The disk of watcher-2's journal is full")
        .contains("the phones do not depend on it alone", "make room on " + directory);
  }
}
