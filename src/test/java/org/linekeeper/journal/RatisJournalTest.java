package org.linekeeper.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.state.Entry;
import org.linekeeper.state.Outcome;
import org.linekeeper.state.State;
import org.linekeeper.time.Ticker;

/** What was recorded is there after a restart, and whoever asked is never told otherwise. */
class RatisJournalTest {
  @TempDir Path directory;

  private final List<String> fatal = new CopyOnWriteArrayList<>();

  @AfterEach
  void theProcessNeverHadToStop() {
    assertThat(fatal).isEmpty();
  }

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
      assertThat(journal.latest(2))
          .extracting(Recorded::number)
          .containsExactly(OneOfEach.many(), OneOfEach.many() - 1);
      assertThat(journal.latest(100)).hasSize((int) OneOfEach.many() - 1);
    }
  }

  @Test
  void moreThanASnapshotCoversIsTheSameAfterARestart() {
    int notes = 3_500;
    State before;
    try (Journal journal = open()) {
      committed(journal, OneOfEach.entries());
      for (int i = 0; i < notes; i += 50) {
        // one log entry each, so that snapshots are due and old entries are dropped
        List<CompletableFuture<State>> appended =
            IntStream.range(i, i + 50)
                .mapToObj(n -> journal.append(List.of(OneOfEach.noted("note " + n))))
                .map(stage -> stage.toCompletableFuture())
                .toList();
        appended.forEach(CompletableFuture::join);
      }
      before = journal.state();
    }
    for (int restart = 0; restart < 2; restart++) {
      try (Journal journal = open()) {
        assertThat(journal.state()).isEqualTo(before).isEqualTo(OneOfEach.state());
        List<Recorded> latest = journal.latest(notes + (int) OneOfEach.many() - 1);
        assertThat(latest).hasSize(notes + (int) OneOfEach.many() - 1);
        assertThat(latest.get(0).entry().sentence()).isEqualTo("note " + (notes - 1));
        assertThat(latest.get(latest.size() - 1).number()).isEqualTo(1);
      }
    }
  }

  @Test
  void aThousandNumbersAreOnePlanAndOneCommit() {
    PhoneNumber[] numbers =
        IntStream.range(0, 1_000)
            .mapToObj(n -> new PhoneNumber("+44163296" + "%04d".formatted(n)))
            .toArray(PhoneNumber[]::new);
    Entry intended = new Entry.Intended(OneOfEach.AT, OneOfEach.divert("big", numbers));
    try (Journal journal = open()) {
      committed(journal, List.of(intended));
    }
    try (Journal journal = open()) {
      assertThat(journal.state().moved()).hasSize(1_000);
      assertThat(journal.latest(1)).containsExactly(new Recorded(1, intended));
    }
  }

  @Test
  void listenersHearOfEachCommitInOrder() throws InterruptedException {
    BlockingQueue<List<Recorded>> told = new LinkedBlockingQueue<>();
    try (Journal journal = open()) {
      committed(journal, List.of(OneOfEach.noted("before anybody listens")));
      journal.onCommit(told::add);
      committed(journal, List.of(OneOfEach.noted("one"), OneOfEach.noted("two")));
      committed(journal, List.of(OneOfEach.noted("three")));
      assertThat(told.poll(10, TimeUnit.SECONDS))
          .extracting(Recorded::number)
          .containsExactly(2L, 3L);
      assertThat(told.poll(10, TimeUnit.SECONDS)).extracting(Recorded::number).containsExactly(4L);
    }
  }

  @Test
  void whatIsRehearsedOrCommittedToWarmUpIsNowhereToBeSeen() throws InterruptedException {
    List<List<Recorded>> told = new CopyOnWriteArrayList<>();
    try (Journal journal = open()) {
      journal.onCommit(told::add);
      for (int i = 0; i < 20; i++) {
        journal.rehearse(OneOfEach.entries());
        committed(journal, List.of());
      }
      assertThat(journal.state()).isEqualTo(State.EMPTY);
      assertThat(journal.latest(1)).isEmpty();
      committed(journal, OneOfEach.entries());
      assertThat(journal.latest(1)).extracting(Recorded::number).containsExactly(OneOfEach.many());
    }
    try (Journal journal = open()) {
      assertThat(journal.state()).isEqualTo(OneOfEach.state());
      assertThat(journal.latest(100)).hasSize((int) OneOfEach.many() - 1);
    }
    assertThat(told).hasSize(1);
  }

  @Test
  void aDiskThatIsTooSlowIsSaidAndWhatItWasGivenMayStillBeCommitted() throws Exception {
    JournalSettings hasty =
        JournalSettings.alone("watcher-1", directory).withCommitDeadline(Duration.ofNanos(1));
    Journal journal = open(hasty);
    List<CompletableFuture<State>> appends =
        IntStream.range(0, 200)
            .mapToObj(
                n -> journal.append(List.of(OneOfEach.noted("note " + n))).toCompletableFuture())
            .toList();
    for (CompletableFuture<State> append : appends) {
      assertThatThrownBy(append::join)
          .isInstanceOf(CompletionException.class)
          .cause()
          .isInstanceOf(NotCommitted.class)
          .hasMessageContaining("may still be later");
    }
    journal.close();
    try (Journal patient = open()) {
      committed(patient, List.of(OneOfEach.noted("and on it goes")));
    }
  }

  @Test
  void anEntryThatCannotBeAppliedNeverGetsIntoTheLog() {
    Entry tooManyOutcomes =
        Entry.Done.of(
            OneOfEach.AT, "p3", Map.of(99, Outcome.applied("of a step that is not there")));
    try (Journal journal = open()) {
      committed(journal, OneOfEach.entries());
      assertThatThrownBy(() -> committed(journal, List.of(tooManyOutcomes)))
          .cause()
          .isInstanceOf(NotCommitted.class)
          .hasMessageContaining("was not written");
      assertThat(journal.trouble()).isEmpty();
      committed(journal, List.of(OneOfEach.noted("the next one is taken")));
    }
    try (Journal journal = open()) {
      assertThat(journal.state()).isEqualTo(OneOfEach.state());
      assertThat(journal.latest(1))
          .extracting(Recorded::number)
          .containsExactly(OneOfEach.many() + 1);
    }
  }

  @Test
  void aClosedJournalTakesNothingAndSaysSo() {
    Journal journal = open();
    journal.close();
    journal.close();
    assertThat(journal.trouble()).contains("closed");
    assertThatThrownBy(() -> committed(journal, OneOfEach.entries()))
        .cause()
        .isInstanceOf(NotCommitted.class)
        .hasMessageContaining("is closed");
  }

  @Test
  void howNumbersWereFoundCanBeReadWithoutTheJournal() throws IOException {
    Path plain = directory.resolve("before-images.json");
    try (Journal journal = open()) {
      await().untilAsserted(() -> assertThat(plain).content().contains("\"numbers\" : [ ]"));
      committed(journal, OneOfEach.entries());
      assertThat(plain)
          .content()
          .contains(
              "+441632960001",
              "PN441632960001",
              "\"TrunkSid\" : \"TK01\"",
              "\"OU02\"",
              "\"Priority\" : 20")
          .doesNotContain("+441632960002");
      committed(
          journal,
          List.of(
              new Entry.DriftAccepted(OneOfEach.AT, OneOfEach.SALES, OneOfEach.BY_TEXT),
              OneOfEach.noted("sales is nobody's any more")));
      assertThat(plain).content().doesNotContain("+441632960001");
      Files.delete(plain);
    }
    open().close();
    assertThat(plain).content().contains("+441632960003");
  }

  private static State committed(Journal journal, List<Entry> entries) {
    return journal.append(entries).toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }

  private Journal open() {
    return open(JournalSettings.alone("watcher-1", directory));
  }

  private Journal open(JournalSettings settings) {
    return RatisJournal.open(settings, InstantSource.system(), Ticker.system(), fatal::add);
  }
}
