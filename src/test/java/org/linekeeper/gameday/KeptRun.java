package org.linekeeper.gameday;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.linekeeper.lab.AsteriskRoot;
import org.linekeeper.lab.Await;
import org.linekeeper.lab.LabHost;
import org.linekeeper.lab.LabNetwork;
import org.linekeeper.lab.Shell;

/**
 * Three watchers whose hosts keep the floating address: it stays where it is without a majority and
 * without the watcher beside it, and comes to the other host only when its own is known to be off.
 */
final class KeptRun {
  private static final Duration LASTS = Duration.ofSeconds(5);

  /** Beside the command that is the fence: only then it works. */
  private static final String FENCE_WORKS = "cut-power-works";

  private static final String KEEP = "    without-majority: keep\n";

  private final House house;
  private final ThreeSide side;
  private final Calls calls;
  private final Holders holders;

  private KeptRun(House house, ThreeSide side, Calls calls, Holders holders) {
    this.house = house;
    this.side = side;
    this.calls = calls;
    this.holders = holders;
  }

  /**
   * What came of it.
   *
   * @param withoutMajority what callers noticed while only the watcher beside the PBX was left
   * @param withoutWatcher the same while that one was dead, and the others were there
   * @param waited milliseconds for which the other host did not take it after the first one's power
   *     was gone, until somebody said so
   * @param said milliseconds from then until every call was answered
   * @param fenced milliseconds from a host's cut to the moment from which every call was answered,
   *     where there is a fence
   * @param both milliseconds for which two hosts would have accepted packets for the address
   * @param told what people were told meanwhile
   */
  record Result(
      String withoutMajority,
      String withoutWatcher,
      long waited,
      long said,
      long fenced,
      long both,
      List<String> told) {}

  /**
   * @param way {@code by-hand}, where the fence does not work, or {@code by-fence}
   */
  static Result of(LabNetwork network, String way) throws Exception {
    try (House house = House.open(network, AsteriskRoot.v22())) {
      String fence = "    fence: cut\n  commands:\n    cut: {run: [" + fence(house) + "]}\n";
      try (ThreeSide side = ThreeSide.start(house, Map.of(), Watching.NOW_AND_THEN, KEEP + fence);
          Calls calls = Calls.begin(house.office().carrier(), House.CALL_EVERY);
          Holders holders =
              Holders.watch(
                  side.service().ip(), List.of(house.primary().host(), house.standby().host()))) {
        Await.pause(Duration.ofSeconds(8));
        KeptRun run = new KeptRun(house, side, calls, holders);
        return way.equals("by-fence") ? run.byFence() : run.byHand();
      }
    }
  }

  /** Fails until {@link #FENCE_WORKS} is there. */
  private static Path fence(House house) throws IOException {
    LabHost host = house.primary().host();
    String address = house.network().serviceAddress();
    Path script = house.office().directory().resolve("cut-power");
    Files.writeString(
        script,
        """
        #!/bin/sh
        test -e "$(dirname "$0")/%1$s" || { echo no answer; exit 1; }
        ip -n %2$s link set eth0 down && ip -n %2$s address flush dev eth0 to %3$s
        """
            .formatted(FENCE_WORKS, host.namespace(), address));
    if (!script.toFile().setExecutable(true)) {
      throw new IOException(script + " cannot be made a program");
    }
    return script;
  }

  private Result byHand() throws Exception {
    Instant alone = Instant.now();
    signal(ThreeSide.TWO);
    signal(ThreeSide.WITNESS);
    Await.pause(LASTS);
    String withoutMajority = Outage.of(calls.all(), alone).words();
    side.begin(ThreeSide.TWO, Watching.NOW_AND_THEN);
    side.begin(ThreeSide.WITNESS, Watching.NOW_AND_THEN);
    settle();

    Instant without = Instant.now();
    signal(ThreeSide.ONE);
    Await.pause(LASTS);
    String withoutWatcher = Outage.of(calls.all(), without).words();
    side.begin(ThreeSide.ONE, Watching.NOW_AND_THEN);
    settle();

    Instant dead = Instant.now();
    LabHost host = house.primary().host();
    host.cut();
    signal(ThreeSide.ONE);
    house.primary().kill9();
    side.service().drop(host); // as a loss of power does
    Await.pause(LASTS);
    long waited =
        holders.taken().containsKey("standby")
            ? 0
            : Duration.between(dead, Instant.now()).toMillis();
    List<String> told = side.watcher(ThreeSide.TWO).journal(20);
    Instant said = Instant.now();
    side.watcher(ThreeSide.TWO).command("host-off", "primary");
    Await.pause(LASTS);
    long answered = Outage.of(calls.all(), said).millis();
    return new Result(
        withoutMajority, withoutWatcher, waited, answered, 0, holders.both().toMillis(), told);
  }

  private Result byFence() throws Exception {
    Files.createFile(house.office().directory().resolve(FENCE_WORKS));
    Instant cut = Instant.now();
    house.primary().host().cut();
    Await.pause(LASTS.multipliedBy(2));
    long fenced = Outage.of(calls.all(), cut).millis();
    return new Result("", "", 0, 0, fenced, holders.both().toMillis(), List.of());
  }

  private void settle() {
    side.awaitAgreement();
    side.awaitCalm();
    Await.pause(LASTS);
  }

  private void signal(String watcher) {
    Shell.run("kill", "-s", "KILL", Long.toString(side.watcher(watcher).pid()));
  }
}
