package org.linekeeper.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A family that cannot be read is tried less and less often, and others as ever. */
class PatienceTest {
  private final Patience patience = new Patience(Duration.ofSeconds(2));

  @Test
  void aFailureIsWaitedAfterLongerEachTimeAndForAMinuteAtMost() {
    assertThat(patience.allows(seconds(0))).isTrue();

    patience.ended(false, seconds(0));
    assertThat(patience.allows(seconds(3))).isFalse();
    assertThat(patience.allows(seconds(4))).isTrue();

    patience.ended(false, seconds(4));
    assertThat(patience.allows(seconds(11))).isFalse();
    assertThat(patience.allows(seconds(12))).isTrue();

    for (int i = 0; i < 20; i++) {
      patience.ended(false, seconds(100));
    }
    assertThat(patience.allows(seconds(159))).isFalse();
    assertThat(patience.allows(seconds(160))).isTrue();
  }

  @Test
  void aPbxThatIsBackIsTriedAtOnce() {
    patience.ended(false, seconds(0));
    patience.forget();

    assertThat(patience.allows(seconds(0))).isTrue();
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }
}
