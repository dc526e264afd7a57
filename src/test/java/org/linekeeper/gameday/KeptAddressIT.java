package org.linekeeper.gameday;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@code without-majority: keep}, with three watchers, two real Asterisks and callers: {@code mvn
 * verify -Pwatchers -Dit.test=KeptAddressIT}, some three minutes.
 */
@Tag("lab")
@Tag("long")
class KeptAddressIT {
  @Test
  void theAddressStaysUntilSomebodySaysThatItsHostIsOff() {
    KeptRun.Result result = GameDay.result(KeptRun.Result.class, "kept", "by-hand");
    System.out.println(result);
    assertThat(result.withoutMajority()).startsWith("none of");
    assertThat(result.withoutWatcher()).startsWith("none of");
    assertThat(result.waited()).as("the other host does not take it").isPositive();
    assertThat(String.join("\n", result.told()))
        .contains("so it is fenced: cut")
        .contains("linekeeper host-off primary");
    assertThat(result.said()).as("ms once somebody says that it is off").isBetween(0L, 2_000L);
    assertThat(result.both()).as("two hosts have the address, ms").isZero();
  }

  @Test
  void theAddressStaysUntilItsHostIsFenced() {
    KeptRun.Result result = GameDay.result(KeptRun.Result.class, "kept", "by-fence");
    System.out.println(result);
    assertThat(result.fenced()).as("ms from the cut").isBetween(3_000L, 6_000L);
    assertThat(result.both()).as("two hosts have the address, ms").isZero();
  }
}
