package org.linekeeper.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** A busy afternoon at an office whose PBX takes so many calls and no more. */
class CallLimitTest {
  private static CallLimit up(int calls, int limit) {
    return new CallLimit(calls, OptionalInt.of(limit));
  }

  @Test
  void aPlaceThatHasJustBecomeFreeDoesNotHideThatCallsAreTurnedAway() {
    assertThat(up(20, 20).turnsCallsAway()).isTrue();
    assertThat(up(18, 20).turnsCallsAway()).isTrue();
    assertThat(up(18, 20).reached()).isFalse();
    assertThat(up(17, 20).turnsCallsAway()).isFalse();
  }

  @Test
  void aSmallLimitIsReachedWhenItIs() {
    assertThat(up(4, 5).turnsCallsAway()).isFalse();
    assertThat(up(5, 5).turnsCallsAway()).isTrue();
  }

  @Test
  void withoutALimitNothingIsTurnedAway() {
    assertThat(new CallLimit(500, OptionalInt.empty()).turnsCallsAway()).isFalse();
  }
}
