package org.linekeeper.simulation;

import java.util.Optional;
import java.util.Set;

/** One course of events. */
final class Simulation {
  private static final long SECOND = 1_000_000_000L;

  /** Everything is mended by then ({@link Trouble}). */
  private static final long MENDED = 14 * SECOND;

  /** Failed tries are repeated after a minute at the latest, and plans are given a minute. */
  private static final long SETTLED = MENDED + 90 * SECOND;

  private static final long LOOK = SECOND / 4;

  private Simulation() {}

  /**
   * What came of it.
   *
   * @param violation the rule that was broken; empty if none
   * @param events how many events there were
   * @param print the same for the same course of events
   */
  record Course(
      long seed, Optional<String> violation, Counters counters, long events, long print) {}

  static Course run(long seed, Set<Flaw> flaws) {
    World world = new World(seed);
    Office office = new Office(world, flaws);
    Optional<String> violation = Optional.empty();
    try {
      new Trouble(office).plan();
      until(office, MENDED + SECOND);
      Optional<String> missing = office.unsettled();
      while (missing.isPresent() && world.now() < SETTLED) {
        until(office, world.now() + LOOK);
        missing = office.unsettled();
      }
      violation =
          missing.map(what -> "not settled " + (SETTLED - MENDED) / SECOND + " s later: " + what);
    } catch (Office.Violation broken) {
      violation = Optional.ofNullable(broken.getMessage());
    }
    long print = 31 * office.newest().hashCode() + world.events();
    return new Course(seed, violation, office.counters(), world.events(), print);
  }

  private static void until(Office office, long time) {
    while (office.world().next(time)) {
      office.check();
    }
  }
}
