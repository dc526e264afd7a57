package org.linekeeper.failover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeMap;
import org.linekeeper.state.Entry.Noted.Weight;
import org.linekeeper.state.Step;

/**
 * Tells people, once, of numbers and origination URLs that the carrier still has otherwise than
 * they should be after some time. Runs on the control thread.
 */
final class Overdue {
  /** A thousand numbers, a busy carrier and some lost answers are done by then. */
  private static final Duration LATE = Duration.ofMinutes(2);

  /** More names than these do not fit a text. */
  private static final int NAMED = 5;

  private final Core core;
  private final Refusals refusals;
  private final Map<String, Missing> missing = new HashMap<>();

  private record Missing(Duration since, boolean told) {}

  Overdue(Core core, Refusals refusals) {
    this.core = core;
    this.refusals = refusals;
  }

  /** What is missing now. */
  void turn(List<Step> steps, Duration now) {
    Map<String, Step> named = new TreeMap<>();
    steps.forEach(step -> named.put(step.on(new Name()), step));
    missing.keySet().retainAll(named.keySet());
    named.keySet().forEach(name -> missing.putIfAbsent(name, new Missing(now, false)));
    List<String> late =
        missing.entrySet().stream()
            .filter(m -> !m.getValue().told())
            .filter(m -> now.minus(m.getValue().since()).compareTo(LATE) >= 0)
            .map(Entry::getKey)
            .sorted()
            .toList();
    if (!late.isEmpty()) {
      late.forEach(name -> missing.put(name, new Missing(now, true)));
      core.note(Weight.ALARM, words(late, named));
    }
  }

  private String words(List<String> late, Map<String, Step> steps) {
    List<String> names = new ArrayList<>(late.subList(0, Math.min(NAMED, late.size())));
    if (late.size() > NAMED) {
      names.add((late.size() - NAMED) + " more");
    }
    String said =
        late.stream()
            .map(steps::get)
            .flatMap(step -> refusals.said(step).stream())
            .findFirst()
            .map(why -> "it says: " + why)
            .orElse("it does not confirm the change");
    return "for "
        + LATE.toMinutes()
        + " min the carrier has not moved "
        + String.join(", ", names)
        + "; callers there are still sent where they were before; "
        + said
        + ". Put that right at the carrier; it is tried again within the hour, a number at once by"
        + " \"linekeeper repair NUMBER\"";
  }

  private static final class Name implements Step.CasesOrElse<String> {
    @Override
    public String routeNumber(Step.RouteNumber step) {
      return step.number().toString();
    }

    @Override
    public String moveOrigination(Step.MoveOrigination step) {
      return "the origination URL " + step.want().sipUrl();
    }

    @Override
    public String orElse(Step step) {
      return step.sentence();
    }
  }
}
