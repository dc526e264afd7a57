package org.linekeeper.actuator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.linekeeper.carrier.Answer;
import org.linekeeper.carrier.Carrier;
import org.linekeeper.carrier.CarrierNumber;
import org.linekeeper.estate.PbxId;
import org.linekeeper.state.NumberImage;
import org.linekeeper.state.OpenPlan;
import org.linekeeper.state.Outcome;
import org.linekeeper.state.Plan;
import org.linekeeper.state.Step;

/**
 * Carries out the steps of one plan after another, side by side within a plan but for those that
 * wait for others. A step is only begun while it is still wanted; every step ends with an outcome
 * by its deadline.
 */
public final class PlanRunner {
  /**
   * A step ends by then, whatever its libraries do. Longer than the carrier adapter's own
   * deadlines, so that it only ever catches defects.
   */
  private static final Duration STEP_DEADLINE = Duration.ofSeconds(60);

  private final PbxControl pbxs;
  private final Carrier carrier;
  private final Surroundings around;
  private final ExecutorService io;
  private final ExecutorService urgent;
  private final BiConsumer<Duration, Runnable> timer;

  /**
   * @param timer runs something after that time
   * @param io bounded; runs calls to the carrier, which block
   * @param urgent bounded; runs the few for which every caller waits
   */
  public PlanRunner(
      PbxControl pbxs,
      Carrier carrier,
      Surroundings around,
      ExecutorService io,
      ExecutorService urgent,
      BiConsumer<Duration, Runnable> timer) {
    this.timer = timer;
    this.pbxs = pbxs;
    this.carrier = carrier;
    this.around = around;
    this.io = io;
    this.urgent = urgent;
  }

  /**
   * Begins every step of the plan whose outcome is not known yet.
   *
   * @param leaseOf how long a gate stays closed when nobody renews it
   * @param again true if somebody may have begun the steps before: then each is read back first
   * @param wanted asked from any thread just before a step begins
   * @param stillGone asked only of steps that may have been begun before: whether the PBX still
   *     cannot serve, as far as is known by then. A host that is back is not fenced a second time
   * @return by place in the plan, the outcome to come of each step begun
   */
  public SortedMap<Integer, CompletionStage<Outcome>> run(
      OpenPlan open,
      Duration leaseOf,
      boolean again,
      Predicate<Step> wanted,
      Function<PbxId, CompletionStage<Boolean>> stillGone) {
    SortedMap<Integer, CompletionStage<Outcome>> running = new TreeMap<>();
    Plan plan = open.plan();
    SortedMap<Integer, CompletableFuture<Outcome>> known = new TreeMap<>();
    for (int place : beginnersFirst(plan)) {
      Outcome earlier = open.outcomes().get(place);
      if (earlier != null) {
        known.put(place, CompletableFuture.completedFuture(earlier));
        continue;
      }
      Begin begin = new Begin(plan, leaseOf, again, wanted, stillGone);
      Step step = plan.steps().get(place);
      CompletableFuture<Outcome> outcome =
          bounded(
              failure(plan, plan.first(place), known)
                  .thenCompose(
                      failed ->
                          failed.map(PlanRunner::waitedInVain).orElseGet(() -> begin.act(step))));
      known.put(place, outcome);
      running.put(place, outcome);
    }
    return running;
  }

  /** Those for which others wait come before these, whatever their place in the plan. */
  private static List<Integer> beginnersFirst(Plan plan) {
    List<Integer> order = new ArrayList<>();
    for (int round = 0; order.size() < plan.steps().size(); round++) {
      for (int place = 0; place < plan.steps().size(); place++) {
        if (!order.contains(place) && order.containsAll(plan.first(place))) {
          order.add(place);
        }
      }
      if (round > plan.steps().size()) {
        throw new IllegalStateException("steps wait for each other in plan " + plan.id());
      }
    }
    return order;
  }

  /** The first of these steps that was not achieved, and what became of it. */
  private static CompletableFuture<Optional<Failure>> failure(
      Plan plan, List<Integer> places, SortedMap<Integer, CompletableFuture<Outcome>> known) {
    CompletableFuture<Optional<Failure>> any = CompletableFuture.completedFuture(Optional.empty());
    for (int place : places) {
      Step step = plan.steps().get(place);
      any =
          any.thenCombine(
              Objects.requireNonNull(known.get(place)),
              (before, outcome) ->
                  before.isPresent() || outcome.achieved()
                      ? before
                      : Optional.of(new Failure(step, outcome)));
    }
    return any;
  }

  private record Failure(Step step, Outcome outcome) {}

  private static CompletionStage<Outcome> waitedInVain(Failure failure) {
    String why =
        failure.step.registers()
            ? "the other PBX is not registered"
            : "nobody could " + failure.step.sentence();
    return CompletableFuture.completedFuture(
        Outcome.rejected("not begun, as " + why + ": " + failure.outcome.said()));
  }

  private CompletableFuture<Outcome> bounded(CompletableFuture<Outcome> outcome) {
    Outcome late = Outcome.unknown("no outcome after " + STEP_DEADLINE.toSeconds() + " s");
    if (!outcome.isDone()) {
      timer.accept(STEP_DEADLINE, () -> outcome.complete(late));
    }
    return outcome.exceptionally(fault -> Outcome.unknown("a defect in Linekeeper: " + fault));
  }

  private static Outcome superseded() {
    return Outcome.superseded("something newer is wanted");
  }

  private static Outcome spared(PbxId pbx) {
    return Outcome.superseded(
        pbx
            + " is not known to be gone any more now that this watcher is back, so its host is not"
            + " fenced again and may have the address");
  }

  /** How each kind of step begins. */
  private final class Begin implements Step.Cases<CompletionStage<Outcome>> {
    private final Plan plan;
    private final Duration lease;
    private final boolean again;
    private final Predicate<Step> wanted;
    private final Function<PbxId, CompletionStage<Boolean>> stillGone;

    private Begin(
        Plan plan,
        Duration lease,
        boolean again,
        Predicate<Step> wanted,
        Function<PbxId, CompletionStage<Boolean>> stillGone) {
      this.plan = plan;
      this.lease = lease;
      this.again = again;
      this.wanted = wanted;
      this.stillGone = stillGone;
    }

    private CompletionStage<Outcome> act(Step step) {
      return wanted.test(step) ? step.on(this) : CompletableFuture.completedFuture(superseded());
    }

    @Override
    public CompletionStage<Outcome> setGate(Step.SetGate step) {
      return step.open()
          ? pbxs.openGate(step.pbx(), plan.epoch())
          : pbxs.closeGate(step.pbx(), lease, plan.epoch(), () -> wanted.test(step));
    }

    @Override
    public CompletionStage<Outcome> registerTrunk(Step.RegisterTrunk step) {
      return pbxs.register(step.pbx(), step.registration(), step.up());
    }

    @Override
    public CompletionStage<Outcome> moveOrigination(Step.MoveOrigination step) {
      return on(urgent, step, () -> order(step));
    }

    @Override
    public CompletionStage<Outcome> routeNumber(Step.RouteNumber step) {
      return on(io, step, () -> again ? readBackFirst(step) : route(step));
    }

    @Override
    public CompletionStage<Outcome> runCommand(Step.RunCommand step) {
      return again && step.frees() && !plan.kind().planned()
          ? stillGone
              .apply(step.pbx())
              .thenCompose(
                  gone ->
                      gone
                          ? around.commands().run(step, plan)
                          : CompletableFuture.completedFuture(spared(step.pbx())))
          : around.commands().run(step, plan);
    }

    @Override
    public CompletionStage<Outcome> holdAddress(Step.HoldAddress step) {
      if (!step.held()) {
        return around.addresses().giveUp(step);
      }
      // What was known when it was begun may be long ago: keep asks who has it.
      return again
          ? around.addresses().keep(step, plan.epoch())
          : around.addresses().take(step, plan.epoch());
    }

    @Override
    public CompletionStage<Outcome> pointName(Step.PointName step) {
      return around.names().point(step);
    }

    private Outcome order(Step.MoveOrigination step) {
      return step.before().equals(step.want()) && !again
          ? Outcome.already(step.want().sipUrl() + " was already so at the carrier")
          : carrier.setOrigination(step.trunk(), step.want(), () -> wanted.test(step));
    }

    private Outcome route(Step.RouteNumber step) {
      return carrier.route(step.sid(), step.before(), step.want(), () -> wanted.test(step));
    }

    private Outcome readBackFirst(Step.RouteNumber step) {
      Answer<CarrierNumber> real = carrier.number(step.sid());
      return real.value()
          .map(number -> number.image())
          .map(
              image -> {
                // What others have changed since the step was planned is theirs.
                NumberImage want = carrier.withRoute(image, step.want());
                return image.equals(want)
                    ? Outcome.already(step.number() + " was already so at the carrier")
                    : carrier.route(step.sid(), image, want, () -> wanted.test(step));
              })
          .orElseGet(() -> Outcome.unknown(real.said()));
    }

    private CompletionStage<Outcome> on(ExecutorService pool, Step step, Supplier<Outcome> act) {
      try {
        // Asked again on the way: a step may have waited behind a hundred others.
        return CompletableFuture.supplyAsync(
            () -> wanted.test(step) ? act.get() : superseded(), pool);
      } catch (RejectedExecutionException full) {
        return CompletableFuture.completedFuture(
            Outcome.unknown("too much is under way; it is tried again"));
      }
    }
  }
}
