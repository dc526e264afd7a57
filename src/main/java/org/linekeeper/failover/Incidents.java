package org.linekeeper.failover;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.linekeeper.estate.Pbx;
import org.linekeeper.estate.PbxId;
import org.linekeeper.state.Entry.Noted.Weight;
import org.linekeeper.state.Promotion;
import org.linekeeper.state.SettingsInForce;
import org.linekeeper.verdict.Verdict;

/**
 * Tells people of what no decision tells them: a standby that could not take over, and callers who
 * are not answered while Linekeeper holds back. Once each, until it is over. Runs on the control
 * thread.
 */
final class Incidents {
  /** A standby that restarts, or a passing shortage, is not worth waking anybody. */
  private static final Duration LASTING = Duration.ofSeconds(30);

  /** Over only after this long, so that a flapping PBX is told of once. */
  private static final Duration OVER = Duration.ofMinutes(2);

  private static final Optional<Verdict.Kind> PATH_LOST =
      Optional.of(Verdict.Kind.WATCHER_PATH_LOST);

  private final Core core;
  private final Set<PbxId> told = new HashSet<>();
  private final Map<PbxId, Degraded> degraded = new HashMap<>();
  private boolean unanswered;

  /** More different reasons in one spell than anybody wants to hear of. */
  private static final int MOST_REASONS = 10;

  /**
   * One spell: since when, when it was last seen, of what people were told, and what it is now. A
   * certificate that nears its end is weeks in which something else may go wrong, and must be told
   * of as well.
   */
  private record Degraded(
      Duration since, Duration seen, Set<String> told, String reason, Duration reasonSince) {}

  Incidents(Core core) {
    this.core = core;
  }

  void turn(Picture picture, Decision decision) {
    Optional<PbxId> active = picture.state().active();
    picture.state().settings().map(SettingsInForce::estate).stream()
        .flatMap(estate -> estate.pbxs().stream())
        .map(Pbx::id)
        .filter(pbx -> !active.equals(Optional.of(pbx)))
        .forEach(pbx -> standby(picture, pbx));
    active.ifPresent(pbx -> callers(picture, pbx, decision));
    picture.verdicts().keySet().forEach(pbx -> degraded(picture, pbx));
  }

  private void degraded(Picture picture, PbxId pbx) {
    Duration now = picture.clock();
    Degraded spell = degraded.get(pbx);
    boolean is = picture.verdict(pbx).filter(v -> v.kind().needsSomebody()).isPresent();
    if (is) {
      String reason = reason(picture, pbx);
      Duration since = spell == null ? now : spell.since();
      Duration reasonSince =
          spell != null && spell.reason().equals(reason) ? spell.reasonSince() : now;
      Set<String> known = spell == null ? Set.of() : spell.told();
      Duration lasting = now.minus(known.isEmpty() ? since : reasonSince);
      boolean tell =
          !known.contains(reason) && known.size() < MOST_REASONS && lasting.compareTo(LASTING) >= 0;
      Set<String> all = new HashSet<>(known);
      if (tell) {
        all.add(reason);
        core.note(Weight.ALARM, picture.sentence(pbx) + "; " + meaning(picture, pbx));
      }
      degraded.put(pbx, new Degraded(since, now, all, reason, reasonSince));
    } else if (spell != null
        && (spell.told().isEmpty() || now.minus(spell.seen()).compareTo(OVER) >= 0)) {
      degraded.remove(pbx);
    }
  }

  /** The evidence without its figures: seconds and counts that grow are no news. */
  private static String reason(Picture picture, PbxId pbx) {
    return picture
        .verdict(pbx)
        .map(verdict -> verdict.evidence().replaceAll("[0-9.]+", ""))
        .orElse("");
  }

  /** The standby's gate stays closed: the carrier has somewhere better to send what is too much. */
  private static String meaning(Picture picture, PbxId pbx) {
    boolean active = picture.state().active().filter(pbx::equals).isPresent();
    if (picture.verdict(pbx).map(Verdict::kind).equals(PATH_LOST)) {
      if (active && picture.verdict(pbx).filter(Verdict::onlySipUnseen).isPresent()) {
        return "that looks like a ban, so nothing is moved; but whether callers from outside get in"
            + " is not seen from here. Call an office number: if it rings, lift the ban on this"
            + " watcher (fail2ban, FreePBX's firewall); if nobody answers, move the calls with"
            + " \"linekeeper switchover\"";
      }
      return "calls run as far as the other PBX can see, so nothing is moved; Linekeeper cannot watch"
          + " or switch "
          + pbx
          + ". Lift the ban (fail2ban, FreePBX's firewall) or mend this watcher's link";
    }
    if (picture.verdict(pbx).filter(v -> v.kind().doubtful()).isPresent()) {
      return "it is not said whose fault that is, so nothing is moved without you. Call an office"
          + " number and listen; look at the firewall, RTP ports and external address of both";
    }
    return active
        ? "it still serves and a switch would not mend it, so calls stay there; at its call limit"
            + " further callers go to the trunk's disaster recovery URL. Look at its AMI user,"
            + " descriptors and maxcalls"
        : "it could take over, but not as it should. Look at its AMI user, descriptors and maxcalls";
  }

  private void standby(Picture picture, PbxId pbx) {
    Duration lasting = picture.lasting(pbx);
    // A standby need not be registered: that is part of promoting it.
    boolean down = picture.cannotServe(pbx) && !picture.couldServe(pbx);
    if (down && lasting.compareTo(LASTING) >= 0 && !knownSince(picture, pbx)) {
      if (told.add(pbx)) {
        core.note(
            Weight.ALARM,
            "there is no standby: "
                + picture.sentence(pbx)
                + "; if the PBX that serves fails as well, calls can only go to mobiles");
      }
    } else if (picture.serves(pbx) && lasting.compareTo(OVER) >= 0 && told.remove(pbx)) {
      core.note(Weight.INFO, pbx + " can take over again");
    }
  }

  /** Whoever was told of the failover knows that the PBX it left is down. */
  private static boolean knownSince(Picture picture, PbxId pbx) {
    Optional<Promotion> failover =
        picture
            .state()
            .promotion()
            .filter(p -> !p.acknowledged())
            .filter(p -> p.from().equals(pbx));
    return failover
        .filter(p -> picture.now().minus(picture.lasting(pbx)).isBefore(p.at().plus(OVER)))
        .isPresent();
  }

  private void callers(Picture picture, PbxId active, Decision decision) {
    Duration limit =
        picture
            .state()
            .settings()
            .map(settings -> settings.estate().rules().divertAfter().plusSeconds(1))
            .orElse(OVER);
    boolean trunkOnly =
        picture.verdict(active).filter(v -> v.kind() == Verdict.Kind.TRUNK_DOWN).isPresent();
    boolean waiting =
        decision.kind() == Decision.Kind.HOLD
            && picture.cannotServe(active)
            && !(trunkOnly && Decider.registering(picture, active))
            && picture.state().emergency().isEmpty()
            && picture.state().openRolePlan().isEmpty();
    if (waiting && !unanswered && picture.lasting(active).compareTo(limit) >= 0) {
      unanswered = true;
      core.note(
          Weight.ALARM, "callers may not be answered, and Linekeeper holds: " + decision.reason());
    } else if (picture.serves(active) && picture.lasting(active).compareTo(OVER) >= 0) {
      unanswered = false;
    }
  }
}
