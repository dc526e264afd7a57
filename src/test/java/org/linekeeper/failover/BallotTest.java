package org.linekeeper.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.linekeeper.actuator.PbxControl;
import org.linekeeper.actuator.Surroundings;
import org.linekeeper.carrier.Carrier;
import org.linekeeper.estate.Offices;
import org.linekeeper.estate.Rules;
import org.linekeeper.journal.Journal;
import org.linekeeper.journal.Standing;
import org.linekeeper.verdict.Verdict.Kind;

/** Whom the watcher asks, how often, and which answer counts. */
class BallotTest {
  private static final Instant START = Instant.parse("2026-11-30T12:00:00Z");

  private record Question(Duration asked, CompletableFuture<Vote> answer) {}

  private final List<Question> questions = new ArrayList<>();
  private final Scene scene =
      new Scene(
          Scene.Phones.PRIMARY,
          Kind.HEALTHY,
          Kind.HEALTHY,
          Duration.ofSeconds(1),
          Scene.Failover.NONE,
          true,
          false,
          Rules.Mode.AUTOMATIC,
          false,
          true);
  private final Duration start = scene.picture().clock();
  private Duration now = start;
  private boolean quiet = true;
  private final Clockwork clockwork = mock(Clockwork.class);
  private final Journal journal = mock(Journal.class);
  private final Others others =
      new Others() {
        @Override
        public List<String> names() {
          return List.of("w2");
        }

        @Override
        public CompletionStage<Vote> look(String watcher, Duration asked, Duration deadline) {
          Question question = new Question(asked, new CompletableFuture<>());
          questions.add(question);
          return question.answer;
        }
      };
  private final Ballot ballot =
      new Ballot(
          new Core(
              "w1",
              journal,
              mock(PbxControl.class),
              mock(Carrier.class),
              Surroundings.NONE,
              mock(ExecutorService.class),
              mock(ExecutorService.class),
              () -> START.plus(now),
              () -> now,
              () -> "id",
              others),
          new ControlThread(clockwork));

  @BeforeEach
  void tasksRunAtOnce() {
    belong("w1", "w2");
    doAnswer(
            call -> {
              call.getArgument(0, Runnable.class).run();
              return null;
            })
        .when(clockwork)
        .soon(any());
  }

  @Test
  void whileAllIsWellTheyAreAskedNowAndThen() {
    quiet = false;
    after(0);
    answer(0, Kind.HEALTHY);
    after(1_990);
    assertThat(questions).hasSize(1);
    after(10);
    assertThat(questions).hasSize(2);
    assertThat(ballot.votes()).extracting(Vote::sight).containsExactly(Vote.Sight.ASKED);
    assertThat(ballot.said()).extracting(Vote::carrier).containsExactly(true);
  }

  @Test
  void whoDoesNotBelongAnyMoreIsNotWaitedFor() {
    assertThat(ballot.votes()).hasSize(1);
    belong("w1");
    after(500);
    assertThat(ballot.votes()).isEmpty();
    assertThat(questions).isEmpty();
  }

  @Test
  void whatWasSaidBeforeAnotherOneLedCountsForNothing() {
    after(0);
    answer(0, Kind.HEALTHY);
    now = now.plusSeconds(3_600);
    ballot.rest();
    assertThat(ballot.votes()).containsExactly(Vote.unheard("w2", now));
    assertThat(ballot.said()).isEmpty();
  }

  private void belong(String... members) {
    when(journal.standing())
        .thenReturn(
            new Standing(true, Optional.empty(), List.of(members), Set.of(), Set.of(), List.of()));
  }

  @Test
  void anAnswerIsFollowedByTheNextQuestion() {
    after(0);
    answer(0, Kind.HEALTHY);
    after(30);
    assertThat(questions).hasSize(1);
    after(10);
    assertThat(questions).hasSize(2);
  }

  @Test
  void whatMayBeLostIsAskedAnew() {
    after(0);
    after(140);
    assertThat(questions).hasSize(1);
    after(10);
    assertThat(questions).hasSize(2);
    answer(1, Kind.HUNG);
    assertThat(ballot.votes())
        .singleElement()
        .satisfies(vote -> assertThat(vote.kind(Offices.PRIMARY)).contains(Kind.HUNG));
  }

  /** Four questions are open at most: each is given up after half a second. */
  @Test
  void questionsDoNotPileUp() {
    for (int i = 0; i < 1_000; i++) {
      after(10);
      questions.stream()
          .filter(question -> now.minus(question.asked).compareTo(Duration.ofMillis(500)) >= 0)
          .forEach(BallotTest::giveUp);
      assertThat(questions.stream().filter(question -> !question.answer.isDone()).count())
          .isLessThanOrEqualTo(4);
    }
    assertThat(questions).hasSizeBetween(60, 70);
  }

  @Test
  void forHalfASecondOneMayStillAnswer() {
    after(0);
    after(490);
    assertThat(ballot.votes()).containsExactly(Vote.asked("w2", start));
    after(10);
    assertThat(questions).as("asked anew meanwhile").hasSizeGreaterThan(1);
    assertThat(ballot.votes()).containsExactly(Vote.unheard("w2", start));
  }

  @Test
  void whoAnswersInWordsOfAnotherReleaseIsThere() {
    after(10);
    Question asked = questions.get(0);
    asked.answer.complete(Vote.notUnderstood("w2", asked.asked));
    assertThat(ballot.votes()).containsExactly(Vote.notUnderstood("w2", start.plusMillis(10)));
    now = now.plusMillis(1_001);
    assertThat(ballot.votes()).containsExactly(Vote.unheard("w2", start.plusMillis(10)));
  }

  @Test
  void anAnswerThatIsOvertakenDoesNotCount() {
    after(0);
    after(150);
    answer(1, Kind.HUNG);
    answer(0, Kind.HEALTHY);
    assertThat(ballot.votes())
        .singleElement()
        .satisfies(vote -> assertThat(vote.kind(Offices.PRIMARY)).contains(Kind.HUNG));
  }

  @Test
  void whoHasNotAnsweredLatelyIsUnheardSinceItSawSomething() {
    assertThat(ballot.votes()).containsExactly(Vote.unheard("w2", start));
    after(10);
    answer(0, Kind.HUNG);
    assertThat(ballot.votes()).extracting(Vote::sight).containsExactly(Vote.Sight.SEES);
    now = now.plusMillis(1_001);
    assertThat(ballot.votes()).containsExactly(Vote.unheard("w2", start.plusMillis(10)));
    after(0);
    answer(1, Vote.Sight.CUT_OFF, Kind.HUNG);
    assertThat(ballot.votes())
        .singleElement()
        .satisfies(vote -> assertThat(vote.sight()).isEqualTo(Vote.Sight.CUT_OFF))
        .satisfies(vote -> assertThat(vote.at()).isEqualTo(start.plusMillis(10)));
  }

  private void after(long millis) {
    now = now.plusMillis(millis);
    Picture picture = scene.picture();
    ballot.turn(
        new Picture(
            picture.state(),
            picture.verdicts(),
            picture.carrier(),
            picture.now(),
            now,
            quiet ? Set.of(Offices.PRIMARY) : Set.of(),
            Map.of(),
            ballot.votes(),
            Set.of()));
  }

  private void answer(int question, Kind primary) {
    answer(question, Vote.Sight.SEES, primary);
  }

  private void answer(int question, Vote.Sight sight, Kind primary) {
    Question asked = questions.get(question);
    asked.answer.complete(
        new Vote("w2", Map.of(Offices.PRIMARY, primary), Map.of(), sight, true, asked.asked));
  }

  private static void giveUp(Question question) {
    question.answer.completeExceptionally(new CompletionException("no answer", null));
  }
}
