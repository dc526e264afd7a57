package org.linekeeper.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When one that leads may begin something. */
class RightToActTest {
  private static Duration at(long millis) {
    return Duration.ofMillis(millis);
  }

  @Test
  void whoDoesNotLeadMayNot() {
    assertThat(RightToAct.NONE.holds(at(0))).isFalse();
    assertThat(RightToAct.NONE.confirmed(3, at(5)).holds(at(6))).isFalse();
  }

  @Test
  void aNewLeaderWaitsUntilTheOneBeforeMayNotAnyMore() {
    RightToAct right = RightToAct.NONE.leading(3, at(500)).confirmed(3, at(1_400));
    assertThat(right.holds(at(1_509))).isFalse();
    assertThat(right.holds(at(1_510))).isTrue();
  }

  @Test
  void itHoldsForASecondAfterItWasAskedAndNotAfterItWasAnswered() {
    RightToAct right = RightToAct.NONE.leading(3, at(0)).confirmed(3, at(2_000));
    assertThat(right.holds(at(2_999))).isTrue();
    assertThat(right.holds(at(3_000))).isFalse();
    assertThat(right.confirmed(3, at(1_000)).holds(at(2_999)))
        .as("an older answer takes nothing away")
        .isTrue();
  }

  @Test
  void whatWasAskedInAnotherTermSaysNothing() {
    RightToAct right = RightToAct.NONE.leading(3, at(0)).leading(5, at(2_000));
    assertThat(right.confirmed(3, at(3_500)).holds(at(3_600))).isFalse();
    assertThat(right.confirmed(5, at(3_500)).holds(at(3_600))).isTrue();
  }

  @Test
  void toLeadStillIsNothingNew() {
    RightToAct right = RightToAct.NONE.leading(3, at(0)).confirmed(3, at(2_000));
    assertThat(right.leading(3, at(2_100))).isEqualTo(right);
  }
}
