package org.linekeeper.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class TickerTest {
  @Test
  void theSystemTickerMovesForwardsAndMeasuresRealTime() {
    Ticker ticker = Ticker.system();
    Duration before = ticker.now();
    LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    assertThat(ticker.since(before)).isPositive().isLessThan(Duration.ofMinutes(1));
    assertThat(before).isLessThan(Duration.ofMinutes(1)).isGreaterThanOrEqualTo(Duration.ZERO);
  }

  @Test
  void aHandMovedTickerTellsHowLongSomethingTook() {
    Duration[] now = {Duration.ofSeconds(10)};
    Ticker ticker = () -> now[0];
    Duration dialled = ticker.now();
    now[0] = Duration.ofMillis(10_250);
    assertThat(ticker.since(dialled)).isEqualTo(Duration.ofMillis(250));
  }
}
