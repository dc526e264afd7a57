package org.linekeeper.failover;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Asks the other watchers what they see, from the first missed answer on and as long as something
 * is the matter, so that nobody has to be waited for once this one is sure.
 */
final class Ballot {
  /** Often enough that the last of them to be sure is not asked late. */
  private static final Duration EVERY = Duration.ofMillis(40);

  /** A PBX may be out of order for days: by then what they see changes no more in a hurry. */
  private static final Duration CALM = Duration.ofMillis(400);

  private static final Duration HURRY = Duration.ofSeconds(5);

  /** One that takes longer is not counted. */
  private static final Duration ANSWER = Duration.ofMillis(500);

  private final Core core;
  private final ControlThread thread;
  private final Map<String, Duration> asked = new HashMap<>();
  private final Set<String> open = new HashSet<>();
  private final Map<String, Vote> votes = new HashMap<>();

  Ballot(Core core, ControlThread thread) {
    this.core = core;
    this.thread = thread;
  }

  /** What each of them said last, if that was lately. */
  Collection<Vote> votes() {
    Duration oldest = core.ticker().now().minus(Votes.VALID);
    votes.values().removeIf(vote -> vote.at().compareTo(oldest) < 0);
    return List.copyOf(votes.values());
  }

  /** Asks again whoever is to be asked. */
  void turn(Picture picture) {
    if (picture.quiet().isEmpty() && picture.allReady()) {
      return;
    }
    Duration every = news(picture) ? EVERY : CALM;
    for (String watcher : core.others().names()) {
      Duration last = asked.getOrDefault(watcher, every.negated());
      if (!open.contains(watcher) && picture.clock().minus(last).compareTo(every) >= 0) {
        ask(watcher, picture.clock());
      }
    }
  }

  /** Whether one has just fallen silent, or not been what its role wants for some seconds. */
  private static boolean news(Picture picture) {
    return picture.verdicts().keySet().stream()
        .anyMatch(
            pbx ->
                picture.serves(pbx)
                    ? picture.quiet().contains(pbx)
                    : picture.lasting(pbx).compareTo(HURRY) < 0);
  }

  private void ask(String watcher, Duration now) {
    asked.put(watcher, now);
    open.add(watcher);
    thread.then(
        core.others().look(watcher, now, ANSWER),
        vote -> {
          open.remove(watcher);
          votes.put(watcher, vote);
        },
        silent -> open.remove(watcher));
  }
}
