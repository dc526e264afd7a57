package org.linekeeper.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.Offices;

/**
 * Whoever leads is killed before and after each append and each act of a failover and of a divert
 * of a hundred numbers, one course of events for each of these moments. What was begun is finished
 * by the next, and never is a rule broken on the way.
 */
class LeaderKilledTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long WELL = 8 * SECOND;
  private static final long WITHIN = 60 * SECOND;

  /** As long as systemd takes, by the unit in docs/OPERATIONS.md, and a start of the process. */
  private static final long STARTED_AGAIN = 8 * SECOND;

  /** Of its own: in each another watcher leads, and the carrier fails at other requests. */
  private static final int WORLDS = 3;

  @Test
  void aFailoverIsFinishedByTheNext() {
    enumerated(
        Offices.accountants(),
        office -> office.pbxs().kill(Offices.PRIMARY),
        office ->
            office.newest().active().equals(Optional.of(Offices.STANDBY))
                && office.newest().openPlans().isEmpty(),
        Set.of("b"));
  }

  @Test
  void aDivertOfAHundredNumbersIsFinishedByTheNext() {
    enumerated(
        Offices.accountants(100),
        office -> {
          // who gets no answer says it again
          if (office.newest().diversions().isEmpty()) {
            office.watchers().forEach(watcher -> watcher.say("DIVERT ALL"));
          }
        },
        office ->
            office.provider().images().values().stream()
                .noneMatch(image -> image.equals(Provider.found())),
        Set.of());
  }

  /**
   * @param needed watchers without whom it cannot be finished: they come back after a while, all
   *     others when it is finished
   */
  private static void enumerated(
      Estate estate, Consumer<Office> begin, Predicate<Office> done, Set<String> needed) {
    Map<String, Integer> killed = new TreeMap<>();
    int moments = 0;
    for (int world = 1; world <= WORLDS; world++) {
      Optional<String> victim = Optional.of("");
      for (long which = 1; victim.isPresent(); which++) {
        victim = at(world, which, estate, begin, done, needed);
        victim.ifPresent(name -> killed.merge(name, 1, Integer::sum));
        moments += victim.isPresent() ? 1 : 0;
      }
    }
    System.out.println(moments + " moments; killed: " + killed);
    assertThat(killed).as("in turn").hasSizeGreaterThan(1);
  }

  /** Who was killed at that moment; empty if all was done before it came. */
  private static Optional<String> at(
      long seed,
      long which,
      Estate estate,
      Consumer<Office> begin,
      Predicate<Office> done,
      Set<String> needed) {
    Office office = new Office(new World(seed), Set.of(), estate);
    until(office, WELL);
    // a program that tells the kernel may just take a second
    while (office.unsettled().isPresent() && office.world().now() < 2 * WELL) {
      until(office, office.world().now() + SECOND / 10);
    }
    assertThat(office.unsettled()).isEmpty();
    Moments moments = new Moments(which);
    office.watch(moments);
    begin.accept(office);
    boolean said = false;
    boolean restarted = false;
    long begun = office.world().now();
    long died = 0;
    while (office.world().now() < begun + WITHIN) {
      until(office, office.world().now() + SECOND / 10);
      if (moments.killed().isPresent()) {
        died = died == 0 ? office.world().now() : died;
        String killed = moments.killed().get();
        boolean late = office.world().now() > died + STARTED_AGAIN;
        if (late && !said) {
          said = true;
          begin.accept(office);
        }
        if (!restarted && (done.test(office) || late && needed.contains(killed))) {
          restarted = true;
          office.watcher(killed).restart();
        }
      }
      boolean complete = moments.killed().isEmpty() || restarted;
      if (complete && done.test(office) && office.unsettled().isEmpty()) {
        return moments.killed();
      }
    }
    throw new AssertionError(
        "not finished within "
            + Duration.ofNanos(WITHIN)
            + " after "
            + moments.killed()
            + " was killed "
            + moments.moment()
            + ", moment "
            + which
            + " of world "
            + seed
            + ": "
            + office.unsettled());
  }

  private static void until(Office office, long time) {
    while (office.world().next(time)) {
      office.check();
    }
  }
}
