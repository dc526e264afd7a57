package org.linekeeper.failover;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.linekeeper.actuator.PbxControl;
import org.linekeeper.estate.Pbx;
import org.linekeeper.estate.PbxId;
import org.linekeeper.state.Entry.Noted.Weight;
import org.linekeeper.state.Outcome;

/**
 * Keeps the PBX that does not serve off the trunk: a provider that sends calls to the newest
 * registration would send them to its closed gate. It registers by itself after a restart, and AMI
 * takes logins before pjsip is loaded; so it is told until that was read back, and looked at from
 * then on. Runs on the control thread.
 */
final class Unregistering {
  /** How long callers may meet the closed gate of a PBX that has registered by itself. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

  private static final Duration TELL_AGAIN = Duration.ofSeconds(1);

  /** A provider that does not answer, or says no, must not take us for an attack. */
  private static final Duration SELDOM = Duration.ofMinutes(1);

  /** A PBX that is starting is ready by then; people are told of what lasts longer. */
  private static final Duration LASTING = Duration.ofSeconds(8);

  private final Core core;
  private final Map<Trunk, Try> tries = new HashMap<>();
  private final Set<Trunk> told = new HashSet<>();

  Unregistering(Core core) {
    this.core = core;
  }

  private record Trunk(PbxId pbx, String registration) {}

  /**
   * @param at when it was begun
   * @param pause how long after that the next one begins
   */
  private record Try(CompletableFuture<Outcome> outcome, Duration at, Duration pause) {
    boolean over(Duration now) {
      return outcome.isDone() && now.minus(at).compareTo(pause) >= 0;
    }

    boolean achieved() {
      return outcome.join().achieved();
    }

    Duration longer() {
      Duration doubled = pause.multipliedBy(2);
      return doubled.compareTo(SELDOM) < 0 ? doubled : SELDOM;
    }
  }

  /** What was done to it counts no more: it has restarted, or has served meanwhile. */
  void forget(PbxId pbx) {
    tries.keySet().removeIf(trunk -> trunk.pbx.equals(pbx));
  }

  /** The PBX is not to be registered now. */
  void turn(Picture picture, Pbx pbx) {
    pbx.registrations().forEach(name -> turn(picture, new Trunk(pbx.id(), name)));
  }

  private void turn(Picture picture, Trunk trunk) {
    Duration now = picture.clock();
    PbxControl pbxs = core.pbxs();
    Try last = tries.get(trunk);
    if (last == null) {
      begin(trunk, pbxs.register(trunk.pbx, trunk.registration, false), now, TELL_AGAIN);
    } else if (last.over(now) && last.achieved()) {
      told.remove(trunk);
      begin(trunk, pbxs.stayUnregistered(trunk.pbx, trunk.registration), now, LOOK_AGAIN);
    } else if (last.over(now)) {
      tell(picture, trunk, last);
      begin(trunk, pbxs.register(trunk.pbx, trunk.registration, false), now, last.longer());
    }
  }

  private void begin(Trunk trunk, CompletionStage<Outcome> outcome, Duration now, Duration pause) {
    CompletableFuture<Outcome> known =
        outcome
            .exceptionally(defect -> Outcome.unknown("a defect in Linekeeper: " + defect))
            .toCompletableFuture();
    tries.put(trunk, new Try(known, now, pause));
  }

  private void tell(Picture picture, Trunk trunk, Try last) {
    boolean lasts = last.pause.compareTo(LASTING) >= 0;
    // One that is down is not registered for long, and is told its role when it is back.
    if (lasts && picture.couldServe(trunk.pbx) && told.add(trunk)) {
      core.note(
          Weight.ALARM,
          trunk.pbx
              + " does not serve but may be registered as "
              + trunk.registration
              + ", so callers may be turned away: "
              + last.outcome.join().said()
              + ". Look there with \"pjsip show registrations\"");
    }
  }
}
