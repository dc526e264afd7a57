package org.linekeeper.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The AMI password was changed while the session is up: each new login is denied. */
class RestTest {
  private final Rest rest = new Rest(Duration.ofMinutes(5), Duration.ofMinutes(30));

  @Test
  void whoIsLetInMayAskAgainAtOnce() {
    assertThat(rest.over(Duration.ZERO)).isTrue();
    rest.answered(false, Duration.ZERO);
    assertThat(rest.over(Duration.ZERO)).isTrue();
  }

  @Test
  void aDayOfDenialsIsNeverThreeInTenMinutes() {
    Duration twoBefore = Duration.ofDays(-1);
    Duration before = Duration.ofDays(-1);
    int asked = 0;
    for (Duration now = Duration.ZERO;
        now.compareTo(Duration.ofDays(1)) < 0;
        now = now.plusSeconds(30)) {
      if (rest.over(now)) {
        rest.answered(true, now);
        assertThat(now.minus(twoBefore)).isGreaterThan(Duration.ofMinutes(10));
        twoBefore = before;
        before = now;
        asked++;
      }
    }
    assertThat(asked).as("every half hour in the end").isBetween(45, 52);
  }

  @Test
  void onceItIsLetInItBeginsAnew() {
    rest.answered(true, Duration.ZERO);
    rest.answered(true, Duration.ofMinutes(5));
    rest.answered(false, Duration.ofMinutes(15));
    rest.answered(true, Duration.ofMinutes(16));
    assertThat(rest.over(Duration.ofMinutes(20))).isFalse();
    assertThat(rest.over(Duration.ofMinutes(21))).isTrue();
  }
}
