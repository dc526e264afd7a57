package org.linekeeper.state;

import java.util.Collections;
import java.util.List;
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

  /**
   * Whether the step is to take the floating address and failed although the other host is known to
   * have let go of it: then it is to be held all the same, or nobody would have it.
   */
  boolean mayGoOnTaking(int place, Outcome outcome) {
    List<Integer> first = plan.first(place);
    return plan.steps().get(place).occupies()
        && outcome.kind() != Outcome.Kind.SUPERSEDED
        && !first.isEmpty()
        && first.stream().allMatch(this::achieved);
  }

  private boolean achieved(int place) {
    Outcome outcome = outcomes.get(place);
    return outcome != null && outcome.achieved();
  }

  boolean complete() {
    return outcomes.size() == plan.steps().size();
  }
}
