package org.linekeeper.failover;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.FloatingAddress;
import org.linekeeper.estate.Pbx;
import org.linekeeper.estate.PbxId;
import org.linekeeper.estate.Rules;
import org.linekeeper.state.Epoch;
import org.linekeeper.state.OpenPlan;
import org.linekeeper.state.Plan;
import org.linekeeper.state.SettingsInForce;
import org.linekeeper.state.State;
import org.linekeeper.state.Step;
import org.linekeeper.verdict.Verdict;

/**
 * Holds the gates of the PBXs that should not serve closed, for some seconds at a time, and only
 * while the active PBX is seen to serve. A gate that is not renewed opens by itself, and one that
 * must open at once is a step of a plan; only a PBX that logs in as the active one is opened here.
 */
final class GateKeeper {
  private final Core core;
  private final Predicate<Step.HoldAddress> there;
  private final Map<PbxId, Duration> renewed = new HashMap<>();
  private final Unregistering unregistering;

  /** Asterisk tries again by itself once it has been told; this is for what it was not told. */
  private static final Duration REGISTER_AGAIN = Duration.ofSeconds(20);

  /** A hung PBX that wakes up must not serve beside the active one for a second. */
  private static final Duration LONGEST_BESIDE = Duration.ofMillis(900);

  private final Map<PbxId, Duration> registered = new HashMap<>();

  /**
   * @param there whether this host really has the floating address that the journal says it holds
   */
  GateKeeper(Core core, Predicate<Step.HoldAddress> there) {
    this.core = core;
    this.there = there;
    unregistering = new Unregistering(core);
  }

  /** Renews what is due. */
  void turn(Picture picture) {
    picture
        .state()
        .settings()
        .map(SettingsInForce::estate)
        .ifPresent(estate -> estate.pbxs().forEach(pbx -> turn(picture, estate, pbx)));
  }

  /** A PBX has logged in, perhaps after a restart: it is told its role at once. */
  void loggedIn(Picture picture, PbxId pbx) {
    renewed.remove(pbx);
    unregistering.forget(pbx);
    registered.remove(pbx);
    boolean known =
        picture.state().settings().stream()
            .flatMap(settings -> settings.estate().pbxs().stream())
            .map(Pbx::id)
            .anyMatch(pbx::equals);
    if (known && wantedClosed(picture, pbx)) {
      close(picture, picture.state().settings().orElseThrow().estate(), pbx);
    } else if (known && active(picture, pbx)) {
      // A plan that is taken up again after a restart finds no session yet: without this the PBX
      // just promoted would turn callers away until its lease ends.
      core.pbxs().openGate(pbx, picture.state().epoch());
    }
  }

  private static boolean active(Picture picture, PbxId pbx) {
    return picture.state().mode() != Rules.Mode.OBSERVE
        && picture.state().active().filter(pbx::equals).isPresent();
  }

  private void turn(Picture picture, Estate estate, Pbx pbx) {
    if (wantedClosed(picture, pbx.id())) {
      Duration quarter = estate.rules().gateLease().dividedBy(4);
      Duration period = quarter.compareTo(LONGEST_BESIDE) < 0 ? quarter : LONGEST_BESIDE;
      Duration last = renewed.get(pbx.id());
      if (last == null || picture.clock().minus(last).compareTo(period) >= 0) {
        close(picture, estate, pbx.id());
      }
      unregistering.turn(picture, pbx);
    } else if (active(picture, pbx.id())) {
      // It may be demoted again without a new login.
      unregistering.forget(pbx.id());
      mendRegistration(picture, pbx);
    }
  }

  /** A step of a plan may have found no session: the PBX that serves is told again. */
  private void mendRegistration(Picture picture, Pbx pbx) {
    boolean down =
        picture.verdict(pbx.id()).filter(v -> v.kind() == Verdict.Kind.TRUNK_DOWN).isPresent();
    Duration last = registered.get(pbx.id());
    boolean due = last == null || picture.clock().minus(last).compareTo(REGISTER_AGAIN) >= 0;
    if (picture.state().openRolePlan().isPresent()) {
      registered.put(pbx.id(), picture.clock()); // The plan tells it.
    } else if (down && due) {
      registered.put(pbx.id(), picture.clock());
      pbx.registrations().forEach(name -> core.pbxs().register(pbx.id(), name, true));
    }
  }

  private void close(Picture picture, Estate estate, PbxId pbx) {
    renewed.put(pbx, picture.clock());
    Epoch epoch = picture.state().epoch();
    core.pbxs()
        .closeGate(
            pbx,
            estate.rules().gateLease(),
            epoch,
            () -> core.leads() && core.state().epoch().equals(epoch));
  }

  private boolean wantedClosed(Picture picture, PbxId pbx) {
    // While the carrier offers calls to another PBX first, because somebody changed that or the
    // journal was lost, closing that one's gate would take the office off the air.
    return picture.state().mode() != Rules.Mode.OBSERVE
        && Origination.activeFirst(picture)
        && addressAtActive(picture.state())
        && !stillNeeded(picture, pbx)
        && picture
            .state()
            .active()
            .filter(active -> !active.equals(pbx))
            .filter(picture::serves)
            .isPresent();
  }

  /**
   * Whether callers to the floating address reach the active PBX, as far as this watcher decides
   * that; true without one. When it could not be moved, the other PBX still has it, and those
   * callers would be turned away there although nobody else answers them.
   */
  private boolean addressAtActive(State state) {
    if (state.lease().isPresent()) {
      return state
          .lease()
          .filter(lease -> lease.taken() && state.active().equals(Optional.of(lease.holder())))
          .isPresent();
    }
    return state
        .settings()
        .flatMap(settings -> settings.estate().moving().address())
        .map(FloatingAddress::borrower)
        .map(
            borrower ->
                state.active().filter(borrower::equals).isPresent()
                    ? state.held().filter(held -> held.pbx().equals(borrower)).stream()
                        .anyMatch(there)
                    : state.held().isEmpty())
        .orElse(true);
  }

  /** In a planned move the PBX that served does so until the other one is registered. */
  private static boolean stillNeeded(Picture picture, PbxId pbx) {
    return picture
        .state()
        .openRolePlan()
        .map(OpenPlan::plan)
        .filter(Plan::ordered)
        .flatMap(Plan::from)
        .filter(pbx::equals)
        .isPresent();
  }
}
