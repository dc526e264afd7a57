package org.linekeeper.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.HostCommand;
import org.linekeeper.estate.Movings;
import org.linekeeper.estate.Offices;
import org.linekeeper.estate.PbxId;
import org.linekeeper.estate.Rules;
import org.linekeeper.estate.Takeover;
import org.linekeeper.state.Entry;
import org.linekeeper.state.Lease;
import org.linekeeper.state.NumberImage;
import org.linekeeper.state.OriginationUrl;
import org.linekeeper.state.Plan;
import org.linekeeper.state.State;
import org.linekeeper.state.Step;

/** Everything that there is, and what must never be. */
final class Office {
  static final List<String> WATCHERS = List.of("a", "b", "c");
  private static final boolean TOLD = Boolean.getBoolean("simulation.told");
  static final List<PbxId> PAIR = List.of(Offices.PRIMARY, Offices.STANDBY);

  /** What was the matter so long ago may still be in a verdict, a vote, or a log. */
  private static final long LATELY = 4_000_000_000L;

  /** That a host has taken the address comes with its next renewal. */
  private static final long HEARD_OF = 500_000_000L;

  /** Where packets are lost it takes long until one that was silent is believed again. */
  private static final long EVER = 3_600_000_000_000L;

  private static final Duration SOON = Duration.ofSeconds(2);

  private final World world;
  private final Set<Flaw> flaws;
  private final Counters counters = new Counters();
  private final Wire wire;
  private final Map<String, Machine> machines = new TreeMap<>();
  private final Map<String, Watcher> watchers = new TreeMap<>();
  private final Pbxs pbxs;
  private final Provider provider;
  private final Gates gates = new Gates(this);
  private final Disk.Item bootstrap;
  private final Set<String> off = new HashSet<>();
  private final List<Disk.Item> log = new ArrayList<>();
  private final Set<String> calls = new HashSet<>();
  private final Set<Object> intents = new HashSet<>();
  private final Map<String, String> complaints = new HashMap<>();
  private Moments moments = Moments.none();
  private long evolved;
  private long print;
  private State newest = State.EMPTY;

  Office(World world, Set<Flaw> flaws) {
    this(world, flaws, Offices.accountants(rules(world)));
  }

  /** In some, numbers go to mobiles before all is mended. */
  private static Rules rules(World world) {
    Rules shipped = Rules.defaults();
    return world.chance(0.2)
        ? new Rules(
            shipped.mode(),
            shipped.holdDown(),
            shipped.divertWhenNoPbx(),
            SOON,
            SOON,
            shipped.gateLease(),
            shipped.confirmAbove())
        : shipped;
  }

  Office(World world, Set<Flaw> flaws, Estate accountants) {
    this.world = world;
    this.flaws = flaws.isEmpty() ? Set.of() : EnumSet.copyOf(flaws);
    this.wire = new Wire(world);
    WATCHERS.forEach(name -> machines.put(name, new Machine(name, world)));
    this.pbxs = new Pbxs(this);
    pbxs.add(Offices.PRIMARY, machine("a"));
    pbxs.add(Offices.STANDBY, machine("b"));
    this.provider = new Provider(this, accountants.numbers());
    boolean keeps = world.chance(0.3);
    if (keeps) {
      counters.add("offices whose hosts keep the address");
    }
    Optional<HostCommand> fence =
        keeps && world.chance(0.5) ? Optional.of(Movings.FENCE) : Optional.empty();
    Takeover leased = keeps ? Movings.kept("a", "b", fence) : Movings.leased("a", "b");
    Entry accepted =
        new Entry.SettingsAccepted(machine("a").wall(), "a", "hash", accountants.with(leased));
    bootstrap = new Disk.Item(1, "settings", List.of(accepted));
    WATCHERS.forEach(name -> watchers.put(name, new Watcher(this, machine(name))));
  }

  World world() {
    return world;
  }

  /** Says it, where somebody follows one seed. */
  void tell(Object what) {
    if (TOLD) {
      System.out.printf("%,12d us  %s%n", world.now() / 1_000, what);
    }
  }

  Set<Flaw> flaws() {
    return flaws;
  }

  Counters counters() {
    return counters;
  }

  Wire wire() {
    return wire;
  }

  Pbxs pbxs() {
    return pbxs;
  }

  Provider provider() {
    return provider;
  }

  Disk.Item bootstrap() {
    return bootstrap;
  }

  Machine machine(String name) {
    return Objects.requireNonNull(machines.get(name));
  }

  Watcher watcher(String name) {
    return Objects.requireNonNull(watchers.get(name));
  }

  Collection<Watcher> watchers() {
    return watchers.values();
  }

  /** From now on. */
  void watch(Moments those) {
    moments = those;
  }

  /** That watcher is about to do something, or has just done it; says whether it lives. */
  boolean moment(String watcher, String what) {
    return moments.lives(watcher(watcher), what);
  }

  /** The PBX on that watcher's machine. */
  Optional<PbxId> beside(String watcher) {
    return PAIR.stream().filter(pbx -> pbxs.get(pbx).host().equals(watcher)).findFirst();
  }

  /** Whether that machine has power. */
  boolean isUp(String name) {
    return !off.contains(name);
  }

  void power(String name, boolean on) {
    if (on) {
      off.remove(name);
    } else {
      off.add(name);
      machine(name).letGo();
    }
  }

  /** Of a PBX's machine, by a command; somebody switches it on again. */
  void cutPower(PbxId pbx) {
    counters.add("hosts fenced");
    tell(pbx + "'s host is fenced");
    String host = pbxs.get(pbx).host();
    power(host, false);
    watcher(host).kill();
    pbxs.kill(pbx);
    world.in(
        world.millis(2_000, 5_000),
        () -> {
          power(host, true);
          watcher(host).restart();
          pbxs.starts(pbx);
        });
  }

  /** What the journal adds up to, as far as any of them has seen. */
  State newest() {
    return newest;
  }

  /** The same for the same entries at the same times, in whichever process. */
  long print() {
    return 31 * print + world.events();
  }

  /** Ends the simulation if that is not so. */
  void check(boolean good, String otherwise) {
    if (!good) {
      throw new Violation(otherwise + " (after " + world.now() / 1_000_000 + " ms)");
    }
  }

  /** A rule was broken. */
  static final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Violation(String what) {
      super(what);
    }
  }

  /** After each event. */
  void check() {
    Optional<String> acting = Optional.empty();
    for (Watcher watcher : watchers.values()) {
      if (watcher.mayAct()) {
        check(acting.isEmpty(), "two watchers may act");
        acting = Optional.of(watcher.machine().name);
      }
    }
    gates.check(acting);
  }

  void armed(Machine machine) {
    counters.add("arms");
    tell(machine.name + "'s kernel has the address");
    for (Machine other : machines.values()) {
      check(
          other == machine || !other.hasAddress(),
          machine.name + " and " + other.name + " have the address");
    }
  }

  /** One of them knows that item to be committed at that place. */
  void committed(int place, Disk.Item item) {
    if (place < log.size()) {
      check(log.get(place) == item, "two watchers have another item " + place);
      return;
    }
    log.add(item);
    print = 31 * print + world.now();
    check(item.call().isEmpty() || calls.add(item.call()), item.call() + " was appended twice");
    for (Entry entry : item.entries()) {
      print = 31 * print + entry.getClass().getSimpleName().hashCode();
      if (entry instanceof Entry.Intended intended) {
        intended.plan().steps().forEach(this::remember);
      }
    }
  }

  private void remember(Step step) {
    if (step instanceof Step.RouteNumber route) {
      intents.add(route.want().get("VoiceUrl"));
    } else if (step instanceof Step.MoveOrigination move) {
      intents.add(move.want());
    }
  }

  void intended(NumberImage image) {
    check(intents.contains(image.get("VoiceUrl")), "a number is moved without an intent");
  }

  void intended(OriginationUrl row) {
    check(intents.contains(row), "a row is moved without an intent");
    gates.changed();
  }

  /** What an entry made of one watcher's state; every watcher says so, the first one counts. */
  void evolved(String by, long number, State before, Entry entry, State after) {
    check(after.epoch().compareTo(before.epoch()) >= 0, "the epoch falls at " + by);
    if (number <= evolved) {
      return;
    }
    evolved = number;
    newest = after;
    tell(by + " sees " + entry.getClass().getSimpleName() + ": " + entry.sentence());
    if (!before.epoch().equals(after.epoch())) {
      moved(before, entry);
    } else if (entry instanceof Entry.Intended intended && intended.plan().kind().changesRole()) {
      counters.add("intents that came too late");
    }
    leased(before.lease(), after.lease());
    if (before.openPlans().isEmpty() != after.openPlans().isEmpty()) {
      gates.changed();
    }
    if (entry instanceof Entry.EmergencyBegan) {
      counters.add("emergencies");
    }
  }

  private void moved(State before, Entry entry) {
    gates.changed();
    Plan plan = ((Entry.Intended) entry).plan();
    counters.add(plan.kind() == Plan.Kind.FAILOVER ? "failovers" : "planned moves");
    check(
        plan.from().equals(before.active()),
        plan.id() + " moves calls from " + plan.from() + ", and " + before.active() + " serves");
    String complaint = complaints.get(plan.id());
    check(complaint == null, String.valueOf(complaint));
  }

  private void leased(Optional<Lease> before, Optional<Lease> after) {
    if (before.isEmpty() || after.isEmpty()) {
      return;
    }
    if (before.get().number() != after.get().number()
        || before.get().taken() != after.get().taken()) {
      gates.changed();
    }
    if (before.get().number() != after.get().number()) {
      counters.add("leases passed on");
    } else if (!before.get().taken() && after.get().taken()) {
      counters.add(before.get().free() ? "leases taken" : "leases taken after the tenure");
    }
  }

  /** A watcher wants that written. */
  void appends(String by, Entry entry) {
    if (entry instanceof Entry.Intended intended && intended.plan().kind() == Plan.Kind.FAILOVER) {
      Plan plan = intended.plan();
      objection(by, plan.from().orElseThrow())
          .ifPresent(why -> complaints.put(plan.id(), why + "; it says: " + plan.reason()));
    }
  }

  /** Others who have seen the PBX serve all the time must not be outvoted by those who did not. */
  private Optional<String> objection(String by, PbxId from) {
    if (!machine(pbxs.get(from).host()).hasHadAddress(HEARD_OF)) {
      return Optional.empty(); // callers do not get there, however well it is, or only now
    }
    if (newest.lease().filter(lease -> lease.keeps() && !lease.taken()).isPresent()) {
      return Optional
          .empty(); // nobody has heard yet that they do, and whoever was to say so is gone
    }
    if (!pbxs.wellFor(from, Duration.ofNanos(lately()))) {
      return Optional.empty();
    }
    int see = 0;
    int doNot = reaches(by, from) ? 0 : 1;
    for (String other : WATCHERS) {
      if (other.equals(by)) {
        continue;
      }
      boolean asked = watcher(other).life().ranFor(LATELY) && wire.upFor(by, other, lately());
      if (asked && reaches(other, from)) {
        see++;
      } else if (!reaches(other, from)) {
        doNot++;
      }
    }
    return reaches(by, from) || see > 0 && doNot < 2
        ? Optional.of(by + " moves calls away from " + from + ", which serves, as the others see")
        : Optional.empty();
  }

  private long lately() {
    return wire.lostNothingFor(LATELY) ? LATELY : EVER;
  }

  private boolean reaches(String watcher, PbxId pbx) {
    return watcher(watcher).life().ranFor(LATELY)
        && wire.upFor(watcher, pbxs.get(pbx).host(), lately());
  }

  /** What is not yet as it should be, now that all is mended; empty if nothing. */
  Optional<String> unsettled() {
    if (watchers.values().stream().filter(Watcher::mayAct).count() != 1) {
      return Optional.of("nobody may act");
    }
    PbxId active = newest.active().orElseThrow();
    if (!newest.openPlans().isEmpty()) {
      return Optional.of("open plans " + newest.openPlans().keySet());
    }
    if (!machine(pbxs.get(active).host()).hasAddress()) {
      return Optional.of(active + "'s host does not have the address: " + newest.lease());
    }
    if (!pbxs.takesCalls(active)) {
      return Optional.of(active + " is to serve and turns calls away");
    }
    if (!provider.first().equals(row(active))) {
      return Optional.of("the carrier tries " + provider.first() + ", and " + active + " serves");
    }
    return Optional.empty();
  }

  /** What of the office's numbers is not back, whoever wanted them elsewhere; empty if nothing. */
  Optional<String> notReturned() {
    if (!newest.emergency().isEmpty() || !newest.diversions().isEmpty()) {
      return Optional.of("numbers are diverted still");
    }
    return provider.images().entrySet().stream()
        .filter(each -> !each.getValue().equals(Provider.found()))
        .map(each -> each.getKey() + " is not as it was found")
        .findFirst();
  }

  /** Has everything put back, as a person would say again who sees that it was not. */
  void returnAll() {
    watchers.values().forEach(watcher -> watcher.say("RETURN ALL"));
  }

  /** The carrier's row for that PBX. */
  static String row(PbxId pbx) {
    return pbx.equals(Offices.PRIMARY) ? Offices.PRIMARY_ROW : Offices.STANDBY_ROW;
  }
}
