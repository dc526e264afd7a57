package org.linekeeper.gameday;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.linekeeper.demo.carrier.Knobs;
import org.linekeeper.lab.AsteriskRoot;
import org.linekeeper.lab.Await;
import org.linekeeper.lab.CpuHogs;
import org.linekeeper.lab.LabNetwork;
import org.linekeeper.lab.LabPbx;

/**
 * A bad day without a fault: both processors busy, the disk as well, 5 % of the packets lost each
 * way at both PBXs, 50 calls up, 20 new ones a second; and in turns a reload, a freeze of a PBX and
 * a watcher that was suspended. Jitter is not among it: it needs netem, which many kernels lack.
 */
final class NoiseRun {
  private static final Duration CALL_EVERY = Duration.ofMillis(50);
  private static final int UP = 50;
  private static final int MOST_TOLD = 20;

  private final House house;
  private final Watching watching;
  private final Duration freeze;
  private int reloads;
  private int freezes;
  private int suspensions;

  private NoiseRun(House house, Watching watching, Duration freeze) {
    this.house = house;
    this.watching = watching;
    this.freeze = freeze;
  }

  /**
   * @param tolerant freezes of 3 s and {@code freeze-tolerance: 4s}, in place of 0.7 s and what is
   *     shipped
   */
  static NoiseReport of(LabNetwork network, long seconds, boolean tolerant) throws Exception {
    try (House house = House.open(network, AsteriskRoot.v22())) {
      // with packets lost a carrier has to wait for a repeated request, as Twilio does
      house.office().carrier().knobs(Knobs.DEFAULT.withLatency(Duration.ofMillis(150)));
      if (tolerant) {
        house.office().settings(Map.of("freeze-tolerance: 800ms", "freeze-tolerance: 4s"));
      }
      try (Watching watching = Watching.start(house)) {
        watching.awaitCalm();
        Duration freeze = tolerant ? Duration.ofSeconds(3) : Duration.ofMillis(700);
        return new NoiseRun(house, watching, freeze).run(Duration.ofSeconds(seconds));
      }
    }
  }

  private NoiseReport run(Duration length) throws IOException {
    long epoch = watching.latest().orElseThrow().epoch();
    Instant start = Instant.now();
    Instant end = start.plus(length);
    Process disk = stallTheDisk();
    try (CpuHogs hogs = CpuHogs.start(2, length.plusMinutes(1));
        Calls calls = Calls.begin(house.office().carrier(), CALL_EVERY)) {
      for (LabPbx pbx : List.of(house.primary(), house.standby())) {
        pbx.host().lose(5);
      }
      while (Instant.now().isBefore(end)) {
        round();
        System.out.println(hogs.running() + " processes keep the processors busy");
      }
      for (LabPbx pbx : List.of(house.primary(), house.standby())) {
        pbx.host().clear();
      }
      Await.pause(Duration.ofSeconds(2));
      return report(epoch, start, Outage.of(calls.all(), start));
    } finally {
      disk.destroy();
    }
  }

  /** Some 45 s; the office's calls last a minute. */
  private void round() {
    HeldCalls.begin(house, UP);
    for (LabPbx pbx : List.of(house.primary(), house.standby())) {
      pbx.reloadAll();
      reloads++;
      Await.pause(Duration.ofSeconds(4));
      pbx.freeze(freeze);
      freezes++;
      Await.pause(Duration.ofSeconds(6));
    }
    watching.suspend(Duration.ofSeconds(2 + suspensions % 4));
    suspensions++;
    Await.pause(Duration.ofSeconds(4));
    System.out.println(
        Instant.now()
            + " "
            + HeldCalls.end()
            + " of "
            + UP
            + " calls were still up; "
            + watching.latest().map(seen -> seen.active() + " serves").orElse("?"));
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
    Set<String> wrong = new LinkedHashSet<>();
    boolean asked = false;
    for (Seen seen : watching.heardSince(start)) {
      asked |= seen.asks();
      seen.bad()
          .forEach(
              (pbx, verdict) -> {
                if (wrong.size() < MOST_TOLD) {
                  wrong.add(
                      seen.at() + " " + pbx + " " + verdict + ": " + seen.evidence().get(pbx));
                }
              });
    }
    return new NoiseReport(
        Duration.between(start, Instant.now()).toSeconds(),
        watching.latest().orElseThrow().epoch() - epoch,
        List.copyOf(wrong),
        asked,
        outage.words(),
        reloads
            + " reloads, "
            + freezes
            + " freezes of "
            + freeze.toMillis()
            + " ms, "
            + suspensions
            + " suspensions of the watcher",
        Hashes.build(),
        Hashes.settings(house));
  }
}
