package org.linekeeper.simulation;

import java.util.Map;
import java.util.TreeMap;

/** How often what a simulation is to cover came about. */
final class Counters {
  private final Map<String, Long> counts = new TreeMap<>();

  void add(String what) {
    counts.merge(what, 1L, Long::sum);
  }

  void add(Counters other) {
    other.counts.forEach((what, count) -> counts.merge(what, count, Long::sum));
  }

  long get(String what) {
    return counts.getOrDefault(what, 0L);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    counts.forEach((what, count) -> text.append(String.format("%,14d  %s%n", count, what)));
    return text.toString();
  }
}
