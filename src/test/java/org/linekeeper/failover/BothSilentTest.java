package org.linekeeper.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.linekeeper.estate.Rules;
import org.linekeeper.verdict.Verdict;

/** The other PBX has not answered for a moment either, and has no verdict yet. */
class BothSilentTest {
  @Test
  void nothingMovesByItself() {
    Decision decision = bothSilent(Rules.Mode.AUTOMATIC);

    assertThat(decision.kind()).isEqualTo(Decision.Kind.HOLD);
    assertThat(decision.reason()).contains("standby has not answered for a moment either");
  }

  @Test
  void whatWaitsForAPersonGoesOnWaiting() {
    Decision decision = bothSilent(Rules.Mode.MANUAL);

    assertThat(decision.kind()).isEqualTo(Decision.Kind.FAIL_OVER);
    assertThat(decision.permission()).isEqualTo(Decision.Permission.ASK);
  }

  private static Decision bothSilent(Rules.Mode mode) {
    Scene scene =
        new Scene(
            Scene.Phones.PRIMARY,
            Verdict.Kind.HUNG,
            Verdict.Kind.HEALTHY,
            Duration.ofSeconds(14),
            Scene.Failover.NONE,
            true,
            false,
            mode,
            false,
            true);
    Picture seen = scene.picture();
    return Decider.decide(
        new Picture(
            seen.state(),
            seen.verdicts(),
            seen.carrier(),
            seen.now(),
            seen.clock(),
            Set.of(scene.there()),
            Map.of(),
            List.of(),
            Set.of()));
  }
}
