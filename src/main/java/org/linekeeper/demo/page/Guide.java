package org.linekeeper.demo.page;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.linekeeper.failover.Overview;
import org.linekeeper.state.Actor;
import org.linekeeper.state.Diversion;
import org.linekeeper.state.Plan;
import org.linekeeper.state.Promotion;
import org.linekeeper.state.SettingsInForce;
import org.linekeeper.state.State;

/** What is worth trying, and what of it has been seen already. */
final class Guide {
  private String firstSettings = "";
  private final Set<Hint> done = EnumSet.noneOf(Hint.class);

  private enum Hint {
    FAIL_OVER("Kill the primary PBX.", "The standby answers the calls within a second."),
    FAIL_BACK(
        "Bring it back, then “Fail back to primary”.",
        "Until somebody says so, it only waits: a PBX that has just died is not trusted."),
    DIVERT(
        "Text DIVERT SALES as Bob, and reply with the code.",
        "Calls to both Sales numbers are answered by his mobile."),
    RETURN("Text RETURN SALES and reply with the code.", "They ring at the office again."),
    SCHEDULE(
        "Move the clock to closing time, and on to opening time.",
        "Main line, Sales and Support ring on mobiles overnight."),
    EMERGENCY(
        "Hang both PBXs.", "Some seconds later all numbers but the lift alarm ring on mobiles."),
    EDIT("Edit numbers.yml in the directory below.", "It takes effect within two seconds.");

    private final String what;
    private final String see;

    Hint(String what, String see) {
      this.what = what;
      this.see = see;
    }
  }

  /**
   * One line of the guide.
   *
   * @param what to do
   * @param see what to look at then
   * @param done whether it has happened
   */
  record Line(String what, String see, boolean done) {}

  /** Notes what has happened by now. */
  synchronized void look(Overview seen) {
    State state = seen.state();
    state.promotion().map(Promotion::kind).ifPresent(this::promoted);
    boolean byText = state.diversions().values().stream().anyMatch(Guide::byText);
    if (byText) {
      done.add(Hint.DIVERT);
    } else if (done.contains(Hint.DIVERT)) {
      done.add(Hint.RETURN);
    }
    if (seen.routes().values().stream().anyMatch(r -> r.why().startsWith("schedule"))) {
      done.add(Hint.SCHEDULE);
    }
    if (state.emergency().isPresent()) {
      done.add(Hint.EMERGENCY);
    }
    state.settings().map(SettingsInForce::hash).ifPresent(this::settings);
  }

  private void settings(String hash) {
    if (firstSettings.isEmpty()) {
      firstSettings = hash;
    } else if (!hash.equals(firstSettings)) {
      done.add(Hint.EDIT);
    }
  }

  private void promoted(Plan.Kind kind) {
    switch (kind) {
      case FAILOVER -> done.add(Hint.FAIL_OVER);
      case FAILBACK -> done.add(Hint.FAIL_BACK);
      case SWITCHOVER, REDIRECT -> {}
    }
  }

  private static boolean byText(Diversion diversion) {
    return diversion.owner().door() == Actor.Door.SMS
        && diversion.route() == Diversion.Route.MOBILES;
  }

  synchronized List<Line> lines() {
    return Stream.of(Hint.values())
        .map(hint -> new Line(hint.what, hint.see, done.contains(hint)))
        .toList();
  }
}
