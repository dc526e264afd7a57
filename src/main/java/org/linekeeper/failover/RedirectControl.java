package org.linekeeper.failover;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.estate.Rules;
import org.linekeeper.routing.Difference;
import org.linekeeper.routing.Found;
import org.linekeeper.routing.Reconciler;
import org.linekeeper.routing.Routing;
import org.linekeeper.routing.WantedRoute;
import org.linekeeper.state.Entry;
import org.linekeeper.state.Entry.Noted.Weight;
import org.linekeeper.state.MovedNumber;
import org.linekeeper.state.Outcome;
import org.linekeeper.state.Plan;
import org.linekeeper.state.State;
import org.linekeeper.state.Step;

/**
 * Makes the carrier agree with what is wanted: computes the difference, reads the carrier afresh,
 * writes one intent, lets it run, and looks again.
 */
final class RedirectControl {
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration LAST_RETRY = Duration.ofSeconds(60);

  private final Core core;
  private final ControlThread thread;
  private final CarrierWatch carrier;
  private final Runs runs;
  private final Reconciler reconciler;
  private final Refusals refusals = new Refusals();
  private final Rows rows = new Rows();
  private final Overdue overdue;
  private volatile Map<PhoneNumber, WantedRoute> wanted = Map.of();
  private Difference latest = Difference.NONE;
  private Duration retry = FIRST_RETRY;
  private Duration notBefore = Duration.ZERO;
  private boolean busy;

  private boolean reachable = true;

  RedirectControl(Core core, ControlThread thread, CarrierWatch carrier, Runs runs) {
    this.core = core;
    this.thread = thread;
    this.carrier = carrier;
    this.runs = runs;
    this.reconciler = new Reconciler(core.carrier());
    this.overdue = new Overdue(core, refusals);
  }

  /** Where every number should ring now, and why. May be asked from any thread. */
  Map<PhoneNumber, WantedRoute> wanted() {
    return wanted;
  }

  /** What was missing at the latest turn, and what somebody else changed. */
  Difference latest() {
    return latest;
  }

  /** Asked from any thread: whether the step leads to where the number should ring now. */
  boolean stillWanted(Step.RouteNumber step) {
    WantedRoute route = wanted.get(step.number());
    return step.rings().equals(route == null ? List.of() : route.rings());
  }

  /** Looks whether anything is missing, and begins it. */
  void turn(Picture picture) {
    Map<PhoneNumber, WantedRoute> before = wanted;
    wanted = Routing.wanted(picture.state(), picture.now());
    boolean back = picture.carrier().reachable() && !reachable;
    reachable = picture.carrier().reachable();
    if (back || !sameRings(before, wanted)) {
      // What is wanted now, a fire perhaps, must not wait out the tries of what failed before.
      hurry();
      retry = FIRST_RETRY;
    }
    rows.owe(picture);
    latest = reconciler.difference(picture.state(), wanted, carrier.numbers(), picture.now());
    List<Step> steps = missing(rows.steps(picture));
    refusals.keep(steps, picture.state().settings());
    boolean missing = !refusals.due(steps, picture.clock()).isEmpty();
    // In observe mode the difference is only shown.
    boolean observing = picture.state().mode() == Rules.Mode.OBSERVE;
    overdue.turn(observing ? List.of() : steps, picture.clock());
    boolean free = !busy && picture.state().openRedirect().isEmpty() && !observing;
    if (missing && free && picture.clock().compareTo(notBefore) >= 0) {
      busy = true;
      carrier.refresh(fresh -> planOrStandBack(picture, fresh));
    } else if (!missing && free) {
      retry = FIRST_RETRY;
    }
  }

  /** Rows first: all callers follow them. */
  private List<Step> missing(List<Step> ofRows) {
    List<Step> steps = new ArrayList<>(ofRows);
    steps.addAll(latest.steps());
    return steps;
  }

  /** A step of a plan has ended. */
  void ended(Step step, Outcome outcome) {
    refusals.ended(step, outcome, core.ticker().now());
  }

  private static boolean sameRings(
      Map<PhoneNumber, WantedRoute> one, Map<PhoneNumber, WantedRoute> other) {
    return one.keySet().equals(other.keySet())
        && one.entrySet().stream()
            .allMatch(
                e ->
                    Optional.ofNullable(other.get(e.getKey()))
                        .filter(route -> route.rings().equals(e.getValue().rings()))
                        .isPresent());
  }

  private void planOrStandBack(Picture asked, CarrierWatch.Fresh fresh) {
    try {
      plan(asked, fresh);
    } catch (RuntimeException defect) {
      // A defect with one number must not end all redirecting until a restart.
      busy = false;
      backOff();
      throw defect;
    }
  }

  private void plan(Picture asked, CarrierWatch.Fresh fresh) {
    if (!fresh.numbers()) {
      busy = false;
      backOff();
      return;
    }
    State state = core.state();
    Instant now = core.now();
    Picture picture =
        new Picture(
            state,
            asked.verdicts(),
            carrier.sight(),
            now,
            core.ticker().now(),
            asked.quiet(),
            asked.capacities(),
            asked.votes(),
            asked.withoutAddress());
    wanted = Routing.wanted(state, now);
    latest = reconciler.difference(state, wanted, carrier.numbers(), now);
    // A trunk that cannot be read must not keep numbers from ringing on mobiles.
    List<Step> missing = missing(fresh.rows() ? rows.steps(picture) : List.of());
    List<Step> steps = refusals.due(missing, picture.clock());
    if (steps.isEmpty()) {
      busy = false;
      if (!fresh.rows()) {
        backOff();
      }
      return;
    }
    begin(picture, steps, reason(steps));
  }

  private void begin(Picture picture, List<Step> steps, String reason) {
    Plan plan = Planner.redirect(picture, steps, reason, core.ids().get());
    steps.forEach(step -> step.on(new Others()));
    runs.expect(plan);
    // The next try of what fails now waits longer; success sets it back.
    backOff();
    thread.then(
        core.write(new Entry.Intended(core.now(), plan)),
        written -> {
          busy = false;
          runs.turn();
        },
        notCommitted -> busy = false);
  }

  private void backOff() {
    notBefore = core.ticker().now().plus(retry);
    retry = retry.multipliedBy(2).compareTo(LAST_RETRY) > 0 ? LAST_RETRY : retry.multipliedBy(2);
  }

  /** Something new is wanted: there is no reason to wait for the next try. */
  void hurry() {
    notBefore = Duration.ZERO;
  }

  private String reason(List<Step> steps) {
    Map<String, Integer> whys = new TreeMap<>();
    for (Step step : steps) {
      whys.merge(step.on(new Why()), 1, Integer::sum);
    }
    return String.join(
        "; ",
        whys.entrySet().stream()
            .map(
                why ->
                    why.getValue()
                        + (why.getValue() == 1 ? " number: " : " numbers: ")
                        + why.getKey())
            .toList());
  }

  /** The step that puts Linekeeper's wish through although somebody else changed the number. */
  boolean repair(Picture picture, PhoneNumber number) {
    Found found = carrier.numbers().get(number);
    if (busy
        || found == null
        || picture.state().mode() == Rules.Mode.OBSERVE
        || picture.state().openRedirect().isPresent()) {
      return false;
    }
    Optional<Step> step =
        reconciler.repair(picture.state(), Optional.ofNullable(wanted.get(number)), number, found);
    step.ifPresent(
        s -> {
          busy = true;
          begin(picture, List.of(s), "repairing what somebody else changed: " + number);
        });
    return step.isPresent();
  }

  /** Before a number is let go, the journal says what others made of it meanwhile. */
  private final class Others implements Step.CasesOrElse<Boolean> {
    @Override
    public Boolean routeNumber(Step.RouteNumber step) {
      MovedNumber moved = core.state().moved().get(step.number());
      Found found = carrier.numbers().get(step.number());
      List<String> fields =
          moved == null || found == null || !step.rings().isEmpty()
              ? List.of()
              : reconciler.changedByOthers(moved, found);
      if (!fields.isEmpty()) {
        core.note(
            Weight.WARNING,
            "somebody else has changed "
                + String.join(", ", fields)
                + " of "
                + step.number()
                + " at the carrier while it was diverted; that stays as it is");
      }
      return !fields.isEmpty();
    }

    @Override
    public Boolean orElse(Step step) {
      return false;
    }
  }

  private final class Why implements Step.CasesOrElse<String> {
    @Override
    public String routeNumber(Step.RouteNumber step) {
      WantedRoute route = wanted.get(step.number());
      return route == null ? "no longer in numbers.yml" : route.why();
    }

    @Override
    public String orElse(Step step) {
      return step.sentence();
    }
  }
}
