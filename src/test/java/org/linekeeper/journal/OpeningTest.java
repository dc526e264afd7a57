package org.linekeeper.journal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is said when the journal cannot be opened must not send anybody to the wrong place. */
class OpeningTest {
  @Test
  void aTmpFromWhichNothingMayRunIsNoDamagedJournal() {
    JournalRefused refused =
        Opening.unreadable(
            new IllegalStateException(
                new IllegalArgumentException(
                    new UnsatisfiedLinkError("Failed to load any of the given libraries: [x]"))));

    assertThat(refused)
        .hasMessageContaining("given libraries: [x]")
        .hasMessageContaining("noexec")
        .hasMessageContaining("-Djava.io.tmpdir=DIR")
        .hasMessageNotContaining("backup");
  }

  @Test
  void anythingElseIs() {
    assertThat(Opening.unreadable(new IllegalStateException("checksum")))
        .hasMessageContaining("checksum")
        .hasMessageContaining("restore it from a backup");
  }
}
