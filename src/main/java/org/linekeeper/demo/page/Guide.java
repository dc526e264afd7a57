package org.linekeeper.demo.page;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.linekeeper.demo.link.Link;
import org.linekeeper.demo.office.DemoOffice;
import org.linekeeper.demo.office.DemoWatcher;
import org.linekeeper.failover.Overview;
import org.linekeeper.state.Actor;
import org.linekeeper.state.Diversion;
import org.linekeeper.state.Plan;
import org.linekeeper.state.Promotion;
import org.linekeeper.state.SettingsInForce;
import org.linekeeper.state.State;

/** What is worth trying, and what of it has been seen already. */
final class Guide {
  private final DemoOffice office;
  private final List<Hint> hints;
  private final Set<String> led = new HashSet<>();
  private String firstSettings = "";
  private final Set<Hint> done = EnumSet.noneOf(Hint.class);

  private static final List<Hint> ALONE =
      List.of(
          Hint.FAIL_OVER,
          Hint.FAIL_BACK,
          Hint.DIVERT,
          Hint.RETURN,
          Hint.SCHEDULE,
          Hint.EMERGENCY,
          Hint.EDIT);

  /** First what there is to see with three only. */
  private static final List<Hint> TOGETHER =
      List.of(
          Hint.LEADER_CUT_OFF,
          Hint.FAIL_OVER,
          Hint.PATH_CUT,
          Hint.WATCHER_KILLED,
          Hint.NO_MAJORITY,
          Hint.FAIL_BACK,
          Hint.DIVERT,
          Hint.EMERGENCY,
          Hint.EDIT);

  private enum Hint {
    LEADER_CUT_OFF(
        "Cut two of the three links between watchers: both of the one that leads.",
        "Some two seconds later another one leads. The one cut off says that it has no majority, and"
            + " begins nothing. Callers notice nothing."),
    PATH_CUT(
        "Mend all. Cut the link from one watcher to the PBX that serves.",
        "It does not hear that PBX any more, the others do: no calls move."),
    WATCHER_KILLED(
        "Kill a watcher, and start it again.",
        "The other two go on; it reads up on what it missed. One more killed, and nothing is begun"
            + " any more, but calls are answered."),
    NO_MAJORITY(
        "Cut all three links between watchers.",
        "Nobody has a majority, and all three say so. Calls are answered as before; kill the PBX that"
            + " serves now, and the carrier itself tries the other one."),
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

  Guide(DemoOffice office) {
    this.office = office;
    this.hints = office.watchers().size() > 1 ? TOGETHER : ALONE;
  }

  /** Notes what has happened by now. */
  synchronized void look() {
    Overview seen = office.linekeeper().loop().overview();
    links();
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

  private void links() {
    if (office.links().isEmpty()) {
      return;
    }
    List<String> names = office.watchers().stream().map(DemoWatcher::name).toList();
    String leads = leader();
    if (!leads.isEmpty()) {
      if (led.stream().anyMatch(name -> !name.equals(leads) && cut(name, names) == 2)) {
        done.add(Hint.LEADER_CUT_OFF);
      }
      led.add(leads);
    } else if (names.stream().allMatch(name -> cut(name, names) == 2)) {
      done.add(Hint.NO_MAJORITY);
    }
    List<String> pbxs = office.pbxs().both().stream().map(pbx -> pbx.settings().name()).toList();
    if (names.stream().anyMatch(name -> cut(name, pbxs) > 0 && cut(name, names) == 0)) {
      done.add(Hint.PATH_CUT);
    }
    if (office.watchers().stream().anyMatch(watcher -> watcher.running().isEmpty())) {
      done.add(Hint.WATCHER_KILLED);
    }
  }

  private String leader() {
    return office.watchers().stream()
        .filter(watcher -> watcher.running().filter(s -> s.journal().leads()).isPresent())
        .map(DemoWatcher::name)
        .findFirst()
        .orElse("");
  }

  private long cut(String watcher, List<String> others) {
    return others.stream()
        .filter(other -> office.network().isCut(new Link(watcher, other)))
        .count();
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
    return hints.stream().map(hint -> new Line(hint.what, hint.see, done.contains(hint))).toList();
  }
}
