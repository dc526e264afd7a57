package org.linekeeper.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linekeeper.state.Entry;
import org.linekeeper.state.State;
import org.linekeeper.time.Ticker;

/** What was recorded is there after a restart. */
class RatisJournalTest {
  @TempDir Path directory;

  private final List<String> fatal = new CopyOnWriteArrayList<>();

  @Test
  void theOfficesDayIsThereAfterARestart() {
    try (Journal journal = open()) {
      assertThat(journal.state()).isEqualTo(State.EMPTY);
      assertThat(journal.trouble()).isEmpty();
      State after = committed(journal, OneOfEach.entries());
      assertThat(after).isEqualTo(OneOfEach.state()).isEqualTo(journal.state());
    }
    try (Journal journal = open()) {
      assertThat(journal.state()).isEqualTo(OneOfEach.state());
      assertThat(journal.latest(2)).extracting(Recorded::number).containsExactly(23L, 22L);
      assertThat(journal.latest(100)).hasSize(23);
    }
    assertThat(fatal).isEmpty();
  }

  private static State committed(Journal journal, List<Entry> entries) {
    return journal.append(entries).toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  private Journal open() {
    return RatisJournal.open(
        JournalSettings.alone("watcher-1", directory),
        InstantSource.system(),
        Ticker.system(),
        fatal::add);
  }
}
