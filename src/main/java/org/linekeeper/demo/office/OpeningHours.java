package org.linekeeper.demo.office;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.linekeeper.estate.Schedule;

/**
 * When does the schedule change something?
 *
 * @param schedule the one in force
 */
public record OpeningHours(Schedule schedule) {
  private static final int BOUNDARIES_LOOKED_AT = 200;

  /** After opening the demo's clock shows a time at which everybody is in. */
  private static final Duration SETTLED = Duration.ofMinutes(90);

  /** A time at which no rule is in force; empty if that is so now. */
  Optional<Instant> firstOpen(Instant now) {
    return open(now)
        ? Optional.empty()
        : boundary(now, this::open).map(at -> at.plus(SETTLED)).filter(this::open);
  }

  /** The next moment at which other rules are in force than now. */
  public Optional<Instant> nextChange(Instant now) {
    return boundary(now, at -> !schedule.inForce(at).equals(schedule.inForce(now)));
  }

  /** Whether no rule is in force then. */
  public boolean open(Instant at) {
    return schedule.inForce(at).isEmpty();
  }

  private Optional<Instant> boundary(Instant from, Predicate<Instant> wanted) {
    Optional<Instant> at = schedule.nextBoundary(from);
    for (int i = 0; i < BOUNDARIES_LOOKED_AT && at.filter(wanted.negate()).isPresent(); i++) {
      at = at.flatMap(schedule::nextBoundary);
    }
    return at.filter(wanted);
  }
}
