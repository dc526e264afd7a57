package org.linekeeper.failover;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.linekeeper.state.Outcome;
import org.linekeeper.state.SettingsInForce;
import org.linekeeper.state.Step;

/**
 * Remembers the steps that the carrier refused: each waits longer and longer for its next try, and
 * slows no other down. A step that is no longer quite the same, because something else is wanted or
 * found, is tried at once. Runs on the control thread.
 */
final class Refusals {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  /** Some thirty tries on the first day: the journal keeps each of them for a year. */
  private static final Duration LAST_PAUSE = Duration.ofHours(1);

  private final Map<Step, Refused> refused = new HashMap<>();
  private Optional<SettingsInForce> settings = Optional.empty();

  private record Refused(Duration pause, Duration until, String said) {}

  /** A step has ended. */
  void ended(Step step, Outcome outcome, Duration now) {
    if (outcome.kind() == Outcome.Kind.REJECTED) {
      Refused before = refused.get(step);
      Duration pause = before == null ? FIRST_PAUSE : before.pause().multipliedBy(2);
      pause = pause.compareTo(LAST_PAUSE) > 0 ? LAST_PAUSE : pause;
      refused.put(step, new Refused(pause, now.plus(pause), outcome.said()));
    } else if (outcome.achieved()) {
      refused.remove(step);
    }
  }

  /** Forgets what is not missing any more, and everything when there are new settings. */
  void keep(Collection<Step> missing, Optional<SettingsInForce> inForce) {
    if (inForce.equals(settings)) {
      refused.keySet().retainAll(missing);
    } else {
      settings = inForce;
      refused.clear();
    }
  }

  /** The steps that may be tried now. */
  List<Step> due(List<Step> missing, Duration now) {
    return missing.stream()
        .filter(
            step ->
                Optional.ofNullable(refused.get(step))
                    .filter(r -> now.compareTo(r.until()) < 0)
                    .isEmpty())
        .toList();
  }

  /** What the carrier said when it refused; empty if it did not. */
  Optional<String> said(Step step) {
    return Optional.ofNullable(refused.get(step)).map(Refused::said);
  }
}
