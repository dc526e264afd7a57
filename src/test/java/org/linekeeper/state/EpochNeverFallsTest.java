package org.linekeeper.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.linekeeper.estate.Offices;

/** Rule 1: whoever holds an older right to act must be recognised by its number. */
class EpochNeverFallsTest {
  private static final Instant NIGHT = Instant.parse("2026-11-23T03:12:00Z");

  private static State after(State state, Plan.Kind kind, long epoch) {
    Plan plan =
        new Plan(
            "p" + epoch,
            new Epoch(epoch),
            kind,
            "a test's",
            NIGHT,
            Optional.of(Offices.PRIMARY),
            Optional.of(Offices.STANDBY),
            List.of());
    return State.evolve(state, new Entry.Intended(NIGHT, plan));
  }

  @Test
  void eachChangeOfWhoServesRaisesIt() {
    assertThat(after(after(State.EMPTY, Plan.Kind.FAILOVER, 1), Plan.Kind.FAILBACK, 2).epoch())
        .isEqualTo(new Epoch(2));
  }

  @Test
  void aDamagedOrForgedPlanDoesNotLowerIt() {
    assertThat(after(after(State.EMPTY, Plan.Kind.FAILOVER, 7), Plan.Kind.FAILOVER, 3).epoch())
        .isEqualTo(new Epoch(7));
  }

  @Test
  void movingNumbersLeavesItAlone() {
    assertThat(after(after(State.EMPTY, Plan.Kind.FAILOVER, 7), Plan.Kind.REDIRECT, 9).epoch())
        .isEqualTo(new Epoch(7));
  }
}
