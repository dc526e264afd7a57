package org.linekeeper.command;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How often something happened lately, by sender or member of staff. Limited: the oldest are
 * forgotten first.
 *
 * @param times by key, the one counted longest ago first
 */
public record Tally(Map<String, List<Instant>> times) {
  /** Nothing has happened yet. */
  public static final Tally EMPTY = new Tally(Map.of());

  private static final int MOST_KEYS = 1_000;
  private static final int MOST_TIMES = 50;

  /** Copies the map, keeping its order. */
  public Tally {
    Map<String, List<Instant>> copy = new LinkedHashMap<>();
    times.forEach((key, at) -> copy.put(key, List.copyOf(at)));
    times = java.util.Collections.unmodifiableMap(copy);
  }

  /** With one more. */
  Tally and(String key, Instant at) {
    Map<String, List<Instant>> more = new LinkedHashMap<>(times);
    List<Instant> before = new ArrayList<>(more.getOrDefault(key, List.of()));
    more.remove(key);
    before.add(at);
    int forgotten = Math.max(0, before.size() - MOST_TIMES);
    more.put(key, before.subList(forgotten, before.size()));
    if (more.size() > MOST_KEYS) {
      more.remove(more.keySet().iterator().next());
    }
    return new Tally(more);
  }

  Optional<Instant> last(String key) {
    return times.getOrDefault(key, List.of()).stream().reduce((earlier, later) -> later);
  }

  int since(String key, Instant start) {
    return (int) times.getOrDefault(key, List.of()).stream().filter(start::isBefore).count();
  }
}
