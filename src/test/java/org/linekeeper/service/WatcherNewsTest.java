package org.linekeeper.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linekeeper.journal.Journal;
import org.linekeeper.journal.JournalGroup;
import org.linekeeper.journal.JournalGroup.Seat;
import org.linekeeper.journal.NotCommitted;
import org.linekeeper.journal.PeerKeys;
import org.linekeeper.state.Entry;
import org.linekeeper.state.State;

/** What each watcher's page says of the watchers themselves. */
class WatcherNewsTest {
  private static final Instant MADE = Instant.now();

  @TempDir static Path keys;

  private final Journal journal = mock(Journal.class);
  private final List<String> told = new ArrayList<>();
  private Duration passed = Duration.ofMinutes(1);
  private final WatcherNews news =
      new WatcherNews(
          new JournalGroup(
              new Seat("a", "192.0.2.1", 7070, 1),
              List.of(new Seat("b", "192.0.2.2", 7070, 1), new Seat("c", "192.0.2.3", 7070, 1)),
              PeerKeys.of(keys.resolve("keys"), "a"),
              true,
              Optional.empty(),
              7070),
          journal,
          new Clocks(() -> MADE.plus(passed), () -> passed));

  @BeforeAll
  static void made() throws IOException {
    PeerKeys.make(keys.resolve("keys"), Map.of("a", "192.0.2.1"));
  }

  @BeforeEach
  void othersAreWell() {
    answers("b", card("b", "1.0", "files", Duration.ZERO));
    answers("c", card("c", "1.0", "files", Duration.ZERO));
    doAnswer(
            call -> {
              List<Entry> entries = call.getArgument(0);
              entries.forEach(entry -> told.add(entry.sentence()));
              return CompletableFuture.completedFuture(State.EMPTY);
            })
        .when(journal)
        .append(any());
  }

  private void answers(String watcher, WatcherCard card) {
    when(journal.ask(eq(watcher), any(), any()))
        .thenReturn(CompletableFuture.completedFuture(card.written()));
  }

  private WatcherCard card(String name, String release, String files, Duration ahead) {
    return new WatcherCard(
        name, release, "kernel of " + name, MADE.plus(passed).plus(ahead), files, List.of());
  }

  private List<String> look() {
    news.look(card("a", "1.0", "files", Duration.ZERO));
    return news.notices();
  }

  @Test
  void nothingWhileAllAreAlike() {
    assertThat(look()).isEmpty();
    assertThat(told).isEmpty();
  }

  @Test
  void whatIsTheMatterAtAnotherOneAndInWhatTheyDifferUntilItIsOver() {
    answers(
        "b",
        new WatcherCard(
            "b",
            "1.0",
            "k",
            MADE.plus(passed),
            "files",
            List.of("primary's host cannot take the floating address")));
    answers("c", card("c", "0.9", "other", Duration.ofSeconds(-7)));
    assertThat(look())
        .containsExactly(
            "b says: primary's host cannot take the floating address",
            "c runs another release: 0.9.",
            "The files of c say something else than those here.",
            "The clock of c is 7 s behind: set it by NTP.");
    othersAreWell();
    assertThat(look()).isEmpty();
    assertThat(told).as("each says so itself").isEmpty();
  }

  @Test
  void anAnswerThatIsNoCardComesFromAnotherRelease() {
    for (String other : List.of("{\"done\":false,\"said\":\"unknown\"}", "[]", "")) {
      when(journal.ask(eq("b"), any(), any()))
          .thenReturn(CompletableFuture.completedFuture(other.getBytes(StandardCharsets.UTF_8)));
      assertThat(look()).containsExactly("b runs another release.");
    }
  }

  @Test
  void ofOneThatDoesNotAnswerNothingOldIsSaid() {
    answers("c", card("c", "0.9", "files", Duration.ZERO));
    assertThat(look()).hasSize(1);
    when(journal.ask(eq("c"), any(), any()))
        .thenReturn(CompletableFuture.failedFuture(new TimeoutException()));
    assertThat(look()).isEmpty();
  }

  @Test
  void thatItsOwnKeyEndsSoonIsAnAlarmOnceAndAgainThreeDaysBefore() {
    look();
    passed = Duration.ofDays(7300 - 20);
    othersAreWell();
    assertThat(look()).singleElement().asString().startsWith("the certificate ends on ");
    passed = passed.plusDays(1);
    othersAreWell();
    look();
    assertThat(told)
        .singleElement()
        .asString()
        .startsWith("a's key: the certificate ends on ")
        .contains("linekeeper keys");
    passed = Duration.ofDays(7300 - 2);
    look();
    assertThat(told).hasSize(2).last().asString().contains("within three days");
  }

  @Test
  void anAlarmThatWasNotWrittenIsWrittenLater() {
    passed = Duration.ofDays(7300 - 20);
    othersAreWell();
    doReturn(CompletableFuture.failedFuture(new NotCommitted("no leader", null)))
        .when(journal)
        .append(any());
    look();
    othersAreWell();
    look();
    assertThat(told).hasSize(1);
  }
}
