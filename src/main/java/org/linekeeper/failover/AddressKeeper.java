package org.linekeeper.failover;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.linekeeper.estate.Rules;
import org.linekeeper.state.Entry;
import org.linekeeper.state.Entry.Noted.Weight;
import org.linekeeper.state.Outcome;
import org.linekeeper.state.Plan;
import org.linekeeper.state.State;
import org.linekeeper.state.Step;

/**
 * Keeps the floating address where the journal says it is, also after a restart of this watcher.
 * Derived from the committed state each time, like the lease of a closed gate; goes on in mode
 * observe, since letting go of it would be doing something. When another PBX serves, because giving
 * it up could not be read back at the time, it is given up here and that is recorded: two hosts
 * with the address are worse than none. Runs on the control thread.
 */
final class AddressKeeper {
  /** Often enough to bring back within a moment what somebody removed by mistake. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Core core;
  private Optional<Asked> asked = Optional.empty();
  private Optional<Step.HoldAddress> there = Optional.empty();
  private CompletableFuture<State> written = CompletableFuture.completedFuture(State.EMPTY);
  private Duration at = Duration.ofDays(-1);
  private boolean told;

  private record Asked(Step.HoldAddress step, CompletableFuture<Outcome> outcome) {}

  AddressKeeper(Core core) {
    this.core = core;
  }

  /** Whether this host had it when it was last looked at in this life of the watcher. */
  boolean has(Step.HoldAddress held) {
    return there.filter(held::equals).isPresent();
  }

  void turn(Picture picture) {
    asked.filter(any -> any.outcome.isDone()).ifPresent(done -> answered(picture, done));
    Optional<Step.HoldAddress> held = picture.state().held();
    // While a plan moves it, the plan says where it is.
    boolean moving = picture.state().openRolePlan().isPresent() || !written.isDone();
    if (held.isEmpty() || moving || asked.isPresent() || picture.state().lease().isPresent()) {
      return;
    }
    boolean ours = ours(picture, held.get());
    if (!ours && picture.state().mode() == Rules.Mode.OBSERVE) {
      return; // Neither renewed nor removed: the kernel drops it.
    }
    if (picture.clock().minus(at).compareTo(LOOK) >= 0) {
      at = picture.clock();
      ask(picture, ours ? held.get() : held.get().givenUp());
    }
  }

  private static boolean ours(Picture picture, Step.HoldAddress held) {
    return picture.state().active().filter(held.pbx()::equals).isPresent();
  }

  private void ask(Picture picture, Step.HoldAddress step) {
    CompletionStage<Outcome> outcome =
        step.held()
            ? core.around().addresses().keep(step, picture.state().epoch())
            : core.around().addresses().giveUp(step);
    asked =
        Optional.of(
            new Asked(
                step,
                outcome
                    .exceptionally(defect -> Outcome.unknown("a defect in Linekeeper: " + defect))
                    .toCompletableFuture()));
  }

  private void answered(Picture picture, Asked done) {
    asked = Optional.empty();
    Outcome outcome = done.outcome.join();
    there = Optional.of(done.step).filter(step -> step.held() && outcome.achieved());
    tell(done.step, outcome);
    boolean stillStale =
        picture.state().openRolePlan().isEmpty()
            && picture.state().held().map(Step.HoldAddress::givenUp).equals(Optional.of(done.step))
            && !ours(picture, done.step);
    if (stillStale && !done.step.held() && outcome.achieved()) {
      record(picture, done.step, outcome);
    }
  }

  /** The plan that moved the service away had intended it; this records that it came about. */
  private void record(Picture picture, Step.HoldAddress step, Outcome outcome) {
    Plan plan =
        Planner.redirect(
            picture,
            List.of(step),
            step.pbx() + " does not serve any more, so its host gives up the floating address",
            core.ids().get());
    written =
        core.write(
                new Entry.Intended(core.now(), plan),
                Entry.Done.of(core.now(), plan.id(), Map.of(0, outcome)))
            .toCompletableFuture();
  }

  private void tell(Step.HoldAddress step, Outcome latest) {
    if (latest.achieved()) {
      told = false;
    } else if (!told) {
      told = true;
      String addresses = String.join(", ", step.addresses());
      core.note(
          Weight.ALARM,
          (step.held()
                  ? "callers do not reach " + step.pbx() + " at " + addresses
                  : step.pbx() + "'s host may hold " + addresses + " beside the PBX that serves")
              + ": "
              + latest.said()
              + ". It is tried again every second");
    }
  }
}
