package org.linekeeper.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
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
 * many as that, and {@code -Dsimulation.from=N -Dsimulation.seeds=1} one of them again; with {@code
 * -Dsimulation.told=true} it says what happens.
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
          "emergencies",
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

  @Test
  void anotherProcessSeesTheSameCourse() throws Exception {
    List<String> seeds = List.of("1", "2", "3", "4", "5");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Simulation.class.getName()));
    command.addAll(seeds);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    List<String> there = process.inputReader().lines().toList();
    List<String> here =
        seeds.stream()
            .map(seed -> seed + " " + Simulation.run(Long.parseLong(seed), Set.of()).print())
            .toList();
    assertThat(there).containsAll(here);
  }

  @ParameterizedTest
  @EnumSource(Flaw.class)
  void everyWayToBeWrongIsNoticed(Flaw flaw) {
    long seed = flaw.shownBy;
    Optional<String> noticed = noticed(flaw, seed);
    for (long next = 1; noticed.isEmpty() && next <= MOST_FOR_A_FLAW; next++) {
      seed = next;
      noticed = noticed(flaw, seed);
    }
    System.out.printf("%s: seed %d, %s%n", flaw, seed, noticed.orElse("not noticed"));
    assertThat(noticed).isPresent();
    assertThat(seed).isLessThanOrEqualTo(MOST_FOR_A_FLAW);
  }

  /** Only what goes well without the flaw shows anything of it. */
  private static Optional<String> noticed(Flaw flaw, long seed) {
    Optional<String> violation = Simulation.run(seed, EnumSet.of(flaw)).violation();
    return violation.filter(any -> Simulation.run(seed, Set.of()).violation().isEmpty());
  }
}
