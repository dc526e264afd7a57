package org.linekeeper.simulation;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.linekeeper.estate.PbxId;
import org.linekeeper.failover.ControlLoop;
import org.linekeeper.verdict.Observation;
import org.linekeeper.verdict.Observation.Probe;
import org.linekeeper.verdict.Observation.Seen;
import org.linekeeper.verdict.Profile;

/** What one life of a watcher sees of the PBXs, at the intervals of the shipped profile. */
final class Probes {
  private static final Profile PROFILE = Profile.lan();
  private static final Duration TICK = Duration.ofMillis(20);
  private static final Duration GAP = Duration.ofMillis(100);

  private final Office office;
  private final Machine machine;
  private final Life life;
  private final ControlLoop loop;
  private final Map<PbxId, Boolean> sessions = new TreeMap<>();
  private Duration ticked;

  Probes(Office office, Machine machine, Life life, ControlLoop loop) {
    this.office = office;
    this.machine = machine;
    this.life = life;
    this.loop = loop;
    this.ticked = machine.monotonic();
  }

  void start() {
    tick();
    for (PbxId pbx : Office.PAIR) {
      sessions.put(pbx, false);
      life.after(Duration.ofMillis(office.world().pick(100)), () -> options(pbx));
      life.after(Duration.ofMillis(office.world().pick(100)), () -> ami(pbx));
    }
  }

  /** As {@code OwnLiveness}: run before each judgement and each report. */
  void check() {
    Duration now = machine.monotonic();
    Duration gap = now.minus(ticked);
    ticked = now;
    if (gap.compareTo(GAP) > 0) {
      loop.stalled(gap.minus(TICK));
    }
  }

  private void tick() {
    check();
    life.after(TICK, this::tick);
  }

  private String host(PbxId pbx) {
    return office.pbxs().get(pbx).host();
  }

  /** Whether a question gets there and its answer back. */
  private boolean answered(PbxId pbx) {
    return office.pbxs().get(pbx).answers() && office.wire().answered(machine.name, host(pbx));
  }

  private void options(PbxId pbx) {
    life.after(PROFILE.every(), () -> options(pbx));
    boolean answered = answered(pbx);
    boolean refused = !office.pbxs().get(pbx).runs() && reaches(pbx);
    if (!answered && office.flaws().contains(Flaw.VERDICT_ON_ONE_SIGNAL)) {
      gone(pbx);
    }
    later(
        pbx,
        Probe.SIP_OPTIONS,
        answered ? Seen.ANSWERED : refused ? Seen.REFUSED : Seen.SILENT,
        answered || refused ? Duration.ofMillis(2) : PROFILE.deadline());
  }

  private boolean reaches(PbxId pbx) {
    return office.wire().bothWays(machine.name, host(pbx));
  }

  private void ami(PbxId pbx) {
    boolean session = Boolean.TRUE.equals(sessions.get(pbx));
    life.after(session ? PROFILE.every() : PROFILE.reconnectEvery(), () -> ami(pbx));
    boolean answered = answered(pbx);
    if (session) {
      later(
          pbx,
          Probe.AMI_PING,
          answered ? Seen.ANSWERED : Seen.SILENT,
          answered ? Duration.ofMillis(2) : PROFILE.deadline());
    } else if (answered) {
      sessions.put(pbx, true);
      later(pbx, Probe.AMI_CONNECT, Seen.ANSWERED, Duration.ofMillis(1));
      later(pbx, Probe.AMI_SESSION, Seen.ANSWERED, Duration.ofMillis(3));
      life.after(Duration.ofMillis(4), () -> loop.loggedIn(pbx));
    } else {
      connect(pbx);
    }
  }

  private void connect(PbxId pbx) {
    boolean refused = !office.pbxs().get(pbx).runs() && reaches(pbx);
    later(
        pbx,
        Probe.AMI_CONNECT,
        answered(pbx) ? Seen.ANSWERED : refused ? Seen.REFUSED : Seen.SILENT,
        refused ? Duration.ofMillis(1) : PROFILE.connectDeadline());
  }

  /** The process is gone: its host ends the session, if that comes through. */
  void ended(PbxId pbx) {
    boolean session = Boolean.TRUE.equals(sessions.get(pbx));
    if (session && office.wire().bothWays(host(pbx), machine.name)) {
      life.run(() -> gone(pbx));
    } else {
      sessions.put(pbx, false);
    }
  }

  private void gone(PbxId pbx) {
    sessions.put(pbx, false);
    later(pbx, Probe.AMI_SESSION, Seen.CLOSED, Duration.ofMillis(1));
    for (int i = 1; i <= 2; i++) {
      life.after(PROFILE.recheck().multipliedBy(i), () -> again(pbx));
    }
  }

  private void again(PbxId pbx) {
    if (office.flaws().contains(Flaw.VERDICT_ON_ONE_SIGNAL)) {
      later(pbx, Probe.AMI_CONNECT, Seen.REFUSED, Duration.ofMillis(1));
      later(pbx, Probe.SIP_OPTIONS, Seen.REFUSED, Duration.ofMillis(1));
    } else {
      connect(pbx);
      boolean refused = !office.pbxs().get(pbx).runs() && reaches(pbx);
      if (refused) {
        later(pbx, Probe.SIP_OPTIONS, Seen.REFUSED, Duration.ofMillis(1));
      }
    }
  }

  private void later(PbxId pbx, Probe probe, Seen seen, Duration took) {
    life.after(
        took,
        () -> {
          check();
          loop.observed(new Observation(pbx, probe, seen, machine.monotonic(), took, "simulated"));
        });
  }
}
