package org.linekeeper.gameday;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.linekeeper.gameday.Holders.Change;

class HoldersTest {
  private static final Instant NOW = at(10_000);

  @Test
  void oneAfterTheOtherIsNotBoth() {
    assertThat(
            Holders.both(
                List.of(has("one", 0), hasNot("other", 0), hasNot("one", 100), has("other", 101)),
                NOW))
        .isZero();
  }

  @Test
  void bothForAWhile() {
    assertThat(Holders.both(List.of(has("one", 0), has("other", 100), hasNot("one", 130)), NOW))
        .isEqualTo(Duration.ofMillis(30));
  }

  @Test
  void bothUntilNow() {
    assertThat(Holders.both(List.of(has("one", 0), has("other", 9_000)), NOW))
        .isEqualTo(Duration.ofSeconds(1));
  }

  private static Change has(String host, long millis) {
    return new Change(at(millis), host, true);
  }

  private static Change hasNot(String host, long millis) {
    return new Change(at(millis), host, false);
  }

  private static Instant at(long millis) {
    return Instant.EPOCH.plusMillis(millis);
  }
}
