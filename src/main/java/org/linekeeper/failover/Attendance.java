package org.linekeeper.failover;

import java.time.Duration;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.linekeeper.journal.Standing;
import org.linekeeper.state.Entry.Noted.Weight;

/**
 * Tells people of a watcher that is missing: one can be missed, and the next one cannot; and of one
 * that keeps another journal. Once each, until that has passed. Runs on the control thread of the
 * watcher that leads.
 */
final class Attendance {
  /** An update or a restart of its machine is not worth waking anybody. */
  private static final Duration LASTING = Duration.ofMinutes(2);

  private final Core core;
  private final SortedMap<String, Duration> since = new TreeMap<>();
  private final Set<String> told = new TreeSet<>();
  private final Set<String> apart = new TreeSet<>();

  Attendance(Core core) {
    this.core = core;
  }

  void turn(Picture picture) {
    Standing standing = core.journal().standing();
    apart.retainAll(standing.apart());
    standing.apart().stream()
        .filter(apart::add)
        .forEach(sentence -> core.note(Weight.ALARM, sentence));
    for (String watcher : standing.members()) {
      if (standing.silent().contains(watcher) || standing.lost().contains(watcher)) {
        Duration from = since.computeIfAbsent(watcher, first -> picture.clock());
        if (picture.clock().minus(from).compareTo(LASTING) >= 0 && told.add(watcher)) {
          core.note(Weight.ALARM, missing(watcher, standing));
        }
      } else {
        since.remove(watcher);
        if (told.remove(watcher)) {
          core.note(Weight.INFO, watcher + " is back: every watcher can be missed again");
        }
      }
    }
  }

  private String missing(String watcher, Standing standing) {
    return standing.lost().contains(watcher)
        ? watcher
            + " has lost its journal, so it does not count; the phones do not depend on it. Look"
            + " why, then say: linekeeper replace "
            + watcher
        : watcher
            + " does not answer or does not write its journal; the phones do not depend on it, but if"
            + " one more watcher fails, nothing is done for them any more"
            + stranded(watcher)
            + ". Look after its machine, its disk and its network";
  }

  /** Where callers come by the floating address, that is worth another word. */
  private String stranded(String watcher) {
    return core.state().settings().flatMap(s -> s.estate().moving().address()).stream()
        .flatMap(address -> address.besides().entrySet().stream())
        .filter(beside -> beside.getValue().equals(watcher))
        .findFirst()
        .map(
            beside ->
                ". Until it is back the floating address cannot come to "
                    + beside.getKey()
                    + "'s host")
        .orElse("");
  }
}
