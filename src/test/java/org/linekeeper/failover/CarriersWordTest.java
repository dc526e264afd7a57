package org.linekeeper.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.linekeeper.estate.Offices;
import org.linekeeper.state.Entry;
import org.linekeeper.state.OriginationUrl;
import org.linekeeper.state.State;
import org.linekeeper.verdict.Capacity;
import org.linekeeper.verdict.Verdict;

/**
 * Calls that the carrier could not deliver although all is well: is the way cut, or was it full?
 */
class CarriersWordTest {
  private static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");
  private static final Duration CLOCK = Duration.ofHours(10);
  private static final OriginationUrl PRIMARY =
      new OriginationUrl(Offices.PRIMARY_ROW, "sip:192.0.2.1", 10, 10, true);
  private static final OriginationUrl STANDBY =
      new OriginationUrl(Offices.STANDBY_ROW, "sip:192.0.2.2", 20, 10, true);
  private static final OriginationUrl ELSEWHERE =
      new OriginationUrl(
          "OU00000000000000000000000000000009", "sip:answers.example.com", 30, 10, true);

  private List<OriginationUrl> rows = List.of(PRIMARY, STANDBY);
  private Verdict.Kind primary = Verdict.Kind.HEALTHY;

  @Test
  void callsThatFailWhileThereIsRoomMeanThatTheWayIsCut() {
    assertThat(asks(seen(null, 1), 120, 90)).isTrue();
    assertThat(asks(Capacity.UNKNOWN, 120, 90)).as("nobody sees its limit").isTrue();
  }

  @Test
  void callsThatGotInSinceMeanThatTheOthersWereAHiccup() {
    assertThat(asks(seen(null, 1), NOW.minusSeconds(30), 120, 90)).isFalse();
    assertThat(asks(seen(null, 1), NOW.minusSeconds(100), 120, 90)).as("one since").isFalse();
    assertThat(asks(seen(null, 1), NOW.minusSeconds(300), 120, 90)).isTrue();
  }

  @Test
  void whatAnAnsweringServiceTakesIsNoCallThatGotIn() {
    rows = List.of(PRIMARY, STANDBY, ELSEWHERE);
    assertThat(asks(seen(null, 1), NOW.minusSeconds(30), 120, 90)).isTrue();
    rows = List.of(PRIMARY, STANDBY, off(ELSEWHERE));
    assertThat(asks(seen(null, 1), NOW.minusSeconds(30), 120, 90)).isFalse();
    rows = List.of();
    assertThat(asks(seen(null, 1), NOW.minusSeconds(30), 120, 90)).as("not read").isTrue();
  }

  @Test
  void callsThatTheOtherPbxTookDoNotSpeakForTheOneThatIsNotSeen() {
    primary = Verdict.Kind.WATCHER_PATH_LOST;
    assertThat(asks(seen(null, 1), NOW.minusSeconds(30), 120, 90)).isTrue();
  }

  @Test
  void oneCallOrCallsOnOneOfTwoWaysMeanNothing() {
    assertThat(asks(seen(null, 1), 90)).isFalse();
    List<Undelivered> atOne =
        Stream.of(120, 90, 60)
            .map(ago -> new Undelivered(NOW.minusSeconds(ago), Set.of(Offices.PRIMARY_ROW)))
            .toList();
    assertThat(asks(seen(null, 1), atOne)).isFalse();
  }

  @Test
  void aPbxThatWasFullMeanwhileTurnedThemAway() {
    assertThat(asks(seen(60, 1), 120, 90)).isFalse();
    assertThat(asks(seen(95, 1), 120, 90)).as("clocks differ by some seconds").isFalse();
  }

  @Test
  void whatFailsLongAfterItWasFullIsAnotherMatter() {
    assertThat(asks(seen(240, 1), 120, 90)).isTrue();
  }

  @Test
  void whoHasNotLookedAtItsLimitSinceDoesNotAskYet() {
    assertThat(asks(seen(null, 4), 9, 8)).isFalse();
    assertThat(asks(seen(null, 4), 19, 18)).isTrue();
  }

  private static OriginationUrl off(OriginationUrl row) {
    return new OriginationUrl(row.sid(), row.sipUrl(), row.priority(), row.weight(), false);
  }

  /**
   * @param full seconds ago; null for never
   * @param room seconds ago
   */
  private static Capacity seen(Integer full, int room) {
    return new Capacity(
        Optional.ofNullable(full).map(CLOCK::minusSeconds), Optional.of(CLOCK.minusSeconds(room)));
  }

  private boolean asks(Capacity capacity, long... failedSecondsAgo) {
    return asks(capacity, null, failedSecondsAgo);
  }

  private boolean asks(Capacity capacity, Instant delivered, long... failedSecondsAgo) {
    return asks(
        capacity,
        Optional.ofNullable(delivered),
        Arrays.stream(failedSecondsAgo)
            .mapToObj(NOW::minusSeconds)
            .flatMap(
                at ->
                    Stream.of(Offices.PRIMARY_ROW, Offices.STANDBY_ROW)
                        .map(row -> new Undelivered(at, Set.of(row))))
            .toList());
  }

  private boolean asks(Capacity capacity, List<Undelivered> failed) {
    return asks(capacity, Optional.empty(), failed);
  }

  private boolean asks(Capacity capacity, Optional<Instant> delivered, List<Undelivered> failed) {
    State state =
        State.evolve(
            State.EMPTY,
            new Entry.SettingsAccepted(
                NOW.minusSeconds(7_200), "w1", "hash", Offices.accountants()));
    Duration since = CLOCK.minusHours(1);
    Picture picture =
        new Picture(
            state,
            Map.of(
                Offices.PRIMARY,
                new Verdict(Offices.PRIMARY, primary, "answers", since),
                Offices.STANDBY,
                new Verdict(Offices.STANDBY, Verdict.Kind.HEALTHY, "answers", since)),
            new CarrierSight(true, rows, failed, delivered),
            NOW,
            CLOCK,
            Set.of(),
            Map.of(Offices.PRIMARY, capacity),
            List.of(),
            Set.of());
    return Decider.decide(picture).permission() == Decision.Permission.ASK;
  }
}
