package org.linekeeper.failover;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.linekeeper.estate.Pbx;
import org.linekeeper.estate.PbxId;
import org.linekeeper.estate.Rules;
import org.linekeeper.state.Emergency;
import org.linekeeper.state.Plan;
import org.linekeeper.state.Promotion;
import org.linekeeper.state.Recent;
import org.linekeeper.state.SettingsInForce;
import org.linekeeper.verdict.Verdict;

/**
 * Decides what follows from a picture. Pure: the same picture gives the same decision, always with
 * its reason.
 *
 * <p>The ladder: the active PBX; the other one; mobiles; what the carrier does by itself.
 */
public final class Decider {
  /**
   * A promoted PBX has just been told to register: two looks at its registrations (15 s apart on
   * {@code wan}) may pass before that is seen.
   */
  private static final Duration REGISTERING = Duration.ofSeconds(40);

  private Decider() {}

  /** What should be done now, and whether Linekeeper may do it by itself. */
  public static Decision decide(Picture picture) {
    return picture
        .state()
        .settings()
        .map(SettingsInForce::estate)
        .flatMap(
            estate ->
                picture
                    .state()
                    .active()
                    .map(
                        active ->
                            unlessBothFellSilent(
                                picture, active, permitted(picture, wish(picture, active)))))
        .orElseGet(() -> Decision.hold("no settings have been accepted yet"));
  }

  /** What should be done, as if there were no modes and pauses. */
  private static Decision wish(Picture picture, PbxId active) {
    if (picture.state().openRolePlan().isPresent()) {
      return Decision.rest("a change of which PBX serves is being carried out");
    }
    if (picture.withoutAddress().contains(active) && picture.other(active).isPresent()) {
      return withoutAddress(picture, active);
    }
    if (picture.serves(active)) {
      return picture.state().emergency().isPresent()
          ? recovering(picture, active)
          : CarriersWord.cutOff(picture, active)
              .or(() -> Doubts.of(picture, active))
              .orElseGet(() -> Decision.rest(active + " serves"));
    }
    if (!picture.cannotServe(active)) {
      return CarriersWord.onUnseen(picture, active);
    }
    if (registering(picture, active)) {
      return Decision.hold(active + " has just been told to register with the trunk");
    }
    return picture
        .other(active)
        .map(other -> failOver(picture, active, other))
        .or(() -> picture.stranded(active).map(other -> toStranded(picture, active, other)))
        .orElseGet(() -> nobodyServes(picture));
  }

  /**
   * The other PBX could serve, but nobody can bring the floating address to its host. Calls for
   * which the carrier has a row of its own, or the PBX a registration, would get there all the
   * same. A person says so, since all goes back by itself as soon as the address can be served.
   */
  private static Decision toStranded(Picture picture, PbxId active, PbxId other) {
    if (providerDown(picture, active)) {
      return withoutProvider(picture, active);
    }
    String why =
        picture.sentence(active)
            + "; "
            + other
            + " could serve, but no watcher beside it can bring the floating address there"
            + Votes.tally(picture, active);
    boolean longEnough = picture.lasting(active).compareTo(rules(picture).divertAfter()) >= 0;
    if (!longEnough || picture.state().emergency().isPresent()) {
      return Decision.hold(why);
    }
    if (picture.reachedOtherwise(other)) {
      return Decision.failOver(other, why)
          .asking(
              "start Linekeeper beside "
                  + other
                  + " again, or say that calls go there that do not come by that address, which is"
                  + " on no host then until it is started"
                  + Votes.against(picture, active, other).map(not -> "; " + not).orElse(""));
    }
    return picture.carrier().reachable()
        ? Decision.beginEmergency(why)
            .asking(
                "start Linekeeper beside " + other + " again, or say that numbers ring on mobiles")
        : Decision.hold(why);
  }

  /**
   * Its host does not have it any more, or cannot take it, whatever the PBX does: no hold-down
   * keeps callers waiting.
   */
  private static Decision withoutAddress(Picture picture, PbxId active) {
    PbxId other = picture.other(active).orElseThrow();
    Optional<Promotion> left = leftForItsTrunk(picture, active, other);
    if (left.isPresent()) {
      String why =
          "the floating address is nowhere, and calls reach "
              + active
              + " otherwise; "
              + other
              + " was left because its trunk was down";
      return Recent.within(rules(picture).holdDown(), left.get().at(), picture.now())
          ? Decision.hold(why)
          : Decision.failOver(other, why).asking("whether its trunk is up again is not known here");
    }
    return Decision.failOver(
        other,
        "no watcher keeps the floating address on "
            + active
            + "'s host any more, so that callers to it do not get there; "
            + other
            + " serves, so it takes over");
  }

  /** Somebody let the carrier's calls go where the address cannot: that is not undone by itself. */
  private static Optional<Promotion> leftForItsTrunk(Picture picture, PbxId active, PbxId other) {
    boolean calls = picture.serves(active) && picture.reachedOtherwise(active);
    return picture
        .state()
        .promotion()
        .filter(p -> calls && trunkDown(picture, other))
        .filter(p -> p.kind() == Plan.Kind.FAILOVER && p.from().equals(other))
        .filter(p -> p.reason().startsWith(other + ": " + Verdict.Kind.TRUNK_DOWN.words()));
  }

  /** A standby is not registered until it is promoted: that alone must not send the calls back. */
  static boolean registering(Picture picture, PbxId active) {
    return trunkDown(picture, active)
        && picture
            .state()
            .promotion()
            .filter(p -> p.to().equals(active))
            .filter(p -> Recent.within(REGISTERING, p.at(), picture.now()))
            .isPresent();
  }

  private static Decision recovering(Picture picture, PbxId active) {
    Optional<Emergency> cutOff = picture.state().emergency().filter(Emergency::cutOff);
    if (cutOff.isPresent()) {
      return wayBack(picture, cutOff.get());
    }
    Duration healthy = picture.lasting(active);
    Duration needed = rules(picture).returnAfter();
    return healthy.compareTo(needed) >= 0
        ? Decision.endEmergency(active + " has served again for " + words(needed))
        : Decision.hold(
            active + " serves again; numbers go back to it when that has lasted " + words(needed));
  }

  /** While numbers ring on mobiles no call is tried, so nobody can see whether one would get in. */
  private static Decision wayBack(Picture picture, Emergency cutOff) {
    boolean worthAsking =
        !Recent.within(rules(picture).returnAfter(), cutOff.since(), picture.now());
    return worthAsking
        ? Decision.endEmergency("numbers ring on mobiles because " + Emergency.CUT_OFF)
            .asking("whether it can again is for a person to say")
        : Decision.hold("numbers ring on mobiles because " + Emergency.CUT_OFF);
  }

  private static Decision failOver(Picture picture, PbxId active, PbxId other) {
    if (providerDown(picture, active)) {
      return withoutProvider(picture, active);
    }
    String reason =
        picture.sentence(active) + "; " + other + " serves, so it takes over from " + active;
    return tooSoon(picture, active)
        .map(why -> afterAntiFlap(picture, active, why))
        .orElseGet(() -> unlessUnheardThere(picture, active, other, reason));
  }

  /** The carrier's own calls fail at the other one, too: moving may mend nothing. */
  private static Decision unlessUnheardThere(
      Picture picture, PbxId active, PbxId other, String reason) {
    Decision move = Decision.failOver(other, reason);
    Optional<String> byHand = Moving.byHand(picture, active, other);
    if (byHand.isPresent()) {
      return move.asking(byHand.get());
    }
    if (picture.is(active, Verdict.Kind.NO_AUDIO_FOR_CALLERS)
        && picture.is(other, Verdict.Kind.CARRIER_CALLS_FAIL)) {
      return move.asking("the carrier's own calls fail there as well");
    }
    return Votes.against(picture, active, other)
        .map(why -> notAgreed(picture, active, move, why))
        .orElseGet(() -> Decision.failOver(other, reason + Votes.tally(picture, active)));
  }

  /** The others may see it a moment later; if they do not, a person has to say who is right. */
  private static Decision notAgreed(Picture picture, PbxId active, Decision move, String why) {
    if (Votes.awaited(picture) && picture.lasting(active).compareTo(Votes.VALID) < 0) {
      return Decision.rest(picture.sentence(active) + "; the other watchers are being asked");
    }
    return picture.lasting(active).compareTo(rules(picture).divertAfter()) >= 0
        ? move.asking(why)
        : Decision.hold(picture.sentence(active) + "; " + why);
  }

  /** The other PBX was left because it could not register either: going back would not help. */
  private static boolean providerDown(Picture picture, PbxId active) {
    return trunkDown(picture, active)
        && picture
            .state()
            .promotion()
            .filter(p -> p.kind() == Plan.Kind.FAILOVER && !p.acknowledged())
            .filter(p -> p.to().equals(active))
            .filter(p -> p.reason().startsWith(p.from() + ": " + Verdict.Kind.TRUNK_DOWN.words()))
            .isPresent();
  }

  /**
   * Numbers go to mobiles through the carrier whose API Linekeeper uses, which need not be the
   * provider that is down: whether that helps is for a person to say.
   */
  private static Decision withoutProvider(Picture picture, PbxId active) {
    String reason =
        picture.sentence(active)
            + "; neither PBX could register, so the provider itself seems to be down";
    boolean longEnough =
        picture.lasting(active).compareTo(rules(picture).divertAfter().multipliedBy(4)) >= 0;
    return longEnough && picture.carrier().reachable() && picture.state().emergency().isEmpty()
        ? Decision.beginEmergency(reason)
            .asking("whether numbers are to ring on mobiles is for a person to say")
        : Decision.hold(reason);
  }

  private static boolean trunkDown(Picture picture, PbxId pbx) {
    return picture.is(pbx, Verdict.Kind.TRUNK_DOWN);
  }

  /** Why no second failover may follow yet; empty if it may. */
  private static Optional<String> tooSoon(Picture picture, PbxId active) {
    boolean provablyGone =
        picture.verdict(active).map(Verdict::kind).equals(Optional.of(Verdict.Kind.PROCESS_GONE));
    return picture
        .state()
        .promotion()
        .filter(p -> p.kind() == Plan.Kind.FAILOVER)
        .filter(p -> !p.acknowledged())
        .filter(p -> Recent.within(rules(picture).holdDown(), p.at(), picture.now()))
        .filter(p -> !provablyGone)
        .map(p -> antiFlap(picture, p));
  }

  private static String antiFlap(Picture picture, Promotion latest) {
    return "there was a failover at "
        + latest.at()
        + "; no second one within "
        + words(rules(picture).holdDown())
        + " unless somebody acknowledges it or the process is provably gone";
  }

  /** Anti-flap must not keep the office from being reached: after a limit, mobiles ring. */
  private static Decision afterAntiFlap(Picture picture, PbxId active, String why) {
    Rules rules = rules(picture);
    Duration limit = rules.divertAfter().multipliedBy(4);
    boolean longEnough = picture.lasting(active).compareTo(limit) >= 0;
    return rules.divertWhenNoPbx() && longEnough && picture.state().emergency().isEmpty()
        ? Decision.beginEmergency(picture.sentence(active) + " for " + words(limit) + "; " + why)
        : Decision.hold(picture.sentence(active) + "; " + why);
  }

  private static Decision nobodyServes(Picture picture) {
    List<PbxId> pbxs =
        picture.state().settings().orElseThrow().estate().pbxs().stream().map(Pbx::id).toList();
    String seen = String.join("; ", pbxs.stream().map(picture::sentence).toList());
    Rules rules = rules(picture);
    if (picture.state().emergency().isPresent()) {
      return Decision.hold("no PBX can serve, numbers ring on mobiles: " + seen);
    }
    if (!picture.carrier().reachable()) {
      return Decision.hold(
          "neither a PBX nor the carrier can be reached: it is this watcher that is cut off");
    }
    if (pbxs.stream().anyMatch(pbx -> !picture.cannotServe(pbx))) {
      return Decision.hold("not enough is known to send the numbers to mobiles: " + seen);
    }
    Duration lasting =
        pbxs.stream().map(picture::lasting).min(Duration::compareTo).orElse(Duration.ZERO);
    if (lasting.compareTo(rules.divertAfter()) < 0) {
      return Decision.hold(
          "no PBX can serve; numbers go to mobiles after "
              + words(rules.divertAfter())
              + ": "
              + seen);
    }
    return emergency(picture, pbxs, lasting, seen);
  }

  private static Decision emergency(
      Picture picture, List<PbxId> pbxs, Duration lasting, String seen) {
    Decision decision = Decision.beginEmergency("no PBX can serve: " + seen);
    if (!rules(picture).divertWhenNoPbx()) {
      return decision.asking("the settings say that a person decides this");
    }
    Instant trouble = picture.now().minus(lasting).minus(CarriersWord.CLOCKS_DIFFER);
    // With one PBX dead, each call leaves an alert about it although the other one answered.
    Set<String> unreached =
        picture
            .carrier()
            .undeliveredAfter(trouble)
            .flatMap(call -> call.rows().stream())
            .collect(Collectors.toSet());
    boolean carrierCannotReachThem =
        pbxs.stream()
            .allMatch(
                pbx -> CarriersWord.row(picture, pbx).filter(unreached::contains).isPresent());
    // Both sessions were seen to end and their ports refuse since: it is not this watcher that is
    // cut off.
    boolean provablyGone =
        pbxs.stream()
            .map(picture::verdict)
            .flatMap(Optional::stream)
            .allMatch(v -> v.kind() == Verdict.Kind.PROCESS_GONE);
    Optional<String> against = Votes.againstMobiles(picture, pbxs);
    if (against.isPresent()) {
      return decision.asking(against.get());
    }
    return carrierCannotReachThem || provablyGone || Votes.seenElsewhere(picture, pbxs)
        ? decision
        : decision.asking(
            "the carrier has not said of each of them that it cannot reach it, and one watcher alone"
                + " does not decide this");
  }

  private static Decision permitted(Picture picture, Decision wish) {
    if (!wish.acts()) {
      return wish;
    }
    if (picture.state().mode() == Rules.Mode.OBSERVE) {
      return wish.onlySaying();
    }
    if (picture.state().paused(picture.now())) {
      return wish.asking("Linekeeper is paused");
    }
    return picture.state().mode() == Rules.Mode.MANUAL
            && wish.permission() == Decision.Permission.DO
        ? wish.asking("the mode is manual")
        : wish;
  }

  /**
   * Both at once: the office is without power, or this watcher is the one that is cut off, and the
   * other one's verdict is only some milliseconds late. What waits for a person goes on waiting.
   */
  private static Decision unlessBothFellSilent(Picture picture, PbxId active, Decision permitted) {
    boolean byItself =
        permitted.kind() == Decision.Kind.FAIL_OVER
            && permitted.permission() == Decision.Permission.DO;
    return permitted
        .to()
        .filter(other -> byItself && picture.quiet().contains(other))
        .map(
            other ->
                Decision.hold(
                    picture.sentence(active)
                        + "; "
                        + other
                        + " has not answered for a moment either"))
        .orElse(permitted);
  }

  private static Rules rules(Picture picture) {
    return picture.state().settings().orElseThrow().estate().rules();
  }

  private static String words(Duration time) {
    return time.toMinutesPart() > 0 && time.toSecondsPart() == 0
        ? time.toMinutes() + " min"
        : time.toSeconds() + " s";
  }
}
