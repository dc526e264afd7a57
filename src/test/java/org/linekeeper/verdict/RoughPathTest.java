package org.linekeeper.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.linekeeper.estate.PbxId;
import org.linekeeper.verdict.Observation.Probe;
import org.linekeeper.verdict.Observation.Seen;
import org.linekeeper.verdict.Verdict.Kind;

/**
 * The path between watcher and PBX loses packets and delays them, as a bad switch or a busy radio
 * link does, and the PBX freezes for less than it may: no fault. Seeded hours of it, ten questions
 * a second with the shipped lan profile.
 */
class RoughPathTest {
  private static final PbxId PBX = new PbxId("primary");
  private static final double MINUTE = 60_000;
  private static final double DEADLINE = 500;

  /** So long after the latest that was heard in it Linekeeper drops an AMI session itself. */
  private static final double SESSION_DROPPED = 1300;

  private static final double LOGIN = 400;

  /** Milliseconds between two freezes, as in the noise of the lab. */
  private static final double FREEZE_EVERY = 20_000;

  private final List<Observation> seen = new ArrayList<>();
  private Random random = new Random(1);
  private double freeze;
  private double deadFrom = Double.MAX_VALUE;

  /** Of each cable; the watcher stands on the standby's host, so that there are two. */
  private double loss;

  private double jitter;

  /** Before that moment the path is good. */
  private double roughFrom;

  private boolean rough;

  /**
   * Callers have filled the frozen PBX's buffer, so that what arrives is lost and not only late.
   */
  private boolean bufferFull;

  private Kind latest = Kind.HEALTHY;

  /** What the latest verdict that something is wrong gave as its reason. */
  private String reason = "";

  @Test
  void anHourOfLossJitterAndShortFreezes() {
    for (int seed = 1; seed <= 5; seed++) {
      random = new Random(seed);
      loss = 0.05;
      jitter = 50;
      freeze = 700;
      assertThat(verdicts(60 * MINUTE)).as("seed " + seed).isEmpty();
    }
  }

  @Test
  void anHourOfLongFreezesWhereTheyAreTolerated() {
    loss = 0.05;
    jitter = 50;
    freeze = 3000;
    assertThat(verdicts(60 * MINUTE, Profile.lan().withFreezeTolerance(Duration.ofSeconds(4))))
        .isEmpty();
  }

  @Test
  void norIsItAFaultWhenAPathBeginsToBeBad() {
    for (int seed = 1; seed <= 500; seed++) {
      random = new Random(seed);
      loss = 0.05;
      jitter = 50;
      freeze = 700;
      roughFrom = 15_000;
      assertThat(verdicts(25_000)).as("seed " + seed).isEmpty();
    }
  }

  @Test
  void aQuietNetworkGivesNothingAway() {
    for (int seed = 1; seed <= 20; seed++) {
      random = new Random(seed);
      jitter = 1;
      deadFrom = MINUTE;
      Map<Double, Kind> verdicts = verdicts(MINUTE + 3000);
      double first = verdicts.keySet().iterator().next();
      assertThat(first - MINUTE).isBetween(799.0, 925.0);
      assertThat(reason).doesNotContain("beyond");
    }
  }

  @Test
  void onARoughPathItIsStillSeenWithinTwoSeconds() {
    for (int seed = 1; seed <= 20; seed++) {
      random = new Random(seed);
      loss = 0.05;
      jitter = 50;
      deadFrom = MINUTE;
      Map<Double, Kind> verdicts = verdicts(MINUTE + 5000);
      double first = verdicts.keySet().iterator().next();
      assertThat(first - MINUTE).isBetween(800.0, 2000.0);
      assertThat(reason)
          .containsPattern("silent for 0.8 s beyond the [01][.][0-9] s that a bad path");
    }
  }

  @Test
  void aShortFreezeOnAQuietNetworkDelaysTheNextVerdictByLittle() {
    jitter = 1;
    freeze = 700;
    deadFrom = MINUTE + 5000;
    Map<Double, Kind> verdicts = verdicts(MINUTE + 10_000);
    double first = verdicts.keySet().iterator().next();
    assertThat(first - deadFrom).isBetween(799.0, 1250.0);
  }

  @Test
  void norDoesAPbxThatHungAndCameBack() {
    for (int seed = 1; seed <= 20; seed++) {
      random = new Random(seed);
      jitter = 1;
      freeze = 3000;
      bufferFull = true;
      deadFrom = MINUTE + 8000;
      Map<Double, Kind> verdicts = verdicts(MINUTE + 12_000);
      assertThat(verdicts.keySet()).as("hung before").anyMatch(at -> at < deadFrom);
      double first = verdicts.keySet().stream().filter(at -> at > deadFrom).findFirst().orElse(0.0);
      assertThat(first - deadFrom).as("seed " + seed).isBetween(799.0, 925.0);
    }
  }

  private Map<Double, Kind> verdicts(double length) {
    return verdicts(length, Profile.lan());
  }

  /** When something else than that all is well was said, in milliseconds, and what. */
  private Map<Double, Kind> verdicts(double length, Profile profile) {
    seen.clear();
    happen(length);
    seen.sort(Comparator.comparing(Observation::at));
    Judge judge = Judge.of(PBX, profile, Duration.ZERO);
    Map<Double, Kind> said = new TreeMap<>();
    int next = 0;
    for (double now = 0; now < length; now += 20) {
      while (next < seen.size() && millis(seen.get(next).at()) <= now) {
        Observation news = seen.get(next++);
        judge = judge.saw(news).at(news.at());
        note(judge, news.at(), said);
      }
      judge = judge.at(time(now));
      note(judge, time(now), said);
    }
    return said;
  }

  private void note(Judge judge, Duration now, Map<Double, Kind> said) {
    Kind kind = judge.verdict().kind();
    if (now.compareTo(Duration.ofSeconds(4)) > 0 && kind != latest && kind != Kind.HEALTHY) {
      said.put(millis(now), kind);
      reason = judge.verdict().evidence();
    }
    latest = kind;
  }

  private void happen(double length) {
    saw(Probe.AMI_CONNECT, Seen.ANSWERED, 0, 0);
    saw(Probe.AMI_SESSION, Seen.ANSWERED, 0, 0);
    double requested = 0;
    double answered = 0;
    for (double asked = 100; asked < length; asked += 100) {
      rough = asked >= roughFrom;
      double arrived = lost() ? Double.MAX_VALUE : asked + way();
      boolean dropped = bufferFull && thawed(arrived) > arrived;
      boolean noAnswer = lost() || dropped;
      answer(Probe.SIP_OPTIONS, asked, noAnswer ? Double.MAX_VALUE : thawed(arrived) + way());
      // TCP repeats what is lost and delivers in order
      double heard = answered;
      requested = Math.max(requested, thawed(repeated(asked)));
      answered = Math.max(answered, repeated(requested));
      answer(Probe.AMI_PING, asked, answered);
      if (heard > 0 && answered - heard > SESSION_DROPPED) {
        // its packets wait for TCP's growing pauses, so that a new one is sooner
        saw(Probe.AMI_SESSION, Seen.SILENT, heard + SESSION_DROPPED, heard + SESSION_DROPPED);
        answered = thawed(heard + SESSION_DROPPED + LOGIN);
        requested = answered;
        saw(Probe.AMI_SESSION, Seen.ANSWERED, answered, answered);
      }
    }
  }

  private void answer(Probe probe, double asked, double answered) {
    if (answered - asked > DEADLINE) {
      saw(probe, Seen.SILENT, asked, asked + DEADLINE);
    } else {
      saw(probe, Seen.ANSWERED, asked, answered);
    }
  }

  private boolean lost() {
    return rough && (random.nextDouble() < loss || random.nextDouble() < loss);
  }

  private double way() {
    return rough ? 0.2 + (random.nextDouble() + random.nextDouble()) * jitter : 0.2;
  }

  private double repeated(double sent) {
    double at = sent;
    for (double wait = 200; lost(); wait *= 2) {
      at += wait;
    }
    return at + way();
  }

  /** When the PBX takes up what has arrived. */
  private double thawed(double arrived) {
    if (arrived >= deadFrom) {
      return Double.MAX_VALUE / 2;
    }
    double into = arrived % FREEZE_EVERY;
    double until = into < freeze && arrived > FREEZE_EVERY ? arrived - into + freeze : arrived;
    return until;
  }

  private void saw(Probe probe, Seen what, double asked, double at) {
    seen.add(new Observation(PBX, probe, what, time(at), time(at - asked), ""));
  }

  private static Duration time(double millis) {
    return Duration.ofNanos(Math.round(millis * 1_000_000));
  }

  private static double millis(Duration time) {
    return time.toNanos() / 1_000_000.0;
  }
}
