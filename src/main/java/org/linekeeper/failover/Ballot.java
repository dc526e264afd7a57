package org.linekeeper.failover;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

  /** By then the question or its answer may be lost: it is asked anew. Four at most are open. */
  private static final Duration AGAIN = Duration.ofMillis(150);

  private final Core core;
  private final ControlThread thread;
  private final Map<String, Duration> asked = new HashMap<>();
  private final Map<String, Duration> open = new HashMap<>();
  private final Map<String, Vote> votes = new HashMap<>();

  Ballot(Core core, ControlThread thread) {
    this.core = core;
    this.thread = thread;
  }

  /** What each of the others said last, if that was lately. */
  List<Vote> votes() {
    Duration now = core.ticker().now();
    Duration oldest = now.minus(Votes.VALID);
    votes.values().removeIf(vote -> vote.at().compareTo(oldest) < 0);
    return core.others().names().stream()
        .map(watcher -> votes.getOrDefault(watcher, Vote.unheard(watcher, now)))
        .toList();
  }

  /** Asks again whoever is to be asked. */
  void turn(Picture picture) {
    if (picture.quiet().isEmpty() && picture.allReady()) {
      return;
    }
    boolean news = news(picture);
    for (String watcher : core.others().names()) {
      Duration unanswered = open.containsKey(watcher) ? AGAIN : EVERY;
      Duration wait = news ? unanswered : CALM;
      Duration last = asked.getOrDefault(watcher, wait.negated());
      if (picture.clock().minus(last).compareTo(wait) >= 0) {
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
    open.put(watcher, now);
    thread.then(
        core.others().look(watcher, now, ANSWER),
        vote -> {
          open.remove(watcher, now);
          votes.merge(watcher, vote, (one, two) -> one.at().compareTo(two.at()) > 0 ? one : two);
        },
        silent -> open.remove(watcher, now));
  }
}
