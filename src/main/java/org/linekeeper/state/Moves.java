package org.linekeeper.state;

import java.util.SortedMap;
import org.linekeeper.estate.PhoneNumber;

/** How intents and outcomes change what is known of the numbers at the carrier. */
final class Moves {
  private Moves() {}

  /**
   * From here on the number may be as the step wants it; as it was found is kept once and for all.
   */
  static void intended(SortedMap<PhoneNumber, MovedNumber> moved, Step step) {
    step.on(
        new OnRoute() {
          @Override
          public Boolean routeNumber(Step.RouteNumber route) {
            MovedNumber known = moved.get(route.number());
            NumberImage asFound = known == null ? route.before() : known.asFound();
            moved.put(
                route.number(),
                new MovedNumber(
                    route.number(), route.sid(), asFound, route.want(), route.rings(), false));
            return true;
          }
        });
  }

  /** A number known to be back as it was found is Linekeeper's no more. */
  static void done(SortedMap<PhoneNumber, MovedNumber> moved, Step step, Outcome outcome) {
    step.on(
        new OnRoute() {
          @Override
          public Boolean routeNumber(Step.RouteNumber route) {
            MovedNumber known = moved.get(route.number());
            if (known != null && known.wanted().equals(route.want()) && outcome.achieved()) {
              if (route.rings().isEmpty()) {
                moved.remove(route.number());
              } else {
                moved.put(route.number(), settled(known));
              }
            }
            return true;
          }
        });
  }

  private static MovedNumber settled(MovedNumber known) {
    return new MovedNumber(
        known.number(), known.sid(), known.asFound(), known.wanted(), known.rings(), true);
  }

  /** Cases in which nothing happens but for numbers. */
  private abstract static class OnRoute implements Step.Cases<Boolean> {
    @Override
    public Boolean setGate(Step.SetGate step) {
      return false;
    }

    @Override
    public Boolean moveOrigination(Step.MoveOrigination step) {
      return false;
    }

    @Override
    public Boolean registerTrunk(Step.RegisterTrunk step) {
      return false;
    }
  }
}
