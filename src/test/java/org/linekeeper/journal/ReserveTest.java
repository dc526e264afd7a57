package org.linekeeper.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody's recordings fill the disk. */
class ReserveTest {
  private static final long SIZE = 3 << 20;

  @TempDir Path directory;
  private long usable = 100L << 20;

  @Test
  void theReserveIsGivenBackWhenTheDiskIsFullAndTakenAgainWhenThereIsRoom() throws IOException {
    Path file = directory.resolve("reserve");
    Reserve reserve = new Reserve(file, SIZE, () -> usable);
    assertThat(reserve.check()).isEmpty();
    assertThat(file).hasSize(SIZE);

    usable = Reserve.LOW - 1;
    assertThat(reserve.check()).contains("full", "can still be diverted", directory.toString());
    assertThat(file).doesNotExist();

    usable += SIZE;
    assertThat(reserve.check()).as("its own space is not room").contains("full");
    assertThat(file).doesNotExist();

    usable = 100L << 20;
    assertThat(reserve.check()).isEmpty();
    assertThat(file).hasSize(SIZE);
  }

  @Test
  void aDiskThatWasFullBeforeTheStartIsGivenTheReserveFirst() throws IOException {
    Path file = directory.resolve("reserve");
    new Reserve(file, SIZE, () -> usable).check();
    usable = 0;
    new Reserve(file, SIZE, () -> usable).releaseIfFull();
    assertThat(file).doesNotExist();
  }
}
