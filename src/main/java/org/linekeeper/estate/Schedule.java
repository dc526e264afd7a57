package org.linekeeper.estate;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * The hours at which numbers move by themselves, in the office's own time.
 *
 * @param zone the office's time zone; clock changes are followed
 * @param rules in the order of the file; where two cover one number, the first in force wins
 */
public record Schedule(ZoneId zone, List<Rule> rules) {
  /** Copies its lists. */
  public Schedule {
    rules = List.copyOf(rules);
  }

  /**
   * While one of its windows is open, the numbers it selects ring on mobiles.
   *
   * @param name as people read it, such as {@code evenings}
   * @param numbers which numbers move
   * @param to where they ring; empty: each number's own targets
   * @param windows when
   * @param except when not, even inside a window
   */
  public record Rule(
      String name,
      List<Selection> numbers,
      List<Target> to,
      List<Window> windows,
      List<Window> except) {
    /** Copies its lists. */
    public Rule {
      numbers = List.copyOf(numbers);
      to = List.copyOf(to);
      windows = List.copyOf(windows);
      except = List.copyOf(except);
    }

    /** Whether the rule moves its numbers at that moment. */
    public boolean inForce(Instant now, ZoneId zone) {
      return windows.stream().anyMatch(w -> w.open(now, zone))
          && except.stream().noneMatch(w -> w.open(now, zone));
    }

    /** The first moment after {@code now} at which a window of the rule opens or closes. */
    Optional<Instant> nextBoundary(Instant now, ZoneId zone) {
      return java.util.stream.Stream.concat(windows.stream(), except.stream())
          .map(w -> w.nextBoundary(now, zone))
          .flatMap(Optional::stream)
          .min(Instant::compareTo);
    }
  }

  /** Rules in force at that moment, in the order of the file. */
  public List<Rule> inForce(Instant now) {
    return rules.stream().filter(rule -> rule.inForce(now, zone)).toList();
  }

  /** The next moment at which a rule may begin or end; empty if there is none. */
  public Optional<Instant> nextBoundary(Instant now) {
    return rules.stream()
        .map(rule -> rule.nextBoundary(now, zone))
        .flatMap(Optional::stream)
        .min(Instant::compareTo);
  }
}
