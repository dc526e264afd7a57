package org.linekeeper.simulation;

import java.util.Arrays;
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

  /** So often a person says that numbers are to come back, while they are not. */
  private static final long SAID_AGAIN = 5 * SECOND;

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
      long said = 0;
      Optional<String> missing = missing(office);
      while (missing.isPresent() && world.now() < SETTLED) {
        if (world.now() - said > SAID_AGAIN) {
          said = world.now();
          office.returnAll();
        }
        until(office, world.now() + LOOK);
        missing = missing(office);
      }
      violation =
          missing.map(what -> "not settled " + (SETTLED - MENDED) / SECOND + " s later: " + what);
    } catch (Office.Violation broken) {
      violation = Optional.ofNullable(broken.getMessage());
    }
    return new Course(seed, violation, office.counters(), world.events(), office.print());
  }

  private static Optional<String> missing(Office office) {
    return office.unsettled().or(office::notReturned);
  }

  /** Prints the course of each of these seeds. */
  public static void main(String[] seeds) {
    Arrays.stream(seeds)
        .mapToLong(Long::parseLong)
        .mapToObj(seed -> run(seed, Set.of()))
        .forEach(course -> System.out.println(course.seed() + " " + course.print()));
  }

  private static void until(Office office, long time) {
    while (office.world().next(time)) {
      office.check();
    }
  }
}
