package org.linekeeper.state;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A plan of which not every step's outcome is known.
 *
 * @param plan what was intended
 * @param outcomes by the step's place in the plan, 0 the first
 */
public record OpenPlan(Plan plan, SortedMap<Integer, Outcome> outcomes) {
  /** Copies the map. */
  public OpenPlan {
    outcomes = Collections.unmodifiableSortedMap(new TreeMap<>(outcomes));
  }

  OpenPlan with(Map<Integer, Outcome> more) {
    SortedMap<Integer, Outcome> all = new TreeMap<>(outcomes);
    all.putAll(more);
    return new OpenPlan(plan, all);
  }

  boolean complete() {
    return outcomes.size() == plan.steps().size();
  }
}
