package org.linekeeper.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linekeeper.check.CheckResult;
import org.linekeeper.check.CheckResult.Level;
import org.linekeeper.journal.Journal;
import org.linekeeper.journal.JournalGroup;
import org.linekeeper.journal.JournalSettings;
import org.linekeeper.journal.PeerKeys;
import org.linekeeper.journal.RatisJournal;
import org.linekeeper.lab.Await;
import org.linekeeper.time.Ticker;

/** {@code check} of a watcher that does not run itself, beside two that do. */
class WatcherChecksTest {
  private static final List<String> NAMES = List.of("a", "b", "c");

  @TempDir static Path directory;
  private static Path keys;
  private static final Map<String, JournalGroup.Seat> SEATS = new LinkedHashMap<>();
  private static final Map<String, Journal> RUNNING = new HashMap<>();
  private static final Map<String, WatcherCard> CARDS = new ConcurrentHashMap<>();
  private static volatile Duration late = Duration.ZERO;

  /** Passes by what an answer is said to take, however busy this machine is. */
  private static final AtomicReference<Duration> CLOCK = new AtomicReference<>(Duration.ZERO);

  @BeforeAll
  static void threeOfWhomOneIsStoppedAgain() throws IOException {
    keys = directory.resolve("keys");
    Map<String, String> hosts = new LinkedHashMap<>();
    for (String name : NAMES) {
      hosts.put(name, "127.0.0.1");
      try (ServerSocket free = new ServerSocket(0)) {
        SEATS.put(name, new JournalGroup.Seat(name, "127.0.0.1", free.getLocalPort(), 1));
      }
    }
    PeerKeys.make(keys, hosts);
    NAMES.forEach(WatcherChecksTest::start);
    Await.until(
        "all belong",
        Duration.ofSeconds(30),
        () -> RUNNING.values().stream().allMatch(j -> j.standing().members().equals(NAMES)));
    Objects.requireNonNull(RUNNING.remove("a")).close();
  }

  private static void start(String name) {
    Journal journal =
        RatisJournal.open(
            JournalSettings.alone(name, directory.resolve(name)).with(group(name, keys)),
            InstantSource.system(),
            Ticker.system(),
            why -> {});
    journal.onAsked(
        question -> {
          CLOCK.updateAndGet(now -> now.plus(late));
          return CompletableFuture.completedFuture(
              Objects.requireNonNull(CARDS.get(name)).written());
        });
    RUNNING.put(name, journal);
  }

  private static JournalGroup group(String name, Path from) {
    List<JournalGroup.Seat> others = new ArrayList<>(SEATS.values());
    others.removeIf(seat -> seat.watcher().equals(name));
    JournalGroup.Seat here = Objects.requireNonNull(SEATS.get(name));
    return new JournalGroup(
        here,
        others,
        PeerKeys.of(from, name),
        name.equals("a"),
        Optional.of(here.host()),
        here.port());
  }

  @AfterAll
  static void stop() {
    RUNNING.values().parallelStream().forEach(Journal::close);
  }

  @BeforeEach
  void allIsWell() {
    late = Duration.ZERO;
    NAMES.forEach(name -> CARDS.put(name, card(name, "kernel of " + name)));
  }

  private static WatcherCard card(String name, String machine) {
    return new WatcherCard(name, "1.0", machine, Instant.now(), "files", List.of());
  }

  private static List<CheckResult> look(Path from) {
    return WatcherChecks.look(
        group("a", from), card("a", "kernel of a"), new Clocks(InstantSource.system(), CLOCK::get));
  }

  private static List<CheckResult> about(String watcher) {
    return look(keys).stream().filter(each -> each.what().equals("watcher " + watcher)).toList();
  }

  private static CheckResult bad(String watcher) {
    List<CheckResult> bad =
        about(watcher).stream().filter(each -> each.level() != Level.OK).toList();
    assertThat(bad).hasSize(1);
    return bad.get(0);
  }

  @Test
  void twoThatAreAsTheyShouldBe() {
    for (String other : List.of("b", "c")) {
      assertThat(about(other)).hasSize(5).allMatch(each -> each.level() == Level.OK);
      assertThat(about(other))
          .anyMatch(each -> each.said().matches("answers at 127.0.0.1:[0-9]+ within [0-9]+ ms"));
    }
    assertThat(look(keys))
        .filteredOn(each -> each.what().equals("watchers"))
        .hasSize(3)
        .allMatch(
            each -> each.level() == Level.WARNING && each.said().contains("have one address"));
  }

  @Test
  void oneThatRunsAnotherReleaseWithOtherFiles() {
    CARDS.put("b", new WatcherCard("b", "0.9", "k", Instant.now(), "other", List.of()));
    assertThat(about("b"))
        .filteredOn(each -> each.level() == Level.WARNING)
        .hasSize(2)
        .anyMatch(each -> each.said().equals("runs another release: 0.9, and here 1.0"))
        .anyMatch(each -> each.said().contains("settings say something else"));
  }

  @Test
  void oneWhoseClockIsWrong() {
    CARDS.put(
        "c", new WatcherCard("c", "1.0", "k", Instant.now().minusSeconds(60), "files", List.of()));
    assertThat(bad("c").said()).containsPattern("its clock is (60|61) s behind");
    assertThat(bad("c").remedy()).contains("NTP");
  }

  @Test
  void oneThatIsFarAway() {
    late = Duration.ofMillis(150);
    assertThat(bad("b").level()).isEqualTo(Level.WARNING);
    assertThat(bad("b").said()).contains("each decision");
  }

  @Test
  void oneThatIsSomebodyElse() {
    CARDS.put("b", card("c", "k"));
    assertThat(bad("b").level()).isEqualTo(Level.FAILURE);
    assertThat(bad("b").said()).contains("is called c");
  }

  @Test
  void oneOnTheSameKernelAndOneThatSaysItIsInTrouble() {
    CARDS.put("b", card("b", "kernel of a"));
    CARDS.put(
        "c",
        new WatcherCard("c", "1.0", "k", Instant.now(), "files", List.of("its host cannot take")));
    assertThat(look(keys)).anyMatch(each -> each.said().startsWith("a and b run on one kernel"));
    assertThat(bad("c").said()).isEqualTo("it says: its host cannot take");
  }

  @Test
  void oneThatIsNotThere() {
    Objects.requireNonNull(RUNNING.remove("c")).close();
    try {
      assertThat(bad("c").level()).isEqualTo(Level.FAILURE);
      assertThat(bad("c").said()).contains("does not answer at", "does not count");
      assertThat(bad("c").remedy()).contains("both ways");
    } finally {
      start("c");
    }
    Await.until("it is back", Duration.ofSeconds(30), () -> about("c").get(0).level() == Level.OK);
  }

  @Test
  void withKeysOfAnotherAuthorityNobodyIsBelieved(@TempDir Path other) throws IOException {
    PeerKeys.make(other.resolve("keys"), Map.of("a", "127.0.0.1"));
    assertThat(look(other.resolve("keys")))
        .filteredOn(each -> each.what().equals("watcher b"))
        .singleElement()
        .matches(each -> each.level() == Level.FAILURE)
        .matches(each -> each.said().contains("our authority has not signed its certificate"));
  }

  @Test
  void aKeyThatTheOthersDoNotBelieveIsSaid(@TempDir Path other) throws IOException {
    Path mixed = other.resolve("keys");
    PeerKeys.make(mixed, Map.of("a", "127.0.0.1"));
    Files.copy(
        keys.resolve("authority.pem"),
        mixed.resolve("authority.pem"),
        StandardCopyOption.REPLACE_EXISTING);
    assertThat(look(mixed))
        .anyMatch(each -> each.said().contains("has not signed"))
        .anyMatch(each -> each.said().startsWith("not asked"));
  }
}
