package org.linekeeper.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.linekeeper.check.CheckResult;
import org.linekeeper.estate.FloatingAddress;
import org.linekeeper.estate.HostCommand;
import org.linekeeper.estate.Movings;

/** What {@code check} says of a floating address that is kept, and of a fence beside it. */
class SurroundingChecksTest {
  @Test
  void oneThatIsKeptWithoutAFenceWaitsForAPerson() {
    assertThat(said(true, Optional.empty())).contains("linekeeper host-off PBX");
  }

  @Test
  void aFenceThatIsNeverRunIsSaidToBe() {
    assertThat(said(false, Optional.of(Movings.FENCE))).contains("its fence is never run");
  }

  @Test
  void allElseIsAsItShouldBe() {
    assertThat(said(true, Optional.of(Movings.FENCE))).isEmpty();
    assertThat(said(false, Optional.empty())).isEmpty();
  }

  private static String said(boolean keeps, Optional<HostCommand> fence) {
    FloatingAddress kept = Movings.kept("watcher-1", "watcher-2", fence).address().orElseThrow();
    FloatingAddress address =
        new FloatingAddress(
            kept.borrower(),
            kept.addresses(),
            kept.device(),
            kept.tenure(),
            kept.fence(),
            kept.release(),
            kept.take(),
            kept.besides(),
            keeps);
    return SurroundingChecks.withoutMajority(address).map(CheckResult::said).orElse("");
  }
}
