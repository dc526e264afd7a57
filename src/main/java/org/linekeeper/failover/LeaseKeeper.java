package org.linekeeper.failover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.linekeeper.actuator.AddressHost;
import org.linekeeper.actuator.Addresses;
import org.linekeeper.estate.FloatingAddress;
import org.linekeeper.estate.HostCommand;
import org.linekeeper.estate.PbxId;
import org.linekeeper.estate.Rules;
import org.linekeeper.failover.LeaseHolder.Act;
import org.linekeeper.journal.Standing;
import org.linekeeper.state.Entry;
import org.linekeeper.state.Epoch;
import org.linekeeper.state.Lease;
import org.linekeeper.state.LeaseSeen;
import org.linekeeper.state.OpenPlan;
import org.linekeeper.state.Outcome;
import org.linekeeper.state.Plan;
import org.linekeeper.state.Recent;
import org.linekeeper.state.State;
import org.linekeeper.state.Step;
import org.linekeeper.verdict.Verdict;

/**
 * Does what {@link LeaseHolder} wants done on this watcher's host, whether it leads or not. Runs on
 * the control thread.
 */
final class LeaseKeeper implements Addresses {
  /** Should it not have been written; of two that mean the same lease only one counts. */
  private static final Duration PASS_AGAIN = Duration.ofMillis(300);

  /**
   * A watcher that lives says so within 0.1 s, and within 2 s on a machine that is out of breath;
   * what was told to take it no longer may after one.
   */
  private static final Duration LETS_GO = Duration.ofSeconds(3);

  private static final Duration ATTENDANCE = Duration.ofMillis(200);

  /**
   * A host that had the address by this lease, and whose watcher cannot take it again, has lost it;
   * one that never had, or whose watcher has been started since, may be about to.
   */
  private static final Duration LOST = LeaseTimes.SHIPPED.tenure().multipliedBy(3);

  private static final Duration NEVER_TAKEN = Duration.ofSeconds(10);

  private static final String LATE =
      "'s watcher has ended, and its host could not be told in time to keep the address meanwhile";

  /** A restart takes some five seconds, an update of the machine's packages a little more. */
  private static final Duration AWAY = Duration.ofSeconds(30);

  private final Core core;
  private final ControlThread thread;
  private final AddressHost host;
  private final String life;
  private final HostTrouble trouble;
  private Optional<Holding> holding = Optional.empty();
  private boolean lettingGo;
  private boolean leaving;

  /** The lease by which nobody has the address, and since when that is known. */
  private long wanted;

  private Duration wantedSince = Duration.ZERO;

  /** Before that nobody had to renew it. */
  private Duration begun = Duration.ZERO;

  /** The life of the watcher whose host had the address by it; empty text if none is known. */
  private String tookIt = "";

  private Duration attended = ATTENDANCE.negated();
  private Set<String> missing = Set.of();
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

  private record Holding(PbxId here, LeaseHolder holder) {}

  LeaseKeeper(Core core, ControlThread thread) {
    this.core = core;
    this.thread = thread;
    this.host = core.around().host();
    this.life = core.watcher() + "." + core.ids().get();
    this.trouble = new HostTrouble(core, host);
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

  private void take(Picture picture) {
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
    return taking.ready.filter(at -> now.minus(at).compareTo(NEVER_TAKEN) > 0).isPresent();
  }

  /** Whether nobody can bring the address to that PBX's host at this moment. */
  private boolean stranded(State state, PbxId pbx) {
    return state
        .settings()
        .flatMap(settings -> settings.estate().moving().address())
        .map(address -> address.besides().get(pbx))
        .filter(this::missing)
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
    write(new Entry.LeasePassed(core.now(), taking.epoch, lease.number(), taking.step.pbx()));
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
      write(lease.freedBy(core.now(), other, taking.fenced));
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

  private static String keeps(PbxId other) {
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
              write(new Entry.LeasePassed(core.now(), state.epoch(), lease.number(), active));
            });
  }

  /** What this watcher's own host has to do, whoever leads. */
  void turn(Picture picture) {
    take(picture);
    Optional<LeaseSeen> seen = core.journal().lease();
    Optional<FloatingAddress> address =
        picture.state().settings().flatMap(s -> s.estate().moving().address());
    Optional<PbxId> here = address.flatMap(floating -> floating.besideWatcher(core.watcher()));
    if (seen.isEmpty() || here.isEmpty() || leaving) {
      return;
    }
    LeaseHolder holder = holder(here.get(), picture.clock());
    boolean ours = seen.get().lease().holder().equals(here.get());
    trouble.turn(here.get(), address.get(), ours, picture.clock());
    boolean gone = picture.is(here.get(), Verdict.Kind.PROCESS_GONE);
    for (Act act : holder.turn(seen.get(), gone, picture.clock())) {
      carryOut(act, holder, here.get(), address.get());
    }
  }

  /** Why this watcher's own host cannot take it; empty if it can, or is never to. */
  Optional<String> hostTrouble() {
    return trouble.sentence();
  }

  /** What people should know about it, a sentence each; on every watcher's page. */
  List<String> troubles() {
    List<String> troubles = new ArrayList<>();
    trouble.sentence().ifPresent(troubles::add);
    core.journal()
        .lease()
        .filter(seen -> vain(seen) && troubles.isEmpty())
        .ifPresent(seen -> troubles.add(vainly(seen.lease())));
    return troubles;
  }

  private static String vainly(Lease lease) {
    return lease.bound().stream()
        .filter(lease::waitsFor)
        .findFirst()
        .map(
            other ->
                lease.holder() + "'s host does not take the floating address yet: " + keeps(other))
        .orElseGet(
            () ->
                lease.holder()
                    + "'s host is to have the floating address and has not taken it, so callers"
                    + " who use it are not answered. Run \"linekeeper check\" there");
  }

  /** Its watcher had time enough; while nothing was committed it could not take it. */
  private boolean vain(LeaseSeen seen) {
    Lease lease = seen.lease();
    Duration now = core.ticker().now();
    Duration wait = lease.life().equals(tookIt) ? LOST : NEVER_TAKEN;
    return !lease.over()
        && !lease.taken()
        && !lease.stays()
        && lease.number() == wanted
        && now.minus(wantedSince).compareTo(wait) > 0
        && now.minus(seen.watch().flows()).compareTo(wait) > 0;
  }

  /** PBXs on whose host the address cannot be, as far as this watcher knows. */
  Set<PbxId> without() {
    Optional<LeaseSeen> seen = core.journal().lease();
    Optional<FloatingAddress> address =
        core.state().settings().flatMap(s -> s.estate().moving().address());
    if (core.state().leaseInForce().isEmpty()) {
      wanted = 0;
      begun = core.ticker().now();
    }
    if (seen.isEmpty() || address.isEmpty() || core.state().openRolePlan().isPresent()) {
      return Set.of();
    }
    Set<PbxId> without = new TreeSet<>();
    address
        .get()
        .besides()
        .forEach(
            (pbx, watcher) -> {
              if (seen.get().lease().holder().equals(pbx) ? lapsed(seen.get()) : missing(watcher)) {
                without.add(pbx);
              }
            });
    return without;
  }

  /** One that was let go of on purpose is passed on again by {@link #lead}. */
  private boolean lapsed(LeaseSeen seen) {
    Duration now = core.ticker().now();
    if (seen.lease().taken() || seen.lease().number() != wanted) {
      begun = wanted == 0 || wanted == seen.lease().number() ? begun : now;
      tookIt = seen.lease().taken() ? seen.lease().life() : "";
      wanted = seen.lease().number();
      wantedSince = now;
    }
    Duration tenure = LeaseTimes.SHIPPED.tenure();
    boolean silent =
        !seen.lease().stays()
            && seen.watch().silent(tenure, now)
            && now.minus(begun).compareTo(tenure) > 0;
    // its watcher renews it, and cannot take it
    return !seen.lease().over() && (silent || vain(seen) && !movedLately());
  }

  /** Where neither host can take it, calls must not go to and fro. */
  private boolean movedLately() {
    Duration holdDown =
        core.state().settings().map(s -> s.estate().rules().holdDown()).orElse(Duration.ZERO);
    return core.state()
        .promotion()
        .filter(p -> p.kind() == Plan.Kind.FAILOVER && !p.acknowledged())
        .filter(p -> Recent.within(holdDown, p.at(), core.now()))
        .isPresent();
  }

  private boolean missing(String watcher) {
    Duration now = core.ticker().now();
    if (now.minus(attended).compareTo(ATTENDANCE) >= 0) {
      attended = now;
      Standing standing = core.journal().standing();
      missing = new TreeSet<>(standing.silent());
      missing.addAll(standing.lost());
    }
    return missing.contains(watcher);
  }

  private LeaseHolder holder(PbxId here, Duration now) {
    if (holding.filter(known -> known.here.equals(here)).isEmpty()) {
      holding =
          Optional.of(new Holding(here, new LeaseHolder(here, life, LeaseTimes.SHIPPED, now)));
    }
    return holding.orElseThrow().holder;
  }

  private void carryOut(Act act, LeaseHolder holder, PbxId here, FloatingAddress address) {
    if (act instanceof Act.Renew renew) {
      // one that is not written in time counts for nothing, and the next one is on its way
      thread.then(
          core.journal()
              .renew(
                  new Entry.LeaseRenewed(core.now(), renew.lease(), renew.name(), renew.taken())),
          holder::counted,
          notCommitted -> {});
    } else if (act instanceof Act.Arm arm) {
      arm(arm, holder, address);
    } else if (act instanceof Act.SayFreed freed) {
      String how = here + "'s host has let go of " + String.join(", ", address.addresses());
      write(new Entry.LeaseFreed(core.now(), freed.lease(), here, freed.renewal(), how));
    } else if (act instanceof Act.LetGo leave) {
      letGo(leave, holder, address);
    }
  }

  /** One that is not written in time counts for nothing, and the next one is on its way. */
  private void write(Entry entry) {
    core.journal().append(List.of(entry)).exceptionally(notCommitted -> core.state());
  }

  private void arm(Act.Arm arm, LeaseHolder holder, FloatingAddress address) {
    thread.then(
        host.arm(address.addresses(), address.device(), arm.until(), arm.notAfter()),
        has -> {
          if (has) {
            holder.armed(arm);
          } else {
            holder.notArmed();
          }
        },
        defect -> {});
  }

  /**
   * This watcher is about to end. If it is to be started again, its host keeps the address
   * meanwhile, as the others then know; if its machine is being shut down, the PBX there is as
   * well, and the address is let go of. Completes when that is so, or cannot be.
   */
  CompletionStage<Boolean> leave() {
    Optional<LeaseSeen> seen = core.journal().lease();
    Optional<FloatingAddress> address =
        core.state().settings().flatMap(s -> s.estate().moving().address());
    boolean ours =
        !leaving // told twice, the second word would undo what the first one has promised
            && seen.isPresent()
            && holding
                .filter(
                    here ->
                        here.holder.has(seen.get().lease().number(), core.ticker().now())
                            && here.here.equals(seen.get().lease().holder())
                            && !seen.get().lease().over())
                .isPresent();
    if (!ours || address.isEmpty()) {
      return CompletableFuture.completedFuture(false);
    }
    leaving = true;
    return host.ending()
        .thenCompose(
            ending ->
                ending
                    ? free(seen.get().lease(), address.get())
                    : keep(seen.get().lease(), address.get()));
  }

  private CompletionStage<Boolean> free(Lease lease, FloatingAddress address) {
    String how = lease.holder() + "'s machine is being shut down, and has let go of the address";
    return free(lease, address, how);
  }

  private CompletionStage<Boolean> free(Lease lease, FloatingAddress address, String how) {
    return host.letGo(address.addresses(), address.device())
        .thenCompose(
            left ->
                left.gone() && left.quiet()
                    ? core.journal()
                        .append(
                            List.of(
                                new Entry.LeaseFreed(
                                    core.now(),
                                    lease.number(),
                                    lease.holder(),
                                    lease.renewal(),
                                    how)))
                        .thenApply(state -> state.lease().filter(Lease::over).isPresent())
                    : CompletableFuture.completedFuture(false));
  }

  private CompletionStage<Boolean> keep(Lease lease, FloatingAddress address) {
    Duration now = core.ticker().now();
    return core.journal()
        .append(List.of(new Entry.LeaseKept(core.now(), lease.number(), life, AWAY)))
        .thenCompose(
            state ->
                state
                    .lease()
                    .filter(l -> l.kept().map(Lease.Kept::life).equals(Optional.of(life)))
                    .map(kept -> leave(kept, address, now))
                    .orElse(CompletableFuture.completedFuture(false)));
  }

  private CompletionStage<Boolean> leave(Lease lease, FloatingAddress address, Duration now) {
    Duration until = now.plus(lease.keeps() ? LeaseHolder.KEPT : AWAY);
    Duration notAfter = now.plus(LeaseTimes.SHIPPED.leaving());
    return host.arm(address.addresses(), address.device(), until, notAfter)
        .thenCompose(
            has ->
                has
                    ? CompletableFuture.completedFuture(true)
                    : free(lease, address, lease.holder() + LATE));
  }

  private void letGo(Act.LetGo asked, LeaseHolder holder, FloatingAddress address) {
    if (lettingGo) {
      return;
    }
    lettingGo = true;
    thread.then(
        host.letGo(address.addresses(), address.device()),
        left -> {
          lettingGo = false;
          holder.letGo(asked, left.begun(), left.gone(), left.quiet());
        },
        defect -> lettingGo = false);
  }
}
