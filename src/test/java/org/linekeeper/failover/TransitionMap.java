package org.linekeeper.failover;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.linekeeper.failover.Decision.Permission;
import org.linekeeper.verdict.Verdict;

/**
 * The whole map of who serves: each move, from where to where, and when. {@link TransitionMapTest}
 * compares it with what the decider does in every situation there is, and draws it into
 * ARCHITECTURE.md.
 */
enum TransitionMap {
  FAIL_OVER(
      "fail over",
      Decision.Kind.FAIL_OVER,
      "the serving PBX cannot serve, the other one could, and no failover of the last `hold-down`"
          + " (10 min) waits to be acknowledged, unless the process is provably gone",
      "",
      any -> true,
      scene ->
          cannot(scene.active()) && could(scene.other()) && !tooSoon(scene) && !providerDown(scene),
      scene ->
          scene.active() != Verdict.Kind.NO_AUDIO_FOR_CALLERS
              || scene.other() != Verdict.Kind.CARRIER_CALLS_FAIL,
      Scene.Phones::withOther),
  DOUBTED(
      "unheard: fail over",
      Decision.Kind.FAIL_OVER,
      "the serving PBX answers, but the two PBXs do not hear one another, or calls of the carrier's own"
          + " fail there and not at the other one; not back to a PBX that was left for the same reason",
      "it asks",
      phones -> !phones.mobiles,
      scene -> scene.active().doubtful() && could(scene.other()) && !unheardEverywhere(scene),
      scene -> false,
      Scene.Phones::withOther),
  UNHEARD_EVERYWHERE(
      "cut off: all to mobiles",
      Decision.Kind.BEGIN_EMERGENCY,
      "calls of the carrier's own fail at both PBXs while both are well as seen from here",
      "it asks",
      phones -> !phones.mobiles,
      TransitionMap::unheardEverywhere,
      scene -> false,
      phones -> phones.withMobiles(true)),
  TO_MOBILES(
      "all to mobiles",
      Decision.Kind.BEGIN_EMERGENCY,
      "no PBX has been able to serve for `divert-after` (15 s), and the carrier's API answers",
      "only if the carrier has said since, of each PBX, that it cannot reach it (alert 32011 naming"
          + " its origination URL), or both processes are provably gone, and `divert-when-no-pbx: yes`; else it asks",
      phones -> !phones.mobiles,
      scene ->
          cannot(scene.active())
              && cannot(scene.other())
              && !could(scene.other())
              && scene.reachable()
              && atLeast(scene, scene.rules().divertAfter()),
      scene ->
          scene.diverts()
              && (scene.evidence()
                  || (scene.active() == Verdict.Kind.PROCESS_GONE
                      && scene.other() == Verdict.Kind.PROCESS_GONE)),
      phones -> phones.withMobiles(true)),
  FLAPPING_TO_MOBILES(
      "flapping: all to mobiles",
      Decision.Kind.BEGIN_EMERGENCY,
      "`hold-down` forbids a second failover, and the serving PBX has not been able to serve for four"
          + " times `divert-after` (1 min); only with `divert-when-no-pbx: yes`",
      "",
      phones -> !phones.mobiles,
      scene ->
          cannot(scene.active())
              && could(scene.other())
              && tooSoon(scene)
              && !providerDown(scene)
              && scene.diverts()
              && atLeast(scene, scene.rules().divertAfter().multipliedBy(4)),
      scene -> true,
      phones -> phones.withMobiles(true)),
  PROVIDER_DOWN_TO_MOBILES(
      "provider down: all to mobiles",
      Decision.Kind.BEGIN_EMERGENCY,
      "the serving PBX's trunk has been down for four times `divert-after` (1 min), and so was that of"
          + " the PBX from which it took over, unless somebody has acknowledged that",
      "it asks",
      phones -> !phones.mobiles,
      scene ->
          could(scene.other())
              && providerDown(scene)
              && scene.reachable()
              && atLeast(scene, scene.rules().divertAfter().multipliedBy(4)),
      scene -> false,
      phones -> phones.withMobiles(true)),
  BACK_FROM_MOBILES(
      "back from mobiles",
      Decision.Kind.END_EMERGENCY,
      "the PBX that last served has served again for `return-after` (60 s)",
      "",
      phones -> phones.mobiles,
      scene -> scene.active().serves() && atLeast(scene, scene.rules().returnAfter()),
      scene -> true,
      phones -> phones.withMobiles(false));

  final String words;
  final Decision.Kind kind;
  final String when;
  final String byItself;
  final Predicate<Scene.Phones> from;
  private final Predicate<Scene> guard;
  private final Predicate<Scene> alone;
  private final UnaryOperator<Scene.Phones> next;

  TransitionMap(
      String words,
      Decision.Kind kind,
      String when,
      String byItself,
      Predicate<Scene.Phones> from,
      Predicate<Scene> guard,
      Predicate<Scene> alone,
      UnaryOperator<Scene.Phones> next) {
    this.words = words;
    this.kind = kind;
    this.when = when;
    this.byItself = byItself;
    this.from = from;
    this.guard = guard;
    this.alone = alone;
    this.next = next;
  }

  /** The one move that the map has for a situation; empty if everything stays. */
  static Optional<TransitionMap> in(Scene scene) {
    return Arrays.stream(values())
        .filter(move -> move.from.test(scene.phones()))
        .filter(move -> move.guard.test(scene))
        .reduce(
            (one, another) -> {
              throw new AssertionError(one + " and " + another + " both fit " + scene);
            });
  }

  Scene.Phones to(Scene.Phones from) {
    return next.apply(from);
  }

  Permission permission(Scene scene) {
    return switch (scene.mode()) {
      case OBSERVE -> Permission.SAY;
      case MANUAL -> Permission.ASK;
      case AUTOMATIC -> scene.paused() || !alone.test(scene) ? Permission.ASK : Permission.DO;
    };
  }

  private static boolean tooSoon(Scene scene) {
    boolean lately =
        scene.failover() == Scene.Failover.JUST_NOW
            || scene.failover() == Scene.Failover.WITHOUT_TRUNK;
    return lately && scene.active() != Verdict.Kind.PROCESS_GONE;
  }

  private static boolean providerDown(Scene scene) {
    return scene.failover() == Scene.Failover.WITHOUT_TRUNK
        && scene.active() == Verdict.Kind.TRUNK_DOWN;
  }

  private static boolean unheardEverywhere(Scene scene) {
    return scene.active() == Verdict.Kind.CARRIER_CALLS_FAIL
        && scene.other() == Verdict.Kind.CARRIER_CALLS_FAIL;
  }

  private static boolean cannot(Verdict.Kind kind) {
    return kind.cannotServe();
  }

  /** A standby whose trunk is not registered yet is registered as part of promoting it. */
  static boolean could(Verdict.Kind kind) {
    return kind.serves() || kind == Verdict.Kind.TRUNK_DOWN;
  }

  private static boolean atLeast(Scene scene, java.time.Duration needed) {
    return scene.lasting().compareTo(needed) >= 0;
  }
}
