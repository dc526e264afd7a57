package org.linekeeper.gameday;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.linekeeper.demo.carrier.Knobs;
import org.linekeeper.lab.AsteriskRoot;
import org.linekeeper.lab.Await;
import org.linekeeper.lab.CpuHogs;
import org.linekeeper.lab.Jitter;
import org.linekeeper.lab.LabNetwork;
import org.linekeeper.lab.LabPbx;

/**
 * A bad day without a fault, for the Linekeeper of the failover bench: with the floating address,
 * on the standby's host, so that a false alarm would move it. Both processors and the disk busy, 5
 * % of the packets lost and each delayed by 0 to 50 ms, each way at both PBXs, 50 calls with audio
 * up, 20 new ones a second; and in turns a reload, a freeze of a PBX and a watcher that was
 * suspended. Between the two PBXs, and so between the watcher and the primary, both cables count:
 * 9.75 % and up to 100 ms each way.
 */
final class NoiseRun {
  private static final Duration CALL_EVERY = Duration.ofMillis(50);
  private static final Duration JITTER = Duration.ofMillis(50);
  private static final double LOSS = 5;
  private static final int UP = 50;
  private static final int MOST_TOLD = 50;

  private final House house;
  private final String kind;
  private final BooleanSupplier addressStays;

  /** Those of which one is suspended in turns; the first one is listened to. */
  private final List<Watching> suspended;

  private final Watching watching;
  private final Duration freeze;
  private int reloads;
  private int freezes;
  private Duration longest = Duration.ZERO;
  private int suspensions;
  private long held;
  private long stillUp;

  private NoiseRun(
      House house, String kind, BooleanSupplier addressStays, List<Watching> suspended) {
    this.house = house;
    this.kind = kind;
    this.addressStays = addressStays;
    this.suspended = suspended;
    this.watching = suspended.get(0);
    this.freeze = kind.equals("tolerant") ? Duration.ofSeconds(3) : Duration.ofMillis(700);
  }

  /**
   * @param kind {@code shipped}; {@code tolerant}, with freezes of 3 s and {@code freeze-tolerance:
   *     4s}; or {@code three} watchers that agree on whose the address is, of which the one beside
   *     the primary is not suspended: within a second it would lose the address, as it should
   */
  static NoiseReport of(LabNetwork network, long seconds, String kind) throws Exception {
    Duration length = Duration.ofSeconds(seconds);
    try (House house = House.open(network, AsteriskRoot.v22())) {
      if (kind.equals("three")) {
        try (ThreeSide side = ThreeSide.start(house, Map.of(), Watching.CLOSELY)) {
          List<Watching> two =
              List.of(side.watcher(ThreeSide.TWO), side.watcher(ThreeSide.WITNESS));
          return new NoiseRun(house, kind, side.service()::isThePrimarys, two).run(length);
        }
      }
      Map<String, String> settings =
          kind.equals("tolerant")
              ? Map.of("freeze-tolerance: 800ms", "freeze-tolerance: 4s")
              : Map.of();
      try (AddressSide side = AddressSide.start(house, settings, Watching.CLOSELY)) {
        List<Watching> one = List.of(side.watching());
        return new NoiseRun(house, kind, side.service()::isThePrimarys, one).run(length);
      }
    }
  }

  private List<LabPbx> pbxs() {
    return List.of(house.primary(), house.standby());
  }

  private NoiseReport run(Duration length) throws IOException {
    // with packets lost a carrier has to wait for a repeated request, as Twilio does
    house
        .office()
        .carrier()
        .knobs(Knobs.DEFAULT.withHunting(false).withLatency(Duration.ofMillis(150)));
    long epoch = watching.latest().orElseThrow().epoch();
    Instant start = Instant.now();
    Instant end = start.plus(length);
    Process disk = stallTheDisk();
    List<Jitter> jitters = new ArrayList<>();
    try (CpuHogs hogs = CpuHogs.start(2, length.plusMinutes(2));
        Calls calls = Calls.begin(house.office().carrier(), CALL_EVERY)) {
      for (LabPbx pbx : pbxs()) {
        pbx.host().lose(LOSS);
        jitters.add(pbx.host().jitter(JITTER));
      }
      System.out.println("jitter by " + jitters.get(0).by());
      while (Instant.now().isBefore(end)) {
        round();
        System.out.println(hogs.running() + " processes keep the processors busy");
      }
      for (LabPbx pbx : pbxs()) {
        pbx.host().clear();
      }
      jitters.forEach(Jitter::close);
      jitters.clear();
      Await.pause(Duration.ofSeconds(2));
      return report(epoch, start, Outage.of(calls.all(), start));
    } finally {
      jitters.forEach(Jitter::close);
      disk.destroy();
    }
  }

  /** Some 45 s. */
  private void round() {
    try (Conversations talks = Conversations.begin(house, house.network().serviceAddress(), UP)) {
      for (LabPbx pbx : pbxs()) {
        pbx.reloadAll();
        reloads++;
        Await.pause(Duration.ofSeconds(4));
        Duration stood = pbx.freeze(freeze);
        longest = stood.compareTo(longest) > 0 ? stood : longest;
        freezes++;
        Await.pause(Duration.ofSeconds(6));
      }
      suspended
          .get(suspensions % suspended.size())
          .suspend(Duration.ofSeconds(2 + suspensions % 4));
      suspensions++;
      Await.pause(Duration.ofSeconds(4));
      long up = talks.end();
      held += UP;
      stillUp += up;
      System.out.println(
          Instant.now()
              + " "
              + up
              + " of "
              + UP
              + " calls were still up; "
              + watching.latest().map(seen -> seen.active() + " serves").orElse("?"));
    }
  }

  /** Writes and waits for the disk, on the one that Linekeeper's journal is on. */
  private Process stallTheDisk() throws IOException {
    Path file = house.office().directory().resolve("busy");
    return new ProcessBuilder(
            "bash",
            "-c",
            "while :; do dd if=/dev/zero of=\"$0\" bs=64k count=200 oflag=dsync status=none; done",
            file.toString())
        .start();
  }

  private NoiseReport report(long epoch, Instant start, Outage outage) throws IOException {
    List<Seen> heard = watching.heardSince(start);
    Set<String> told = new LinkedHashSet<>();
    boolean asked = false;
    for (Seen seen : heard) {
      asked |= seen.asks();
      if (!seen.level().equals("ok") && told.size() < MOST_TOLD) {
        told.addAll(seen.said());
      }
    }
    return new NoiseReport(
        kind,
        Duration.between(start, Instant.now()).toSeconds(),
        watching.latest().orElseThrow().epoch() - epoch,
        addressStays.getAsBoolean(),
        wrong(heard, start),
        undecided(heard).toMillis(),
        asked,
        List.copyOf(told),
        outage.failed() + " of " + outage.placed() + " calls failed, answers by " + outage.by(),
        stillUp + " of " + held + " long calls were up until they were to end",
        reloads
            + " reloads, "
            + freezes
            + " freezes of "
            + freeze.toMillis()
            + " ms (the longest took "
            + longest.toMillis()
            + " ms), "
            + suspensions
            + (suspended.size() > 1 ? " suspensions of a watcher" : " suspensions of the watcher"),
        Hashes.build(),
        Hashes.settings(house));
  }

  /** A verdict that stood too short a time to be heard is in the journal. */
  private List<String> wrong(List<Seen> heard, Instant start) {
    Set<String> wrong = new LinkedHashSet<>(watching.noted(start));
    for (Seen seen : heard) {
      seen.bad()
          .forEach(
              (pbx, verdict) -> {
                String said = pbx + ": " + verdict + ", ";
                if (wrong.stream().noneMatch(known -> known.contains(said))) {
                  wrong.add(seen.at() + " " + said + seen.evidence().get(pbx));
                }
              });
    }
    return wrong.stream().limit(MOST_TOLD).toList();
  }

  private static Duration undecided(List<Seen> heard) {
    Duration time = Duration.ZERO;
    for (int i = 0; i + 1 < heard.size(); i++) {
      if (heard.get(i).verdicts().containsValue("inconclusive")) {
        time = time.plus(Duration.between(heard.get(i).at(), heard.get(i + 1).at()));
      }
    }
    return time;
  }
}
