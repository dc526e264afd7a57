package org.linekeeper.failover;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.linekeeper.actuator.PlanRunner;
import org.linekeeper.actuator.Surroundings;
import org.linekeeper.estate.PbxId;
import org.linekeeper.estate.Rules;
import org.linekeeper.routing.Found;
import org.linekeeper.state.Entry;
import org.linekeeper.state.OpenPlan;
import org.linekeeper.state.Outcome;
import org.linekeeper.state.Plan;
import org.linekeeper.state.Step;

/**
 * Runs the open plans of the journal and writes their outcomes back, in batches. A plan that is
 * open in the journal but not running here, after a restart or an intent of unknown end, is taken
 * up again.
 */
final class Runs {
  /** Outcomes that come this close together share one entry. */
  private static final Duration BATCH = Duration.ofMillis(50);

  private final Core core;
  private final ControlThread thread;
  private final PlanRunner runner;
  private final CarrierWatch carrier;
  private final Predicate<Step> wanted;
  private final Function<PbxId, CompletionStage<Boolean>> stillGone;
  private final Ended ended;
  private final Runnable news;
  private final BiConsumer<Plan, Outcome> unregistered;
  private final Set<String> running = new HashSet<>();
  private final Set<String> fresh = new HashSet<>();
  private final Map<String, SortedMap<Integer, Outcome>> unwritten = new HashMap<>();
  private Term term = new Term();

  /**
   * A time in which this watcher leads without a break. What it had not begun when another one came
   * to lead is not its to do, nor to say that it was not wanted: the other one does it.
   */
  private final class Term {
    private volatile boolean over;

    boolean goesOn() {
      if (!core.leads()) {
        over = true;
      }
      return !over;
    }
  }

  /** Hears what became of a step. */
  interface Ended {
    void ended(Plan plan, Step step, Outcome outcome);
  }

  /**
   * @param around what can be changed besides PBXs and carrier
   * @param wanted asked from any thread: whether a step of the present epoch is still wanted
   * @param stillGone whether a PBX still cannot serve, when a plan is taken up again
   * @param ended told on the control thread what became of each step
   * @param news called after outcomes were written
   * @param unregistered called when a planned move cannot be finished, as the provider does not
   *     take the PBX that was to serve, or its host does not get the floating address
   */
  Runs(
      Core core,
      ControlThread thread,
      Surroundings around,
      CarrierWatch carrier,
      Predicate<Step> wanted,
      Function<PbxId, CompletionStage<Boolean>> stillGone,
      Ended ended,
      Runnable news,
      BiConsumer<Plan, Outcome> unregistered) {
    this.core = core;
    this.thread = thread;
    this.runner =
        new PlanRunner(
            core.pbxs(), core.carrier(), around, core.io(), core.urgent(), thread::after);
    this.carrier = carrier;
    this.wanted = wanted;
    this.stillGone = stillGone;
    this.ended = ended;
    this.news = news;
    this.unregistered = unregistered;
  }

  /** The plan is about to be written by this watcher, so nobody can have begun its steps. */
  void expect(Plan plan) {
    fresh.add(plan.id());
  }

  /** Goes through a plan that is not to be carried out, without beginning any of its steps. */
  void rehearse(Plan plan) {
    OpenPlan open = new OpenPlan(plan, new TreeMap<>());
    CompletableFuture<Boolean> back = CompletableFuture.completedFuture(false);
    runner.run(open, Rules.defaults().gateLease(), false, step -> false, pbx -> back);
  }

  /** Takes up every open plan that is not running, if this watcher leads. */
  void turn() {
    if (!term.goesOn()) {
      term = new Term();
      running.clear();
    }
    if (!term.goesOn()) {
      return;
    }
    for (OpenPlan open : core.state().openPlans().values()) {
      if (running.add(open.plan().id())) {
        begin(open, !fresh.remove(open.plan().id()));
      }
    }
    running.retainAll(core.state().openPlans().keySet());
  }

  private void begin(OpenPlan open, boolean again) {
    Term mine = term;
    Duration lease =
        core.state()
            .settings()
            .map(settings -> settings.estate().rules().gateLease())
            .orElse(Rules.defaults().gateLease());
    SortedMap<Integer, CompletionStage<Outcome>> outcomes =
        runner.run(
            open,
            lease,
            again,
            step -> mine.goesOn() && stillMine(open.plan()) && wanted.test(step),
            stillGone);
    outcomes.forEach(
        (place, outcome) ->
            thread.then(
                outcome,
                known -> {
                  if (mine.over && !known.achieved()) {
                    return;
                  }
                  ended(open.plan(), place, known);
                  if (inVain(open.plan(), place, known)) {
                    unregistered.accept(open.plan(), known);
                  }
                },
                defect ->
                    ended(
                        open.plan(), place, Outcome.unknown("a defect in Linekeeper: " + defect))));
  }

  private static boolean inVain(Plan plan, int place, Outcome outcome) {
    return plan.ordered() && plan.steps().get(place).essential() && !outcome.achieved();
  }

  private boolean stillMine(Plan plan) {
    return plan.epoch().equals(core.state().epoch());
  }

  private void ended(Plan plan, int place, Outcome outcome) {
    if (outcome.achieved()) {
      plan.steps().get(place).on(new Seen());
    }
    ended.ended(plan, plan.steps().get(place), outcome);
    remember(plan.id(), place, outcome);
  }

  private void remember(String plan, int place, Outcome outcome) {
    boolean first = unwritten.isEmpty();
    unwritten.computeIfAbsent(plan, id -> new TreeMap<>()).put(place, outcome);
    if (first) {
      thread.after(BATCH, this::writeAll);
    }
  }

  private void writeAll() {
    Map<String, SortedMap<Integer, Outcome>> batch = new HashMap<>(unwritten);
    unwritten.clear();
    batch.forEach(
        (plan, outcomes) ->
            thread.then(
                core.write(Entry.Done.of(core.now(), plan, outcomes)),
                written -> news.run(),
                notCommitted -> again(plan, outcomes)));
  }

  /**
   * Whether the outcomes were written is not known. They are written again if they are still
   * missing; what they tell of is not done again, which would cut a host's power every second.
   */
  private void again(String plan, SortedMap<Integer, Outcome> outcomes) {
    thread.after(
        Duration.ofSeconds(1),
        () -> {
          OpenPlan open = core.state().openPlans().get(plan);
          if (open != null) {
            outcomes.forEach(
                (place, outcome) -> {
                  if (!open.outcomes().containsKey(place)) {
                    remember(plan, place, outcome);
                  }
                });
          }
        });
  }

  /** What a step achieved is known here before the carrier is asked again. */
  private final class Seen implements Step.CasesOrElse<Boolean> {
    @Override
    public Boolean moveOrigination(Step.MoveOrigination step) {
      carrier.changed(step.want());
      return true;
    }

    @Override
    public Boolean routeNumber(Step.RouteNumber step) {
      carrier.changed(step.number(), new Found(step.sid(), step.want()));
      return true;
    }

    @Override
    public Boolean orElse(Step step) {
      return false;
    }
  }
}
