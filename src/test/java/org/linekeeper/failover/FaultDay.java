package org.linekeeper.failover;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.linekeeper.estate.Offices;
import org.linekeeper.estate.PbxId;
import org.linekeeper.state.Entry;
import org.linekeeper.state.OriginationUrl;
import org.linekeeper.state.State;
import org.linekeeper.verdict.Judge;
import org.linekeeper.verdict.Observation;
import org.linekeeper.verdict.Observation.Probe;
import org.linekeeper.verdict.Observation.Seen;
import org.linekeeper.verdict.Profile;
import org.linekeeper.verdict.Verdict;

/**
 * A pair of PBXs on a bad day, as the probes of a watcher with the shipped {@code lan} profile
 * would report it: everything at its own interval and after its own deadline, in steps of ten
 * milliseconds. The real judges and the real decider are asked after every step.
 */
final class FaultDay {
  private static final Instant START = Instant.parse("2026-11-23T03:12:00Z");
  private static final long STEP = 10;

  private final Profile profile;
  private final Map<PbxId, Pbx> pbxs = new TreeMap<>();
  private final List<Undelivered> undelivered = new ArrayList<>();
  private State state = State.EMPTY;
  private boolean carrierReachable = true;
  private long now = 1_000_000;
  private long struck;

  /** What a probe of this day meets. */
  record Answer(Seen seen, long took, String said) {}

  /** One PBX, as each probe finds it. Changed by a fault. */
  final class Pbx {
    private final PbxId id;
    private final Map<Probe, Answer> answers = new TreeMap<>();
    private final Map<Probe, Long> due = new TreeMap<>();
    private Judge judge;
    private boolean session = true;
    private int sipMissed;
    private long lookAt;

    private Pbx(PbxId id) {
      this.id = id;
      judge = Judge.of(id, profile, time());
      well();
    }

    private void well() {
      PbxId other = other(id);
      is(Probe.AMI_PING, Seen.ANSWERED, 1, "pong");
      is(Probe.SIP_OPTIONS, Seen.ANSWERED, 1, "200 OK");
      is(Probe.CANARY, Seen.ANSWERED, 4, "the test call ran, gate open");
      is(Probe.CALL_LIMIT, Seen.ANSWERED, 2, "3 calls up, no limit set");
      is(Probe.ECHO, Seen.ANSWERED, 2000, "audio runs between " + other + " and " + id);
      is(Probe.AMI_LOGIN, Seen.ANSWERED, 5, "AMI took the login");
      is(Probe.PEER_LOOK, Seen.ANSWERED, 6, other + " reaches its SIP");
    }

    /** From now on that probe finds this. */
    Pbx is(Probe probe, Seen seen, long took, String said) {
      answers.put(probe, new Answer(seen, took, said));
      return this;
    }

    /** No answer by any deadline, and the other PBX sees no more. */
    Pbx silent() {
      return deaf().sipSilent();
    }

    /** AMI leaves everything unanswered. */
    Pbx deaf() {
      is(Probe.AMI_PING, Seen.SILENT, 500, "AMI did not answer Ping within 500 ms");
      return unasked(Probe.CANARY, Probe.CALL_LIMIT, Probe.AMI_LOGIN);
    }

    /** SIP leaves everything unanswered, whoever asks. */
    Pbx sipSilent() {
      bannedFromSip(Seen.SILENT, "no answer within 500 ms");
      is(Probe.ECHO, Seen.SILENT, 4000, id + " does not answer a SIP call from " + other(id));
      return is(Probe.PEER_LOOK, Seen.SILENT, 300, other(id) + " does not reach its SIP");
    }

    /** Only this watcher's SIP comes to nothing. */
    Pbx bannedFromSip(Seen seen, String said) {
      return is(Probe.SIP_OPTIONS, seen, seen == Seen.REFUSED ? 1 : 500, said);
    }

    /** What is asked over AMI cannot be. */
    Pbx unasked(Probe... probes) {
      for (Probe probe : probes) {
        answers.remove(probe);
      }
      return this;
    }

    /** Reported every few seconds from now on. */
    Pbx every(Probe probe, Seen seen, String said) {
      return is(probe, seen, 2, said);
    }

    /** Its session is given up by this side before long, and new ones are tried. */
    Pbx loses() {
      session = false;
      return this;
    }

    /** Reported now, once. */
    Pbx says(Probe probe, Seen seen, String said) {
      report(probe, new Answer(seen, 0, said));
      return this;
    }

    /** The session ends in good order, and SIP is asked at once. */
    Pbx ends(String said) {
      return over(Seen.CLOSED, said);
    }

    /** The session is reset, and SIP is asked at once. */
    Pbx resets() {
      return over(Seen.RESET, "Connection reset");
    }

    private Pbx over(Seen how, String said) {
      session = false;
      unasked(Probe.AMI_PING, Probe.CANARY, Probe.CALL_LIMIT, Probe.AMI_LOGIN);
      says(Probe.AMI_SESSION, how, said);
      sipMissed = 2;
      lookAt = now + 1;
      return this;
    }

    private void step() {
      ask(Probe.AMI_PING, profile.every());
      ask(Probe.SIP_OPTIONS, profile.every());
      ask(Probe.CANARY, profile.canaryEvery());
      ask(Probe.CALL_LIMIT, profile.registrationsEvery());
      ask(Probe.REGISTRATIONS, profile.registrationsEvery());
      ask(Probe.ASTDB, Duration.ofSeconds(15));
      ask(Probe.ECHO, profile.deep().echoEvery());
      ask(Probe.AMI_LOGIN, profile.deep().loginEvery());
      if (sipMissed > 0 && now >= lookAt) {
        lookAt = now + profile.deep().lookEvery().toMillis();
        later(Probe.PEER_LOOK);
      }
      if (!session) {
        ask(Probe.AMI_CONNECT, Duration.ofMillis(250));
      }
    }

    private void ask(Probe probe, Duration every) {
      if (now >= due.getOrDefault(probe, 0L) && answers.containsKey(probe)) {
        due.put(probe, now + every.toMillis());
        later(probe);
      }
    }

    /** As it is met when it is asked. */
    private void later(Probe probe) {
      Answer answer = answers.get(probe);
      waiting.add(new Waiting(now + answer.took(), this, probe, answer));
    }

    private void report(Probe probe, Answer answer) {
      if (probe == Probe.SIP_OPTIONS) {
        boolean missed = answer.seen() == Seen.SILENT || answer.seen() == Seen.REFUSED;
        sipMissed = missed ? sipMissed + 1 : 0;
      }
      Duration took = Duration.ofMillis(answer.took());
      judge = judge.saw(new Observation(id, probe, answer.seen(), time(), took, answer.said()));
    }
  }

  private record Waiting(long at, Pbx pbx, Probe probe, Answer answer) {}

  private final List<Waiting> waiting = new ArrayList<>();

  FaultDay(Profile profile) {
    this.profile = profile;
    for (PbxId id : List.of(Offices.PRIMARY, Offices.STANDBY)) {
      Pbx pbx = new Pbx(id);
      pbxs.put(id, pbx);
      pbx.says(Probe.AMI_SESSION, Seen.ANSWERED, "AMI took the login");
    }
    enter(new Entry.SettingsAccepted(START, "w1", "hash", Offices.accountants()));
    last(Duration.ofSeconds(30));
    struck = now;
  }

  Pbx primary() {
    return pbxs.get(Offices.PRIMARY);
  }

  Pbx standby() {
    return pbxs.get(Offices.STANDBY);
  }

  private static PbxId other(PbxId id) {
    return id.equals(Offices.PRIMARY) ? Offices.STANDBY : Offices.PRIMARY;
  }

  /** Time goes on, and everybody is asked. */
  FaultDay last(Duration time) {
    for (long until = now + time.toMillis(); now < until; ) {
      now += STEP;
      pbxs.values().forEach(Pbx::step);
      List<Waiting> due = waiting.stream().filter(w -> w.at <= now).toList();
      waiting.removeAll(due);
      due.forEach(w -> w.pbx.report(w.probe, w.answer));
      pbxs.values().forEach(pbx -> pbx.judge = pbx.judge.at(time()));
      note();
    }
    return this;
  }

  /** The watcher itself stands still; nothing is asked, and that is known afterwards. */
  FaultDay watcherStandsStill(Duration time) {
    now += time.toMillis();
    pbxs.values().forEach(pbx -> pbx.judge = pbx.judge.forgive(time));
    return this;
  }

  /** So that a freeze can end. */
  FaultDay mend(Pbx pbx) {
    pbx.well();
    return this;
  }

  /** The carrier's alerts name these PBXs' origination URLs. */
  FaultDay carrierCannotDeliver(String... rows) {
    Instant at = picture().now();
    for (int i = 1; i <= 2; i++) {
      undelivered.add(new Undelivered(at.plusSeconds(11L + i), Set.of(rows)));
    }
    return this;
  }

  FaultDay carrierUnreachable() {
    carrierReachable = false;
    return this;
  }

  private String latest = "nothing";
  private String why = "";
  private long decided;

  private void note() {
    String decision = decision();
    if (!decision.equals(latest)) {
      latest = decision;
      decided = now;
      why = sentence();
    }
  }

  /** The sentence with which the decision was made. */
  String why() {
    return why.isEmpty() ? sentence() : why;
  }

  /** How long after the fault the decision stood; empty if nothing was decided. */
  String after() {
    return decided <= struck
        ? ""
        : String.format(Locale.ROOT, "%.2f s", (decided - struck) / 1000.0);
  }

  Verdict.Kind verdict() {
    return primary().judge.verdict().kind();
  }

  Verdict standbys() {
    return standby().judge.verdict();
  }

  Picture picture() {
    Map<PbxId, Verdict> verdicts = new TreeMap<>();
    pbxs.forEach((id, pbx) -> verdicts.put(id, pbx.judge.verdict()));
    List<OriginationUrl> rows =
        List.of(
            new OriginationUrl(Offices.PRIMARY_ROW, "sip:pbx1.example.com", 10, 1, true),
            new OriginationUrl(Offices.STANDBY_ROW, "sip:pbx2.example.com", 20, 1, true));
    return new Picture(
        state,
        verdicts,
        new CarrierSight(carrierReachable, rows, undelivered),
        START.plusMillis(now),
        time(),
        pbxs.entrySet().stream()
            .filter(pbx -> pbx.getValue().judge.quiet(time()))
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet()),
        pbxs.entrySet().stream()
            .collect(
                Collectors.toMap(Map.Entry::getKey, pbx -> pbx.getValue().judge.capacity(time()))),
        List.of(),
        Set.of());
  }

  /** switch, mobiles, ask, alert or nothing. */
  String decision() {
    Decision decision = Decider.decide(picture());
    boolean asks = decision.permission() == Decision.Permission.ASK;
    return switch (decision.kind()) {
      case FAIL_OVER -> asks ? "ask (switch)" : "switch";
      case BEGIN_EMERGENCY -> asks ? "ask (mobiles)" : "mobiles";
      case END_EMERGENCY, REST -> told() ? "alert" : "nothing";
      case HOLD -> "alert";
    };
  }

  /** People are told of what moves no calls. */
  private boolean told() {
    Verdict.Kind standby = standbys().kind();
    return verdict().needsSomebody()
        || standby.needsSomebody()
        || (standby.cannotServe() && !standby.couldServe());
  }

  private String sentence() {
    Decision decision = Decider.decide(picture());
    boolean moves = decision.acts() || decision.kind() == Decision.Kind.HOLD;
    if (moves) {
      return decision.reason();
    }
    boolean standby = !verdict().needsSomebody() && told();
    return (standby ? standbys() : primary().judge.verdict()).sentence();
  }

  private void enter(Entry entry) {
    state = State.evolve(state, entry);
  }

  private Duration time() {
    return Duration.ofMillis(now);
  }
}
