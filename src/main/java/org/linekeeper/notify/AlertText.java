package org.linekeeper.notify;

import java.util.Optional;
import org.linekeeper.state.Emergency;
import org.linekeeper.state.Entry;
import org.linekeeper.state.Plan;
import org.springframework.util.StringUtils;

/** What people are told about a journal entry. Pure. */
final class AlertText {
  /** Two texts long: what does not fit is in the journal. */
  private static final int LONGEST = 300;

  private AlertText() {}

  /** The words for a person's phone; empty for entries that nobody needs to be woken for. */
  static Optional<String> of(Entry entry) {
    return switch (Sort.of(entry)) {
      case FAILOVER ->
          plan(entry)
              .map(
                  plan ->
                      "Calls now go to "
                          + plan.to().map(Object::toString).orElse("the other PBX")
                          + ". "
                          + StringUtils.capitalize(plan.reason())
                          + ". Text ACKNOWLEDGE when you know why, FAILBACK to go back.");
      case EMERGENCY -> Optional.of(emergency((Entry.EmergencyBegan) entry));
      case RECOVERED -> Optional.of(entry.sentence());
      case ALARM -> Optional.of(entry.sentence());
      case NOTHING -> Optional.<String>empty();
    };
  }

  /** Whether it is about where calls go now: told of whatever else there was to tell. */
  static boolean aboutCalls(Entry entry) {
    return switch (Sort.of(entry)) {
      case FAILOVER, EMERGENCY, RECOVERED -> true;
      case ALARM, NOTHING -> false;
    };
  }

  /** The same, short enough to be sent. */
  static Optional<String> shortened(Entry entry) {
    return of(entry)
        .map(StringUtils::capitalize)
        .map(text -> text.length() <= LONGEST ? text : text.substring(0, LONGEST - 3) + "...");
  }

  private static String emergency(Entry.EmergencyBegan entry) {
    return new Emergency(entry.at(), entry.reason()).cutOff()
        ? entry.sentence() + ". They go back when somebody confirms that calls get in again."
        : "NO PBX CAN SERVE. "
            + StringUtils.capitalize(entry.sentence())
            + ". They go back by themselves when a PBX serves again.";
  }

  private static Optional<Plan> plan(Entry entry) {
    return entry instanceof Entry.Intended intended
        ? Optional.of(intended.plan())
        : Optional.empty();
  }

  private enum Sort {
    FAILOVER,
    EMERGENCY,
    RECOVERED,
    ALARM,
    NOTHING;

    private static Sort of(Entry entry) {
      if (plan(entry).filter(plan -> plan.kind() == Plan.Kind.FAILOVER).isPresent()) {
        return FAILOVER;
      }
      if (entry instanceof Entry.EmergencyBegan) {
        return EMERGENCY;
      }
      if (entry instanceof Entry.EmergencyEnded) {
        return RECOVERED;
      }
      return entry instanceof Entry.WentAlone
              || entry instanceof Entry.Noted noted && noted.weight() == Entry.Noted.Weight.ALARM
          ? ALARM
          : NOTHING;
    }
  }
}
