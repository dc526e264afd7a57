package org.linekeeper.service;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.linekeeper.check.CheckResult;
import org.linekeeper.check.CheckResult.Level;
import org.linekeeper.journal.Journal;
import org.linekeeper.journal.JournalGroup;
import org.linekeeper.journal.KeyChecks;
import org.linekeeper.state.Entry;

/**
 * What people should know of the watchers themselves, on the page of each: its own keys, what the
 * others say of themselves, and in what they differ. Of its own keys each tells people, too.
 */
final class WatcherNews {
  static final Duration EVERY = Duration.ofSeconds(10);
  private static final Duration KEYS = Duration.ofHours(1);
  private static final Duration ANSWER = Duration.ofSeconds(2);

  private final JournalGroup group;
  private final Journal journal;
  private final Clocks clocks;
  private final Set<String> told = ConcurrentHashMap.newKeySet();
  private final Map<String, List<String>> others = new ConcurrentSkipListMap<>();
  private volatile List<String> own = List.of();
  private volatile Optional<Duration> looked = Optional.empty();

  WatcherNews(JournalGroup group, Journal journal, Clocks clocks) {
    this.group = group;
    this.journal = journal;
    this.clocks = clocks;
  }

  /** What the others are to know as well. */
  List<String> own() {
    return own;
  }

  /** For the page, each a sentence. */
  List<String> notices() {
    List<String> all = new ArrayList<>(own);
    others.values().forEach(all::addAll);
    return all;
  }

  /**
   * Looks; not from more than one thread.
   *
   * @param self what this one says of itself
   */
  void look(WatcherCard self) {
    Duration now = clocks.ticker().now();
    if (looked.filter(at -> now.minus(at).compareTo(KEYS) < 0).isEmpty()) {
      looked = Optional.of(now);
      keys();
    }
    for (JournalGroup.Seat seat : group.others()) {
      Instant ours = clocks.time().instant();
      journal
          .ask(seat.watcher(), new byte[] {Colleagues.CARD}, ANSWER)
          .handle(
              (answer, silent) -> {
                List<String> words =
                    silent == null
                        ? WatcherCard.read(answer)
                            .map(card -> differing(self, card, ours))
                            .orElse(List.of(seat.watcher() + " runs another release."))
                        : List.of(); // whoever leads says so
                others.put(seat.watcher(), words);
                return true;
              });
    }
  }

  private void keys() {
    List<String> bad =
        KeyChecks.look(group.keys(), group.here().host(), clocks.time().instant()).stream()
            .filter(result -> result.level() != Level.OK)
            .map(WatcherNews::sentences)
            .toList();
    own = bad;
    for (String each : bad) {
      String words = group.here().watcher() + "'s key: " + each;
      if (told.add(each)) {
        journal
            .append(
                List.of(new Entry.Noted(clocks.time().instant(), Entry.Noted.Weight.ALARM, words)))
            .exceptionally(
                notCommitted -> {
                  looked = Optional.empty(); // again in half a minute
                  told.remove(each);
                  return journal.state();
                });
      }
    }
  }

  private static String sentences(CheckResult result) {
    return result.said() + ". " + result.remedy().replaceFirst("\\.$", "");
  }

  private static List<String> differing(WatcherCard self, WatcherCard card, Instant ours) {
    List<String> words = new ArrayList<>();
    String name = card.watcher();
    card.troubles().forEach(trouble -> words.add(name + " says: " + trouble));
    if (!card.sameRelease(self)) {
      words.add(name + " runs another release: " + card.release() + ".");
    }
    if (!card.sameFiles(self)) {
      words.add("The files of " + name + " say something else than those here.");
    }
    card.ahead(ours)
        .ifPresent(
            seconds ->
                words.add(
                    "The clock of "
                        + name
                        + " "
                        + WatcherCard.apart(seconds)
                        + ": set it by NTP."));
    return words;
  }
}
