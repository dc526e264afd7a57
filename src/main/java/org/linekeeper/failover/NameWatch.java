package org.linekeeper.failover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.linekeeper.estate.PbxId;
import org.linekeeper.estate.Rules;
import org.linekeeper.estate.ServiceName;
import org.linekeeper.state.Entry;
import org.linekeeper.state.Entry.Noted.Weight;
import org.linekeeper.state.NameRecords;
import org.linekeeper.state.Plan;
import org.linekeeper.state.SettingsInForce;
import org.linekeeper.state.Step;

/**
 * Reads the names that follow the service now and then: what they say is the before-image of the
 * next change. One that has not followed a move is tried again, and what somebody else has made
 * them say is shown and left alone. Runs on the control thread.
 */
final class NameWatch {
  /** A name is changed by hand seldom, and the server is not ours. */
  private static final Duration LOOK = Duration.ofSeconds(15);

  private final Core core;
  private final ControlThread thread;
  private final Runs runs;
  private final Map<String, NameRecords> seen = new HashMap<>();
  private final Set<String> told = new HashSet<>();
  private final LateNames late = new LateNames();
  private List<String> drifts = List.of();
  private Duration looked = Duration.ofDays(-1);

  /** The plan by which a name is being tried again; empty while none is. */
  private String trying = "";

  NameWatch(Core core, ControlThread thread, Runs runs) {
    this.core = core;
    this.thread = thread;
    this.runs = runs;
  }

  /** What was read of each name lately, by {@link ServiceName#label()}. */
  Map<String, NameRecords> seen() {
    return Map.copyOf(seen);
  }

  /** One sentence for each name that says what nobody here wanted. */
  List<String> drifts() {
    return drifts;
  }

  void turn(Picture picture) {
    Optional<PbxId> active = picture.state().active();
    List<ServiceName> names =
        picture.state().settings().map(SettingsInForce::estate).stream()
            .flatMap(estate -> estate.moving().names().stream())
            .toList();
    if (active.filter(late::serves).isPresent()) {
      forget();
    }
    if (active.isEmpty() || names.isEmpty()) {
      return;
    }
    if (picture.state().openRolePlan().isPresent()) {
      forget();
      return;
    }
    compare(picture, names, active.get());
    if (picture.clock().minus(looked).compareTo(LOOK) >= 0) {
      looked = picture.clock();
      names.forEach(name -> read(name, active.get()));
    }
  }

  /** What was read is from before a move: it is read afresh. */
  private void forget() {
    looked = Duration.ofDays(-1);
    seen.clear();
  }

  private void read(ServiceName name, PbxId active) {
    NameRecords want = new NameRecords(name.ttl(), name.of(active));
    thread.then(
        core.around()
            .names()
            .read(new Step.PointName(name.zone(), name.name(), name.type(), want, want)),
        answer ->
            answer.ifPresentOrElse(
                records -> seen.put(name.label(), records), () -> seen.remove(name.label())),
        defect -> seen.remove(name.label()));
  }

  /**
   * By a plan of its own: the one that moved the service has ended, and what is done to a name
   * server after that must be in the journal before it is done, too.
   */
  private void tryAgain(Picture picture, Step.PointName step) {
    Plan plan =
        Planner.redirect(
            picture,
            List.of(step),
            step.name() + " has not followed the service yet, so it is tried again",
            core.ids().get());
    trying = plan.id();
    runs.expect(plan);
    thread.then(
        core.write(new Entry.Intended(core.now(), plan)),
        written -> runs.turn(),
        notCommitted -> trying = "");
  }

  /** A step of a plan has ended: what the name says now tells more than what came of it. */
  void ended(Plan plan) {
    if (plan.id().equals(trying)) {
      trying = "";
      looked = Duration.ofDays(-1);
    }
  }

  private void compare(Picture picture, List<ServiceName> names, PbxId active) {
    // Just after a change what was read is older than the change.
    boolean settled = picture.clock().minus(looked).compareTo(Duration.ofSeconds(5)) >= 0;
    List<String> found = new ArrayList<>();
    for (ServiceName name : names) {
      NameRecords want = new NameRecords(name.ttl(), name.of(active));
      NameRecords is = seen.get(name.label());
      if (is == null || want.values().isEmpty()) {
        continue;
      }
      if (!is.says(want)) {
        String says = name.label() + " says " + is + ", where " + active + " is " + want;
        found.add(
            late.isLate(name, is)
                ? says + ": it has not followed the service yet, and is tried again now and then"
                : says
                    + ": somebody else has changed it, or a change failed. It is left as it is; put"
                    + " it right on the name server, or move the service to and fro");
      }
      if (settled && trying.isEmpty() && picture.state().mode() != Rules.Mode.OBSERVE) {
        late.due(name, is, want, picture.clock()).ifPresent(step -> tryAgain(picture, step));
      }
    }
    if (settled) {
      drifts = List.copyOf(found);
      told.retainAll(found);
      found.stream().filter(told::add).forEach(drift -> core.note(Weight.WARNING, drift));
    }
  }
}
