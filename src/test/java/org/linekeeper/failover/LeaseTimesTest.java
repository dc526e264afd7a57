package org.linekeeper.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeaseTimesTest {
  /**
   * In an upgrade watchers of two releases run together, and one counts how long the kernel beside
   * another one holds the address. A release that is to have other times has to write them into the
   * lease first, and to go by what stands there.
   */
  @Test
  void everyReleaseCountsAlike() {
    assertThat(LeaseTimes.SHIPPED)
        .isEqualTo(
            new LeaseTimes(
                Duration.ofMillis(230),
                Duration.ofSeconds(1),
                Duration.ofMillis(50),
                Duration.ofSeconds(1),
                0.01));
    assertThat(LeaseTimes.SHIPPED.tenure()).isEqualTo(Duration.ofNanos(1_060_500_000));
  }
}
