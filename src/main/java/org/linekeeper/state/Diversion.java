package org.linekeeper.state;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.linekeeper.estate.Selection;
import org.linekeeper.estate.Target;

/**
 * A wish, in force for a time, about where some numbers ring. Schedules are not in here: they are
 * computed for each moment.
 *
 * @param id names it in commands and the journal; unique
 * @param what the numbers it is about
 * @param route where they go
 * @param to who rings; empty: each number's own targets. Always empty for {@link Route#OFFICE}
 * @param owner who wished it
 * @param reason why, for people to read
 * @param start since when
 * @param end until when, exclusive; empty: until somebody ends it
 */
public record Diversion(
    String id,
    Selection what,
    Route route,
    List<Target> to,
    Actor owner,
    String reason,
    Instant start,
    Optional<Instant> end) {
  /** Where a number can be wished to ring. */
  public enum Route {
    /** On mobiles. */
    MOBILES,
    /** At the office, although something of lower precedence would divert it. */
    OFFICE
  }

  /** Copies its lists. */
  public Diversion {
    to = List.copyOf(to);
  }

  /**
   * Whether it counts at that moment. It was wished for before it was written down: a start that
   * lies ahead only says that the clock was set back.
   */
  public boolean inForce(Instant now) {
    return end.map(now::isBefore).orElse(true);
  }
}
