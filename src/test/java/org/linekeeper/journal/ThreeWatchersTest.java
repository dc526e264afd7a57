package org.linekeeper.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.Movings;
import org.linekeeper.estate.Offices;
import org.linekeeper.lab.Await;
import org.linekeeper.state.Counted;
import org.linekeeper.state.Entry;
import org.linekeeper.time.Ticker;

/** One journal kept by three: what any of them was told is known to all, and to whoever is left. */
class ThreeWatchersTest {
  @TempDir static Path keys;
  @TempDir Path directory;

  private Watchers watchers;

  @BeforeAll
  static void keys() throws IOException {
    Watchers.keys(keys);
  }

  @BeforeEach
  void open() throws IOException {
    watchers = new Watchers(directory, keys);
  }

  @AfterEach
  void close() {
    watchers.close();
    assertThat(watchers.fatal()).isEmpty();
  }

  private static List<Entry> note(String text) {
    return List.of(OneOfEach.noted(text));
  }

  @Test
  void whateverOneOfThemRecordsAllOfThemKnow() throws Exception {
    watchers.startAll();
    for (String name : Watchers.NAMES) {
      watchers.committed(name, note("by " + name));
    }
    watchers.awaitNotes(List.of("by a", "by b", "by c"));
    watchers.committed(watchers.follower(), OneOfEach.entries());
    for (String name : Watchers.NAMES) {
      Await.until(
          name + " has the same state",
          Watchers.SOON,
          () -> watchers.get(name).state().equals(OneOfEach.state()));
    }
  }

  @Test
  void whoeverAppendedFindsItInItsOwnStateAtOnce() throws Exception {
    watchers.startAll();
    String follower = watchers.follower();
    assertThat(watchers.committed(follower, OneOfEach.entries())).isEqualTo(OneOfEach.state());
    assertThat(watchers.get(follower).state()).isEqualTo(OneOfEach.state());
  }

  @Test
  void whoeverRenewsIsToldWhichOneCounted() throws Exception {
    watchers.startAll();
    Estate leased = Offices.accountants().with(Movings.leased("a", "b"));
    Entry accepted = new Entry.SettingsAccepted(OneOfEach.AT, "a", "5f", leased);
    long lease = watchers.committed("a", List.of(accepted)).lease().orElseThrow().number();
    for (String name : Watchers.NAMES) {
      for (int i = 1; i <= 3; i++) {
        String renewal = name + ".1-" + i;
        assertThat(watchers.renewed(name, lease, renewal)).isEqualTo(new Counted(lease, renewal));
      }
    }
  }

  @Test
  void withoutTheirLeaderTheOthersGoOnAndItCatchesUpLater() throws Exception {
    watchers.startAll();
    watchers.committed("a", note("first"));
    String leader = watchers.leader();
    watchers.stop(leader);
    String left = watchers.follower();
    watchers.committed(left, note("second"));
    watchers.start(leader);
    watchers.awaitTogether();
    watchers.committed(leader, note("third"));
    watchers.awaitNotes(List.of("first", "second", "third"));
  }

  @Test
  void whatIsOnItsWayWhileTheLeaderGoesIsRecordedOnce() throws Exception {
    watchers.startAll();
    String leader = watchers.leader();
    String follower = watchers.follower();
    CompletableFuture<?> together =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < 60; i++) {
                watchers
                    .get(follower)
                    .append(note("note " + i))
                    .toCompletableFuture()
                    .orTimeout(Watchers.SOON.toSeconds(), TimeUnit.SECONDS)
                    .join();
              }
            });
    Await.until(
        "some are recorded",
        Watchers.SOON,
        () -> Watchers.notes(watchers.get(follower)).size() >= 20);
    watchers.stop(leader);
    together.get(Watchers.SOON.toSeconds(), TimeUnit.SECONDS);
    assertThat(Watchers.notes(watchers.get(follower)))
        .hasSize(60)
        .doesNotHaveDuplicates()
        .startsWith("note 0")
        .endsWith("note 59");
  }

  @Test
  void oneAloneRecordsNothingAndSaysSo() throws Exception {
    watchers.startAll();
    watchers.committed("a", note("first"));
    watchers.stop("b");
    watchers.stop("c");
    assertThatThrownBy(() -> watchers.committed("a", note("second")))
        .hasRootCauseInstanceOf(java.util.concurrent.TimeoutException.class);
    Await.until("it says so", Watchers.SOON, () -> !watchers.get("a").trouble().isEmpty());
    assertThat(watchers.get("a").leads()).isFalse();
  }

  /** One that does not lead may have nothing more to append for hours. */
  @Test
  void aFailureIsNotToldOfForEver() throws Exception {
    watchers.startAll();
    watchers.stop("a");
    watchers.stop("b");
    assertThatThrownBy(() -> watchers.committed("c", note("lost")))
        .hasRootCauseInstanceOf(java.util.concurrent.TimeoutException.class);
    assertThat(watchers.get("c").trouble()).isNotEmpty();
    watchers.start("a");
    watchers.start("b");
    Await.until("all is well", Watchers.SOON, () -> watchers.get("c").trouble().isEmpty());
  }

  @Test
  void aJournalIsBegunOnlyWhenAllOfThemHaveSaidThatTheyHaveNone() {
    watchers.start("a");
    watchers.start("b");
    Await.until(
        "a says for whom it waits",
        Watchers.SOON,
        () -> watchers.get("a").trouble().contains("Not yet heard from: c."));
    assertThat(watchers.get("a").standing().members()).isEmpty();
    assertThat(watchers.get("b").trouble()).contains("waits to be taken in");
    watchers.start("c");
    watchers.awaitTogether();
  }

  @Test
  void aLostDirectoryIsANewWatcherThatAPersonTakesIn() throws Exception {
    watchers.startAll();
    watchers.committed("a", note("first"));
    String lost = watchers.follower();
    watchers.stop(lost);
    watchers.wipe(lost);
    watchers.start(lost);
    String leader = watchers.leader();
    Await.until(
        "the leader knows",
        Watchers.SOON,
        () -> watchers.get(leader).standing().lost().contains(lost));
    Await.pause(Duration.ofSeconds(2));
    assertThat(watchers.get(lost).state().settings()).isEmpty();
    assertThat(Watchers.notes(watchers.get(lost))).isEmpty();

    watchers.get(leader).replace(lost);
    watchers.awaitTogether();
    watchers.awaitNotes(List.of("first"));
    assertThat(watchers.get(leader).standing().lost()).isEmpty();

    watchers.stop(lost);
    watchers.wipe(lost);
    watchers.start(lost);
    Await.until(
        "that it is lost again",
        Watchers.SOON,
        () -> watchers.get(watchers.leader()).standing().lost().contains(lost));
    Await.pause(Duration.ofSeconds(2));
    assertThat(Watchers.notes(watchers.get(lost))).as("that was said of an earlier one").isEmpty();
  }

  @Test
  void whoWasAloneKeepsItsJournalWhenOthersAreAdded() throws Exception {
    try (Journal alone =
        RatisJournal.open(
            JournalSettings.alone("b", watchers.directory("b")).withCommitDeadline(Watchers.SOON),
            InstantSource.system(),
            Ticker.system(),
            why -> {})) {
      alone.append(OneOfEach.entries()).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
    watchers.startAll(); // b is not the one that would begin a journal
    for (String name : Watchers.NAMES) {
      Await.until(
          name + " has what b had",
          Watchers.SOON,
          () -> watchers.get(name).state().equals(OneOfEach.state()));
    }
  }

  @Test
  void whoIsUnfitDoesNotLeadAlthoughItWouldDoSoBest() throws Exception {
    watchers.startAll();
    Await.until("a leads", Watchers.SOON, () -> watchers.get("a").leads());
    Watchers.NAMES.forEach(name -> watchers.get(name).unfit(Set.of("a")));
    watchers.get("a").letLead("c");
    Await.until("c leads, and then b", Watchers.SOON, () -> watchers.get("b").leads());
    Await.pause(Duration.ofSeconds(6));
    assertThat(watchers.get("a").leads()).isFalse();
    Watchers.NAMES.forEach(name -> watchers.get(name).unfit(Set.of()));
    Await.until("a leads again", Watchers.SOON, () -> watchers.get("a").leads());
  }

  @Test
  void oneOfThemIsAskedByName() throws Exception {
    watchers.startAll();
    for (String name : Watchers.NAMES) {
      watchers
          .get(name)
          .onAsked(
              question ->
                  CompletableFuture.completedFuture(
                      (name + " heard " + new String(question, StandardCharsets.UTF_8))
                          .getBytes(StandardCharsets.UTF_8)));
    }
    assertThat(asked("a", "c")).isEqualTo("c heard hello");
    assertThat(asked("c", "b")).isEqualTo("b heard hello");
    watchers.stop("c");
    long began = System.nanoTime();
    assertThatThrownBy(() -> asked("a", "c")).isNotNull();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
  }

  private String asked(String by, String of) throws Exception {
    byte[] answer =
        watchers
            .get(by)
            .ask(of, "hello".getBytes(StandardCharsets.UTF_8), Duration.ofSeconds(2))
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    return new String(answer, StandardCharsets.UTF_8);
  }

  @Test
  void whoHasKeysOfAnotherOfficeIsNotHeard() throws Exception {
    Path forged = directory.resolve("forged");
    PeerKeys.make(forged, Map.of("a", "127.0.0.1", "b", "127.0.0.1", "c", "127.0.0.1"));
    watchers.start("a");
    watchers.start("b");
    watchers.start("c", forged);
    Await.pause(Duration.ofSeconds(4));
    assertThat(watchers.get("a").trouble()).contains("Not yet heard from: c.");
    assertThat(watchers.get("a").standing().members()).isEmpty();
    assertThat(watchers.get("c").standing().members()).isEmpty();
  }
}
