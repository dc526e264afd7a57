package org.linekeeper.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.linekeeper.verdict.Observation.Probe;
import org.linekeeper.verdict.Observation.Seen;

/** Whether calls were turned away because the PBX was full, now or a while ago. */
class CapacityTest extends BadDay {
  @Test
  void bothAreKnownAsSoonAsItWasLookedAt() {
    healthyFor(1_000);
    assertThat(capacity()).isEqualTo(Capacity.UNKNOWN);
    saw(Probe.CALL_LIMIT, Seen.FAILED, 2);
    healthyFor(5_000);
    saw(Probe.CALL_LIMIT, Seen.ANSWERED, 2);
    assertThat(capacity()).isEqualTo(new Capacity(at(1_000), at(6_000)));
  }

  @Test
  void roomThatWasSeenLongAgoIsNoneOfNow() {
    healthyFor(100);
    saw(Probe.CALL_LIMIT, Seen.ANSWERED, 2);
    healthyFor(20_000);
    assertThat(capacity().roomAt()).isEqualTo(at(100));
    healthyFor(100);
    assertThat(capacity().roomAt()).isEmpty();
  }

  @Test
  void aNewSessionBeginsWithWhatWasKnownBefore() {
    healthyFor(1_000);
    saw(Probe.CALL_LIMIT, Seen.FAILED, 2);
    healthyFor(5_000);
    saw(Probe.CALL_LIMIT, Seen.ANSWERED, 2);
    Capacity before = capacity();
    saw(Probe.AMI_SESSION, Seen.CLOSED, 0);
    saw(Probe.AMI_SESSION, Seen.ANSWERED, 2);
    assertThat(capacity()).isEqualTo(Capacity.UNKNOWN);
    assertThat(capacity().after(before, Duration.ZERO)).isEqualTo(before);
    assertThat(capacity().after(before, Duration.ofMillis(6_000)))
        .isEqualTo(new Capacity(at(1_000), Optional.empty()));
  }

  private Capacity capacity() {
    return judge.capacity(Duration.ofMillis(now));
  }

  private static Optional<Duration> at(long millis) {
    return Optional.of(Duration.ofMillis(millis));
  }
}
