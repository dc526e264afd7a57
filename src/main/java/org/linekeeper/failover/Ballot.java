package org.linekeeper.failover;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks the other watchers what they see: now and then while all is well, and from the first missed
 * answer on as long as something is the matter, so that nobody has to be waited for once this one
 * is sure.
 */
final class Ballot {
  /** Who belongs changes when a person says so. */
  private static final Duration NAMES = Duration.ofMillis(500);

  /** Often enough that the last of them to be sure is not asked late. */
  private static final Duration EVERY = Duration.ofMillis(40);

  /** A PBX may be out of order for days: by then what they see changes no more in a hurry. */
  private static final Duration CALM = Duration.ofMillis(400);

  /** While all is well: that one of them sees nothing is to be known before it is needed. */
  private static final Duration WELL = Duration.ofSeconds(2);

  private static final Duration HURRY = Duration.ofSeconds(5);

  /** One that takes longer is not counted. */
  private static final Duration ANSWER = Duration.ofMillis(500);

  /** By then the question or its answer may be lost: it is asked anew. Four at most are open. */
  private static final Duration AGAIN = Duration.ofMillis(150);

  private final Core core;
  private final ControlThread thread;
  private final Map<String, Duration> asked = new HashMap<>();
  private final Map<String, Duration> open = new HashMap<>();
  private final Map<String, Vote> said = new HashMap<>();

  /** Since when one owes an answer. */
  private final Map<String, Duration> owes = new HashMap<>();

  /** When each was asked last and saw something, or answered what cannot be read. */
  private final Map<String, Duration> saw = new HashMap<>();

  /** Since when they are asked. */
  private Duration began;

  /** The others that belong. */
  private List<String> names = List.of();

  private Duration named = Duration.ofDays(-1);

  Ballot(Core core, ControlThread thread) {
    this.core = core;
    this.thread = thread;
    this.began = core.ticker().now();
  }

  /** What each of the others said last, if that was lately enough to go by. */
  List<Vote> votes() {
    Duration oldest = core.ticker().now().minus(Votes.VALID);
    return names().stream()
        .map(
            watcher -> {
              Vote vote = said.get(watcher);
              Duration last = saw.getOrDefault(watcher, began);
              if (vote != null && vote.at().compareTo(oldest) >= 0) {
                return vote.since(last);
              }
              return isWaitedFor(watcher) ? Vote.asked(watcher, last) : Vote.unheard(watcher, last);
            })
        .toList();
  }

  private boolean isWaitedFor(String watcher) {
    Duration now = core.ticker().now();
    return Optional.ofNullable(owes.get(watcher))
        .filter(since -> now.minus(since).compareTo(ANSWER) < 0)
        .isPresent();
  }

  /** What each that answered said last, however long ago. */
  List<Vote> said() {
    return List.copyOf(said.values());
  }

  /** Those that went on without this one, or that it went on without, have no say. */
  private List<String> names() {
    Duration now = core.ticker().now();
    if (now.minus(named).compareTo(NAMES) >= 0) {
      named = now;
      List<String> members = core.journal().standing().members();
      names = core.others().names().stream().filter(members::contains).toList();
    }
    return names;
  }

  /** Another one leads and asks: what was said here before counts for nothing. */
  void rest() {
    began = core.ticker().now();
    said.clear();
    saw.clear();
    owes.clear();
  }

  /** Asks again whoever is to be asked. */
  void turn(Picture picture) {
    boolean well = picture.quiet().isEmpty() && picture.allReady();
    Duration calm = well ? WELL : CALM;
    boolean hurry = !well && news(picture);
    for (String watcher : names()) {
      Duration unanswered = open.containsKey(watcher) ? AGAIN : EVERY;
      Duration wait = hurry ? unanswered : calm;
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
    owes.putIfAbsent(watcher, now);
    thread.then(
        core.others().look(watcher, now, ANSWER),
        vote -> {
          open.remove(watcher, now);
          owes.remove(watcher);
          said.merge(watcher, vote, Ballot::later);
          if (vote.sight() != Vote.Sight.CUT_OFF) {
            saw.merge(watcher, now, (one, two) -> one.compareTo(two) > 0 ? one : two);
          }
        },
        silent -> open.remove(watcher, now));
  }

  private static Vote later(Vote one, Vote two) {
    return one.at().compareTo(two.at()) > 0 ? one : two;
  }
}
