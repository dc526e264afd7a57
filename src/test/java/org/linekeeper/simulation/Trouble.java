package org.linekeeper.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.linekeeper.estate.Offices;
import org.linekeeper.estate.PbxId;

/** What goes wrong, when, and for how long: by the seed. */
final class Trouble {
  /** The watchers have found each other by then, and one of them may act. */
  private static final double FROM = 3_000;

  private static final double UNTIL = 10_000;

  private final Office office;
  private final World world;
  private boolean lossy;
  private final List<Runnable> mends = new ArrayList<>();

  Trouble(Office office) {
    this.office = office;
    this.world = office.world();
  }

  /** Plans all of it. By the end of it everything is mended. */
  void plan() {
    if (world.chance(0.4)) {
      aimed(world.between(FROM + 1_500, UNTIL - 1_500));
    } else {
      anything();
    }
    int commands = world.pick(4);
    for (int i = 0; i < commands; i++) {
      world.in(world.millis(FROM, UNTIL), this::command);
    }
    world.in(world.millis(UNTIL + 4_000, UNTIL + 4_000), this::mendAll);
  }

  /** What would come about by chance once in ten thousand times. */
  private void aimed(double at) {
    switch (world.pick(6)) {
      case 0 -> { // a takeover, in which both sides of it are in trouble
        in(at, () -> killPbx(Offices.PRIMARY));
        in(at + world.between(-200, 300), () -> silence("a"));
        in(at + world.between(0, 600), () -> killWatcher("b", 50, 700));
      }
      case 1 -> { // the leader is lost while it acts
        in(at, () -> killPbx(pbx()));
        in(at + world.between(0, 250), () -> leader().ifPresent(this::silence));
        in(at + world.between(0, 2_500), () -> silence(watcher()));
      }
      case 2 -> { // only the leader does not see the PBX that serves; another one did not before
        if (world.chance(0.5)) {
          in(FROM, () -> blind(other(), 2_500, 2_600));
          in(FROM + 1_300, () -> blind(leader(), 300, 700));
        }
        boolean loses = world.chance(0.3); // and what the others say is lost now and then
        double late = loses ? FROM + 3_500 : UNTIL + world.between(200, 500);
        double lasts = loses ? world.between(900, 9_000) : world.between(900, 3_000);
        in(late, () -> blind(leader(), lasts, lasts));
        if (loses) {
          lossy = true;
          in(late - 200, () -> office.wire().loses(world.between(0.03, 0.12)));
        }
      }
      case 3 -> { // the building loses its power for a moment
        in(at, () -> killPbx(pbx()));
        double all = at + world.between(0, 400);
        Office.WATCHERS.forEach(name -> in(all, () -> killWatcher(name, 100, 1_500)));
      }
      case 4 -> { // who is to take the address has not seen that it was left to the other host
        in(at, () -> restartWatcher("a"));
        in(at + world.between(100, 800), () -> killPbx(Offices.PRIMARY));
        in(at + world.between(100, 800), () -> killWatcher("b", 50, 700));
      }
      default -> { // two decide at once
        in(at, () -> killPbx(Offices.PRIMARY));
        in(at + world.between(15, 45), () -> leader().ifPresent(l -> cutHost(l, 1_200, 2_000)));
        in(at + world.between(500, 2_500), () -> leader().ifPresent(l -> cutHost(l, 200, 2_500)));
      }
    }
  }

  private void in(double millis, Runnable blow) {
    world.in(world.millis(millis, millis), blow);
  }

  private void silence(String name) {
    switch (world.pick(3)) {
      case 0 -> killWatcher(name);
      case 1 -> pauseWatcher(name);
      default -> cutHost(name);
    }
  }

  private Optional<String> leader() {
    return Office.WATCHERS.stream().filter(name -> office.watcher(name).mayAct()).findFirst();
  }

  private Optional<String> other() {
    String host = office.pbxs().get(Offices.PRIMARY).host();
    return Office.WATCHERS.stream()
        .filter(name -> !name.equals(host) && !leader().equals(Optional.of(name)))
        .findFirst();
  }

  private void blind(Optional<String> watcher, double low, double high) {
    String host = office.pbxs().get(Offices.PRIMARY).host();
    watcher.filter(name -> !name.equals(host)).ifPresent(name -> cut(name, host, true, low, high));
  }

  private void anything() {
    int many = 1 + world.pick(6);
    double together = world.between(FROM, UNTIL);
    for (int i = 0; i < many; i++) {
      boolean close = world.chance(0.5);
      double at = close ? together + world.between(0, 400) : world.between(FROM, UNTIL);
      world.in(world.millis(at, at), this::strike);
    }
    if (world.chance(0.3)) {
      lossy = true;
      office.wire().loses(world.between(0, 0.05));
    }
    if (world.chance(0.2)) {
      office.wire().takes(world.between(2, 60));
    }
  }

  private void mendAll() {
    if (lossy) {
      office.wire().loses(0);
    }
    office.wire().takes(2);
    Office.WATCHERS.forEach(name -> office.power(name, true));
    for (Runnable mend : List.copyOf(mends)) {
      mend.run();
    }
    office.watchers().forEach(Watcher::restart);
  }

  /** Until then, unless it is mended with everything else before. */
  private void lasting(double low, double high, Runnable mend) {
    boolean[] done = {false};
    Runnable once =
        () -> {
          if (!done[0]) {
            done[0] = true;
            mend.run();
          }
        };
    mends.add(once);
    world.in(world.millis(low, high), once);
  }

  private void strike() {
    switch (world.pick(14)) {
      case 0 -> killWatcher(watcher());
      case 1 -> pauseWatcher(watcher());
      case 2 -> cutLink(true);
      case 3 -> cutLink(false);
      case 4 -> cutHost(host());
      case 5 -> killPbx(pbx());
      case 6 -> hangPbx(pbx(), world.chance(0.5) ? 700 : 6_000);
      case 7 -> flap(pbx());
      case 8 -> powerOff(host());
      case 9 -> restartWatcher(watcher());
      case 10 -> crashAgainAndAgain(pbx());
      case 11 -> shutDown(host());
      case 12 -> Office.PAIR.forEach(this::killPbx);
      default -> pauseThenCut(host());
    }
  }

  private void struck(String what) {
    office.counters().add(what);
    office.tell("== " + what);
  }

  private String watcher() {
    return Office.WATCHERS.get(world.pick(3));
  }

  private String host() {
    return watcher();
  }

  private static PbxId pbx(int which) {
    return which == 0 ? Offices.PRIMARY : Offices.STANDBY;
  }

  private PbxId pbx() {
    return pbx(world.chance(0.7) ? 0 : 1);
  }

  private void command() {
    String[] words = {"DIVERT ALL", "RETURN ALL", "SWITCH", "FAILBACK"};
    String word = words[world.pick(words.length)];
    office.watchers().forEach(watcher -> watcher.say(word));
  }

  private void killWatcher(String name) {
    killWatcher(name, 300, 5_000);
  }

  private void killWatcher(String name, double low, double high) {
    struck("watchers killed");
    Watcher watcher = office.watcher(name);
    if (watcher.mayAct() && !office.newest().openPlans().isEmpty()) {
      struck("leaders killed with a plan open");
    }
    watcher.kill();
    lasting(low, high, () -> ifUp(name, watcher::restart));
  }

  private void restartWatcher(String name) {
    struck("watchers restarted in order");
    Watcher watcher = office.watcher(name);
    if (watcher.life().ranFor(0)) {
      watcher.stop(false);
      lasting(1_600, 6_000, () -> ifUp(name, watcher::restart));
    }
  }

  /** Its services end side by side, or one after the other. */
  private void shutDown(String name) {
    Watcher watcher = office.watcher(name);
    if (office.isUp(name) && watcher.life().ranFor(0)) {
      struck("machines shut down");
      watcher.stop(true);
      office
          .beside(name)
          .ifPresent(pbx -> in(world.between(0, 2_000), () -> office.pbxs().kill(pbx)));
      in(2_000, () -> powerOff(name));
    }
  }

  private void ifUp(String name, Runnable task) {
    if (office.isUp(name)) {
      task.run();
    }
  }

  private void pauseWatcher(String name) {
    struck("watchers paused");
    Watcher watcher = office.watcher(name);
    Life life = watcher.life();
    if (watcher.mayAct() && !office.newest().openPlans().isEmpty()) {
      struck("leaders paused with a plan open");
    }
    if (office.machine(name).hasAddress()) {
      struck("watchers paused beside the address");
    }
    life.pause();
    lasting(50, 4_000, life::goOn);
  }

  private void cutLink(boolean bothWays) {
    struck(bothWays ? "links cut" : "links cut one way");
    List<String> ends = new ArrayList<>(Office.WATCHERS);
    ends.add(Provider.NAME);
    String one = watcher();
    ends.remove(one);
    String other = ends.get(world.pick(ends.size()));
    cut(one, other, bothWays, 100, 6_000);
  }

  private void cut(String one, String other, boolean bothWays, double low, double high) {
    office.wire().cut(one, other);
    if (bothWays) {
      office.wire().cut(other, one);
    }
    lasting(
        low,
        high,
        () -> {
          office.wire().mend(one, other);
          if (bothWays) {
            office.wire().mend(other, one);
          }
        });
  }

  private void cutHost(String host) {
    cutHost(host, 200, 6_000);
  }

  private void cutHost(String host, double low, double high) {
    struck("hosts cut");
    double lasts = world.between(low, high);
    for (String other : Office.WATCHERS) {
      if (!other.equals(host)) {
        cut(host, other, true, lasts, lasts);
      }
    }
    cut(host, Provider.NAME, true, lasts, lasts);
  }

  private void killPbx(PbxId pbx) {
    struck("PBXs killed");
    office.pbxs().kill(pbx);
    lasting(500, 6_000, () -> ifUp(office.pbxs().get(pbx).host(), () -> office.pbxs().starts(pbx)));
  }

  private void hangPbx(PbxId pbx, double atMost) {
    struck("PBXs hung");
    office.pbxs().hangs(pbx, true);
    lasting(100, atMost, () -> office.pbxs().hangs(pbx, false));
  }

  private void flap(PbxId pbx) {
    struck("PBXs flapping");
    for (int i = 0; i < 6; i++) {
      boolean hangs = i % 2 == 0;
      world.in(world.millis(i * 900, i * 900 + 800), () -> office.pbxs().hangs(pbx, hangs));
    }
    world.in(world.millis(6_000, 6_000), () -> office.pbxs().hangs(pbx, false));
  }

  /** The PBX, and with it now and then whoever watches beside it, on a network that is bad. */
  private void crashAgainAndAgain(PbxId pbx) {
    struck("PBXs crashing again and again");
    String host = office.pbxs().get(pbx).host();
    double at = 0;
    for (int i = 0; i < 3; i++) {
      at += world.between(100, 900);
      world.in(world.millis(at, at), () -> office.pbxs().kill(pbx));
      if (world.chance(0.4)) {
        double soon = at + world.between(20, 400);
        world.in(world.millis(soon, soon), () -> killWatcher(host, 100, 500));
      }
      at += world.between(100, 900);
      world.in(world.millis(at, at), () -> ifUp(host, () -> office.pbxs().starts(pbx)));
    }
    String other = watcher();
    if (!other.equals(host)) {
      cut(host, other, false, 200, 2_000);
    }
    lasting(at + 100, at + 100, () -> ifUp(host, () -> office.pbxs().starts(pbx)));
  }

  private void powerOff(String host) {
    if (!office.isUp(host)) {
      return;
    }
    struck("hosts without power");
    office.machine(host).ending = false;
    office.power(host, false);
    office.watcher(host).kill();
    office.beside(host).ifPresent(office.pbxs()::kill);
    double lasts = world.between(1_000, 6_000);
    for (String other : Office.WATCHERS) {
      if (!other.equals(host)) {
        cut(host, other, true, lasts, lasts);
      }
    }
    lasting(
        lasts,
        lasts,
        () -> {
          office.power(host, true);
          office.watcher(host).restart();
          office.beside(host).ifPresent(office.pbxs()::starts);
        });
  }

  private void pauseThenCut(String host) {
    pauseWatcher(host);
    world.in(world.millis(1, 300), () -> cutHost(host));
  }
}
