package org.linekeeper.failover;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.linekeeper.state.Entry.Noted.Weight;
import org.linekeeper.state.Outcome;
import org.linekeeper.state.Step;

/**
 * Keeps the floating address where the journal says it is, also after a restart of this watcher.
 * Derived from the committed state each time, like the lease of a closed gate; goes on in mode
 * observe, since letting go of it would be doing something. Runs on the control thread.
 */
final class AddressKeeper {
  /** Often enough to bring back within a moment what somebody removed by mistake. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Core core;
  private CompletableFuture<Outcome> asked =
      CompletableFuture.completedFuture(Outcome.already("nothing was asked yet"));
  private Duration at = Duration.ofDays(-1);
  private boolean told;

  AddressKeeper(Core core) {
    this.core = core;
  }

  void turn(Picture picture) {
    Optional<Step.HoldAddress> held = picture.state().held();
    // While a plan moves it, the plan says where it is.
    if (held.isEmpty() || picture.state().openRolePlan().isPresent() || !asked.isDone()) {
      return;
    }
    if (picture.clock().minus(at).compareTo(LOOK) >= 0) {
      tell(held.get(), asked.join());
      at = picture.clock();
      asked =
          core.around()
              .addresses()
              .keep(held.get(), picture.state().epoch())
              .exceptionally(defect -> Outcome.unknown("a defect in Linekeeper: " + defect))
              .toCompletableFuture();
    }
  }

  private void tell(Step.HoldAddress held, Outcome latest) {
    if (latest.achieved()) {
      told = false;
    } else if (!told) {
      told = true;
      core.note(
          Weight.ALARM,
          "callers do not reach "
              + held.pbx()
              + " at "
              + String.join(", ", held.addresses())
              + ": "
              + latest.said()
              + ". It is tried again every second");
    }
  }
}
