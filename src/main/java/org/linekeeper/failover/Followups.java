package org.linekeeper.failover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.RejectedExecutionException;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.routing.WantedRoute;
import org.linekeeper.state.MovedNumber;
import org.linekeeper.state.Outcome;
import org.linekeeper.state.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a member of staff by text once what they asked for has really happened at the carrier, or
 * that it has not. Runs on the control thread.
 */
final class Followups {
  private static final Logger LOG = LoggerFactory.getLogger(Followups.class);

  /** After this long a person standing in front of a burning building wants to know. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** More people than this do not move numbers at once; beyond it the text is left out. */
  private static final int MOST = 50;

  private final Core core;
  private final List<Promise> open = new ArrayList<>();

  Followups(Core core) {
    this.core = core;
  }

  private record Promise(
      PhoneNumber mobile, Map<PhoneNumber, List<PhoneNumber>> rings, Duration since) {
    private Promise asFarAs(Map<PhoneNumber, WantedRoute> wanted) {
      Map<PhoneNumber, List<PhoneNumber>> still = new TreeMap<>(rings);
      still
          .entrySet()
          .removeIf(
              number ->
                  Optional.ofNullable(wanted.get(number.getKey()))
                      .filter(route -> route.rings().equals(number.getValue()))
                      .isEmpty());
      return new Promise(mobile, still, since);
    }
  }

  /** Remembers what has just been promised: the numbers that now have to move. */
  void promise(
      PhoneNumber mobile,
      Map<PhoneNumber, WantedRoute> before,
      Map<PhoneNumber, WantedRoute> after) {
    Map<PhoneNumber, List<PhoneNumber>> changed = new TreeMap<>();
    after.forEach(
        (number, route) -> {
          WantedRoute old = before.get(number);
          if (old == null || !old.rings().equals(route.rings())) {
            changed.put(number, route.rings());
          }
        });
    if (!changed.isEmpty() && open.size() < MOST) {
      open.add(new Promise(mobile, changed, core.ticker().now()));
    }
  }

  /**
   * Tells whoever can be told. What has been wished otherwise since is no longer owed.
   *
   * @param wanted where every number should ring now
   */
  void turn(Picture picture, Map<PhoneNumber, WantedRoute> wanted) {
    List<Promise> kept = new ArrayList<>();
    for (Promise made : open) {
      Promise promise = made.asFarAs(wanted);
      if (promise.rings.isEmpty()) {
        continue;
      }
      Set<PhoneNumber> missing = missing(picture.state(), promise);
      boolean late = picture.clock().minus(promise.since).compareTo(PATIENCE) > 0;
      if (missing.isEmpty()) {
        tell(picture, promise, "Done: " + done(promise));
      } else if (late) {
        tell(picture, promise, notYet(promise, missing));
      } else {
        kept.add(promise);
      }
    }
    open.clear();
    open.addAll(kept);
  }

  private static Set<PhoneNumber> missing(State state, Promise promise) {
    Set<PhoneNumber> missing = new HashSet<>();
    promise.rings.forEach(
        (number, rings) -> {
          MovedNumber moved = state.moved().get(number);
          boolean there =
              rings.isEmpty()
                  ? moved == null
                  : moved != null && moved.settled() && moved.rings().equals(rings);
          if (!there) {
            missing.add(number);
          }
        });
    return missing;
  }

  private static String done(Promise promise) {
    long mobiles = promise.rings.values().stream().filter(rings -> !rings.isEmpty()).count();
    long office = promise.rings.size() - mobiles;
    String moved = mobiles == 0 ? "" : count(mobiles) + " on mobiles now";
    String back = office == 0 ? "" : count(office) + " at the office again";
    return (moved.isEmpty() || back.isEmpty() ? moved + back : moved + ", " + back) + ".";
  }

  private static String notYet(Promise promise, Set<PhoneNumber> missing) {
    return missing.size()
        + " of "
        + promise.rings.size()
        + (promise.rings.size() == 1 ? " number has" : " numbers have")
        + " not moved yet: the carrier has not confirmed. Linekeeper keeps trying. Text STATUS to see.";
  }

  private static String count(long numbers) {
    return numbers == 1 ? "1 number rings" : numbers + " numbers ring";
  }

  private void tell(Picture picture, Promise promise, String text) {
    picture
        .state()
        .settings()
        .map(settings -> settings.estate())
        .map(Estate::trunk)
        .flatMap(trunk -> trunk.controlNumber())
        .ifPresent(control -> send(control, promise.mobile, text));
  }

  private void send(PhoneNumber control, PhoneNumber mobile, String text) {
    try {
      core.io()
          .execute(
              () -> {
                Outcome outcome = core.carrier().send(control, mobile, text);
                if (!outcome.achieved()) {
                  LOG.warn("{} was not told \"{}\": {}", mobile, text, outcome.said());
                }
              });
    } catch (RejectedExecutionException full) {
      // Better a missing text than a control thread that waits.
      LOG.warn("{} was not told \"{}\": too much is under way", mobile, text);
    }
  }
}
