package org.linekeeper.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.Offices;
import org.linekeeper.estate.PbxId;
import org.linekeeper.state.Entry;
import org.linekeeper.state.Epoch;
import org.linekeeper.state.OriginationUrl;
import org.linekeeper.state.Outcome;
import org.linekeeper.state.Plan;
import org.linekeeper.state.State;
import org.linekeeper.state.Step;

class OriginationTest {
  private static final Instant NOW = Instant.parse("2026-11-23T03:12:00Z");
  private static final OriginationUrl FIRST =
      new OriginationUrl(Offices.PRIMARY_ROW, "sip:pbx1.example.com", 10, 1, true);
  private static final OriginationUrl SECOND =
      new OriginationUrl(Offices.STANDBY_ROW, "sip:pbx2.example.com", 20, 1, true);

  private final Estate estate = Offices.accountants();
  private State state =
      State.evolve(State.EMPTY, new Entry.SettingsAccepted(NOW, "w1", "h", estate));

  @Test
  void nothingMovesWhileTheRightPbxIsFirst() {
    assertThat(steps(List.of(FIRST, SECOND), Offices.PRIMARY)).isEmpty();
  }

  @Test
  void oneRequestMakesTheStandbyFirst() {
    assertThat(steps(List.of(FIRST, SECOND), Offices.STANDBY))
        .containsExactly(move(SECOND, SECOND.withPriority(9)));
  }

  @Test
  void failbackPutsTheRowBackExactlyAsItWasFound() {
    OriginationUrl moved = SECOND.withPriority(9);
    carriedOut(move(SECOND, moved));
    assertThat(steps(List.of(FIRST, moved), Offices.PRIMARY)).containsExactly(move(moved, SECOND));
    carriedOut(move(moved, SECOND));
    assertThat(state.rows()).as("Linekeeper's business no more").isEmpty();
  }

  @Test
  void aRowThatIsRightAlreadyButNotKnownToBeIsSettled() {
    OriginationUrl moved = SECOND.withPriority(9);
    endsIn(Outcome.unknown("no answer"), move(SECOND, moved));
    assertThat(steps(List.of(FIRST, moved), Offices.STANDBY)).containsExactly(move(moved, moved));
    carriedOut(move(moved, moved));
    assertThat(steps(List.of(FIRST, moved), Offices.STANDBY)).isEmpty();
    assertThat(state.rows().get(SECOND.sid()).asFound()).isEqualTo(SECOND);
  }

  @Test
  void aRowBeforeWhichThereIsNoRoomMakesWay() {
    OriginationUrl zero = FIRST.withPriority(0);
    assertThat(steps(List.of(zero, SECOND), Offices.STANDBY))
        .containsExactly(move(SECOND, SECOND.withPriority(0)), move(zero, zero.withPriority(100)));
  }

  @Test
  void aDisabledRowIsEnabledWhenItsPbxServes() {
    OriginationUrl off = new OriginationUrl(SECOND.sid(), SECOND.sipUrl(), 5, 7, false);
    assertThat(steps(List.of(FIRST, off), Offices.STANDBY))
        .containsExactly(move(off, new OriginationUrl(off.sid(), off.sipUrl(), 5, 7, true)));
  }

  @Test
  void equalPrioritiesAreNotFirst() {
    assertThat(steps(List.of(FIRST, SECOND.withPriority(10)), Offices.STANDBY))
        .containsExactly(move(SECOND.withPriority(10), SECOND.withPriority(9)));
  }

  @Test
  void aPbxWithoutARowIsReachedSomeOtherWay() {
    assertThat(steps(List.of(FIRST), Offices.STANDBY)).isEmpty();
  }

  private List<Step> steps(List<OriginationUrl> rows, PbxId serving) {
    return Origination.steps(state, estate, rows, serving);
  }

  private Step move(OriginationUrl before, OriginationUrl want) {
    return new Step.MoveOrigination(estate.trunk().sid(), before, want);
  }

  private void carriedOut(Step step) {
    endsIn(Outcome.applied("done"), step);
  }

  private void endsIn(Outcome outcome, Step step) {
    Plan plan =
        new Plan(
            "p",
            Epoch.NONE,
            Plan.Kind.REDIRECT,
            "why",
            NOW,
            Optional.empty(),
            Optional.empty(),
            List.of(step));
    state = State.evolve(state, new Entry.Intended(NOW, plan));
    state = State.evolve(state, Entry.Done.of(NOW, "p", Map.of(0, outcome)));
  }
}
