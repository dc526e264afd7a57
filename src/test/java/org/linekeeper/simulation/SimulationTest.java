package org.linekeeper.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Many courses of events. {@code mvn test -Dtest=SimulationTest -Dsimulation.seeds=100000} runs as
 * many as that, and {@code -Dsimulation.from=N -Dsimulation.seeds=1} one of them again.
 */
class SimulationTest {
  private static final long FROM = Long.getLong("simulation.from", 1);
  private static final long SEEDS = Long.getLong("simulation.seeds", 400);

  /** Every way to be wrong is noticed by then. */
  private static final long MOST_FOR_A_FLAW = 10_000;

  @Test
  void noRuleIsBrokenWhateverHappens() throws Exception {
    Counters all = new Counters();
    List<Simulation.Course> broken = new ArrayList<>();
    AtomicLong next = new AtomicLong(FROM);
    int threads = Runtime.getRuntime().availableProcessors();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        running.add(pool.submit(() -> someOf(next, all, broken)));
      }
      for (Future<?> each : running) {
        each.get();
      }
    } finally {
      pool.shutdownNow();
    }
    System.out.printf("%d seeds from %d on:%n%s", SEEDS, FROM, all);
    assertThat(broken).as("again with -Dsimulation.seeds=1 -Dsimulation.from=SEED").isEmpty();
    if (SEEDS >= 10_000) {
      assertThat(all.get("intents that came too late")).isPositive();
    }
    if (SEEDS >= 400) {
      for (String what : COVERED) {
        assertThat(all.get(what)).as(what).isPositive();
      }
    }
  }

  private static final List<String> COVERED =
      List.of(
          "failovers",
          "planned moves",
          "leases passed on",
          "leases taken",
          "leases taken after the tenure",
          "offices whose hosts keep the address",
          "hosts fenced",
          "arms refused as too late",
          "machines shut down",
          "leaders killed with a plan open",
          "leaders paused with a plan open",
          "watchers paused beside the address",
          "requests that landed after they were given up",
          "restarts that lost an unsynced write",
          "uncommitted items overwritten",
          "numbers moved",
          "rows moved");

  private static void someOf(AtomicLong next, Counters all, List<Simulation.Course> broken) {
    for (long seed = next.getAndIncrement(); seed < FROM + SEEDS; seed = next.getAndIncrement()) {
      Simulation.Course course = Simulation.run(seed, Set.of());
      synchronized (all) {
        all.add(course.counters());
        all.add("seeds");
        if (course.violation().isPresent() && broken.size() < 20) {
          broken.add(course);
        }
      }
    }
  }

  @Test
  void aSeedGivesTheSameCourseEachTime() {
    for (long seed = 1; seed <= 5; seed++) {
      assertThat(Simulation.run(seed, Set.of()).print())
          .isEqualTo(Simulation.run(seed, Set.of()).print());
    }
  }

  @ParameterizedTest
  @EnumSource(Flaw.class)
  void everyWayToBeWrongIsNoticed(Flaw flaw) {
    long seed = 1;
    Simulation.Course course = Simulation.run(seed, EnumSet.of(flaw));
    while (course.violation().isEmpty() && seed < MOST_FOR_A_FLAW) {
      seed++;
      course = Simulation.run(seed, EnumSet.of(flaw));
    }
    System.out.printf("%s: seed %d, %s%n", flaw, seed, course.violation().orElse("not noticed"));
    assertThat(course.violation()).isPresent();
  }
}
