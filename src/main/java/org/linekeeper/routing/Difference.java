package org.linekeeper.routing;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.state.Step;

/**
 * What lies between the wanted routes and the carrier's.
 *
 * @param steps what has to be done
 * @param drifts numbers that somebody else has changed, each with what was found: shown, not fought
 *     over
 */
public record Difference(List<Step> steps, SortedMap<PhoneNumber, String> drifts) {
  /** Copies its collections. */
  public Difference {
    steps = List.copyOf(steps);
    drifts = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(drifts));
  }

  /** Nothing to do, nothing strange. */
  public static final Difference NONE = new Difference(List.of(), new TreeMap<>(Map.of()));
}
