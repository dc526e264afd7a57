package org.linekeeper.failover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.linekeeper.actuator.Addresses;
import org.linekeeper.estate.HostCommand;
import org.linekeeper.estate.PbxId;
import org.linekeeper.estate.Rules;
import org.linekeeper.state.Entry;
import org.linekeeper.state.Epoch;
import org.linekeeper.state.Lease;
import org.linekeeper.state.OpenPlan;
import org.linekeeper.state.Outcome;
import org.linekeeper.state.Plan;
import org.linekeeper.state.State;
import org.linekeeper.state.Step;

/** Brings the lease of the floating address to another host. Runs on the control thread. */
final class LeasePassing implements Addresses {
  /** Should it not have been written; of two that mean the same lease only one counts. */
  private static final Duration PASS_AGAIN = Duration.ofMillis(300);

  /**
   * A watcher that lives says so within 0.1 s, and within 2 s on a machine that is out of breath;
   * what was told to take it no longer may after one.
   */
  private static final Duration LETS_GO = Duration.ofSeconds(3);

  private final Core core;
  private final ControlThread thread;
  private final LeaseLoss loss;
  private Duration mended = PASS_AGAIN.negated();
  private final List<Taking> takings = new ArrayList<>();

  /** A lease that is to come to a host, and what has been done about it so far. */
  private static final class Taking {
    private final Step.HoldAddress step;
    private final Epoch epoch;
    private final CompletableFuture<Outcome> outcome;

    /** The number of the lease that was to be passed on; 0 for none yet. */
    private long passed;

    /** When something was written last, or since when the lease is known to be as it is. */
    private Duration at = Duration.ZERO;

    private boolean fencing;

    /** Since when nothing but its own watcher is waited for; empty while something is. */
    private Optional<Duration> ready = Optional.empty();

    /** How the other host is known not to have the address; empty text if it is not. */
    private String fenced = "";

    private Taking(Step.HoldAddress step, Epoch epoch, CompletableFuture<Outcome> outcome) {
      this.step = step;
      this.epoch = epoch;
      this.outcome = outcome;
    }
  }

  LeasePassing(Core core, ControlThread thread, LeaseLoss loss) {
    this.core = core;
    this.thread = thread;
    this.loss = loss;
  }

  /** Passes the lease on, and completes when the other host has the address by it. */
  @Override
  public CompletionStage<Outcome> take(Step.HoldAddress step, Epoch epoch) {
    if (core.state().leaseInForce().isEmpty()) {
      return core.around().addresses().take(step, epoch);
    }
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    thread.post(() -> takings.add(new Taking(step, epoch, outcome)));
    return outcome;
  }

  @Override
  public CompletionStage<Outcome> giveUp(Step.HoldAddress step) {
    return core.around().addresses().giveUp(step);
  }

  @Override
  public CompletionStage<Outcome> keep(Step.HoldAddress step, Epoch epoch) {
    return core.state().leaseInForce().isEmpty()
        ? core.around().addresses().keep(step, epoch)
        : take(step, epoch);
  }

  /** Goes on with what is to be taken. */
  void turn(Picture picture) {
    List.copyOf(takings).forEach(taking -> take(picture, taking));
    takings.removeIf(taking -> taking.outcome.isDone()); // at its deadline, at the latest
  }

  private void take(Picture picture, Taking taking) {
    State state = picture.state();
    Step.HoldAddress step = taking.step;
    Lease lease = state.lease().orElse(Lease.first(step.pbx()));
    if (taking.outcome.isDone()) {
      return;
    }
    if (!taking.epoch.equals(state.epoch())) {
      taking.outcome.complete(Outcome.superseded("the service was to be elsewhere since"));
    } else if (lease.holder().equals(step.pbx()) && (lease.taken() || lease.stays())) {
      taking.outcome.complete(
          Outcome.applied(
              step.pbx()
                  + "'s host has "
                  + String.join(", ", step.addresses())
                  + " by lease "
                  + lease.number()));
    } else if (stranded(state, step.pbx())) {
      taking.outcome.complete(
          Outcome.rejected(
              "no watcher beside "
                  + step.pbx()
                  + " answers, and only that one can bring the address there; start it again"));
    } else if (!lease.holder().equals(step.pbx())) {
      pass(taking, lease);
    } else if (lease.boundElsewhere()) {
      free(picture, taking, lease);
    } else if (inVain(taking, lease)
        && state.openRolePlan().map(OpenPlan::plan).filter(Plan::ordered).isPresent()) {
      taking.outcome.complete(
          Outcome.rejected(
              step.pbx()
                  + "'s host is to have the address and does not take it; run \"linekeeper check\""
                  + " there"));
    }
  }

  /** Its watcher had time enough, and nothing of the host before is to be waited out. */
  private boolean inVain(Taking taking, Lease lease) {
    Duration now = core.ticker().now();
    boolean ready =
        lease.before().flatMap(Lease.Before::kept).isEmpty()
            && core.journal().lease().filter(seen -> seen.watch().flowing(now)).isPresent();
    taking.ready = ready ? taking.ready.or(() -> Optional.of(now)) : Optional.empty();
    return taking
        .ready
        .filter(at -> now.minus(at).compareTo(LeaseLoss.NEVER_TAKEN) > 0)
        .isPresent();
  }

  /** Whether nobody can bring the address to that PBX's host at this moment. */
  private boolean stranded(State state, PbxId pbx) {
    return state
        .settings()
        .flatMap(settings -> settings.estate().moving().address())
        .map(address -> address.besides().get(pbx))
        .filter(loss::missing)
        .isPresent();
  }

  private void pass(Taking taking, Lease lease) {
    Duration now = core.ticker().now();
    if (taking.passed == lease.number() && now.minus(taking.at).compareTo(PASS_AGAIN) < 0) {
      return; // on its way
    }
    if (taking.passed != 0 && taking.passed != lease.number()) {
      taking.outcome.complete(Outcome.superseded("another host was to have the address since"));
      return;
    }
    core.tryToWrite(
        new Entry.LeasePassed(core.now(), taking.epoch, lease.number(), taking.step.pbx()));
    taking.passed = lease.number();
    taking.at = now;
  }

  /**
   * Another host keeps the address until it lets go, and its watcher has not said so in a time in
   * which one that lives does: it is fenced, if there is a command for that, and its PBX does not
   * serve.
   */
  private void free(Picture picture, Taking taking, Lease lease) {
    Duration now = picture.clock();
    if (taking.passed != lease.number()) { // here it was not known before
      taking.passed = lease.number();
      taking.at = now;
    }
    PbxId other = lease.bound().stream().filter(lease::waitsFor).findFirst().orElseThrow();
    if (!taking.fenced.isEmpty() && now.minus(taking.at).compareTo(PASS_AGAIN) >= 0) {
      taking.at = now;
      core.tryToWrite(lease.freedBy(core.now(), other, taking.fenced));
    }
    if (taking.fencing || !core.leads() || now.minus(taking.at).compareTo(LETS_GO) < 0) {
      return;
    }
    State state = picture.state();
    Optional<Plan> plan =
        state
            .openRolePlan()
            .map(OpenPlan::plan)
            .filter(open -> open.kind() == Plan.Kind.FAILOVER && !picture.serves(other));
    Optional<HostCommand> fence =
        state.settings().flatMap(s -> s.estate().moving().address()).flatMap(a -> a.fence());
    if (plan.isEmpty() || fence.isEmpty() || state.mode() == Rules.Mode.OBSERVE) {
      taking.outcome.complete(Outcome.rejected(keeps(other)));
    } else {
      taking.fencing = true;
      fence(taking, lease, other, fence.get(), plan.get());
    }
  }

  /** What people are told of a host that keeps it. */
  static String keeps(PbxId other) {
    return other
        + "'s host may still have the address, which it keeps until its watcher says that it let go;"
        + " if that host is off, say: linekeeper host-off "
        + other;
  }

  /** First it is written that it is to be. */
  private void fence(Taking taking, Lease lease, PbxId other, HostCommand fence, Plan plan) {
    String words = other + "'s host has not let go of the floating address, so it is fenced: ";
    Entry intent = new Entry.Noted(core.now(), Entry.Noted.Weight.WARNING, words + fence.name());
    thread.then(
        core.journal().append(List.of(intent)),
        written -> {
          // whoever has let go meanwhile is left in peace
          boolean still =
              core.leads()
                  && core.state().epoch().equals(plan.epoch())
                  && core.state().lease().filter(now -> same(now, lease, other)).isPresent();
          if (still) {
            run(taking, other, fence, plan);
          } else {
            later(taking);
          }
        },
        notCommitted -> later(taking));
  }

  /** Not at once: each try is a note in the journal. */
  private void later(Taking taking) {
    taking.fencing = false;
    taking.at = core.ticker().now();
  }

  private static boolean same(Lease now, Lease lease, PbxId other) {
    return now.number() == lease.number() && now.waitsFor(other);
  }

  private void run(Taking taking, PbxId other, HostCommand fence, Plan plan) {
    Step.RunCommand step =
        new Step.RunCommand(other, Step.RunCommand.Use.FREE_ADDRESS, List.of(fence));
    thread.then(
        core.around().commands().run(step, plan),
        outcome -> {
          if (outcome.achieved()) {
            taking.fenced = other + "'s host was fenced: " + outcome.said();
          } else {
            taking.outcome.complete(
                Outcome.rejected(keeps(other) + ". It could not be fenced: " + outcome.said()));
          }
        },
        defect -> taking.outcome.complete(Outcome.unknown("a defect in Linekeeper: " + defect)));
  }

  /**
   * Gives the lease to the PBX that serves, where that has come about without a plan: its host had
   * let go while it was dead, and nobody could take over. Where nothing may be moved it still comes
   * back to the host that had it. Only for the watcher that leads.
   */
  void lead(Picture picture) {
    State state = picture.state();
    if (state.leaseInForce().isEmpty() || state.openRolePlan().isPresent()) {
      return;
    }
    Lease lease = state.leaseInForce().get();
    boolean due = picture.clock().minus(mended).compareTo(PASS_AGAIN) >= 0;
    boolean moves = state.mode() != Rules.Mode.OBSERVE;
    state
        .active()
        .filter(active -> due && (lease.holder().equals(active) ? lease.over() : moves))
        .filter(picture::serves)
        .ifPresent(
            active -> {
              mended = picture.clock();
              core.tryToWrite(
                  new Entry.LeasePassed(core.now(), state.epoch(), lease.number(), active));
            });
  }
}
