package org.linekeeper.failover;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.linekeeper.journal.Standing;
import org.linekeeper.state.Entry.Noted.Weight;

/**
 * Compares what the watchers reach, while this one leads: one that sees no PBX although another one
 * does would be in the way when it is asked, so people are told; and one that does not reach the
 * carrier leads no longer than it must. Runs on the control thread.
 */
final class Sights {
  /** Not a restart, nor a blink of its network. */
  private static final Duration BLIND = Duration.ofSeconds(30);

  /**
   * Several looks: the carrier is asked every 15 s, and two seconds after it has not answered. By
   * then the others know as well if it answers nobody.
   */
  private static final Duration WITHOUT_CARRIER = Duration.ofSeconds(30);

  /** An older answer says nothing of now. */
  private static final Duration LATELY = Duration.ofSeconds(5);

  private final Core core;
  private final Map<String, Duration> blind = new HashMap<>();
  private final Set<String> told = new HashSet<>();
  private final Set<String> asked = new HashSet<>();
  private Optional<Duration> withoutCarrier = Optional.empty();
  private Duration askedLast = Duration.ZERO;

  Sights(Core core) {
    this.core = core;
  }

  /**
   * @param said what each of the others said last
   */
  void turn(Picture picture, List<Vote> said) {
    List<Vote> lately =
        said.stream()
            .filter(vote -> picture.clock().minus(vote.at()).compareTo(LATELY) <= 0)
            .toList();
    boolean seen = picture.verdicts().values().stream().anyMatch(v -> v.kind().couldServe());
    lately.forEach(vote -> compare(vote, seen, picture.clock()));
    blind.keySet().retainAll(lately.stream().map(Vote::watcher).collect(Collectors.toSet()));
    lead(picture, lately);
  }

  private void compare(Vote vote, boolean seen, Duration now) {
    String watcher = vote.watcher();
    boolean sees = vote.kinds().values().stream().anyMatch(kind -> kind.couldServe());
    if (seen && !sees) {
      Duration since = blind.computeIfAbsent(watcher, first -> now);
      if (now.minus(since).compareTo(BLIND) >= 0 && told.add(watcher)) {
        core.note(
            Weight.ALARM,
            watcher
                + " sees no PBX, and this watcher does: its AMI or SIP may be blocked, by a firewall or"
                + " fail2ban. The phones do not depend on it, but calls may not be moved if one more"
                + " watcher fails. Run \"linekeeper check\" there");
      }
    } else {
      blind.remove(watcher);
      if (sees && told.remove(watcher)) {
        core.note(Weight.INFO, watcher + " sees a PBX again");
      }
    }
  }

  private void lead(Picture picture, List<Vote> lately) {
    Duration now = picture.clock();
    if (picture.carrier().reachable()) {
      withoutCarrier = Optional.empty();
      asked.clear();
      core.journal()
          .unfit(
              lately.stream()
                  .filter(vote -> !vote.carrier())
                  .map(Vote::watcher)
                  .collect(Collectors.toSet()));
      return;
    }
    Duration since = withoutCarrier.orElse(now);
    withoutCarrier = Optional.of(since);
    core.journal().unfit(Set.of());
    boolean again = asked.isEmpty() || now.minus(askedLast).compareTo(WITHOUT_CARRIER) >= 0;
    if (now.minus(since).compareTo(WITHOUT_CARRIER) >= 0 && again) {
      Standing standing = core.journal().standing();
      lately.stream()
          .filter(Vote::carrier)
          .map(Vote::watcher)
          .filter(watcher -> !standing.silent().contains(watcher))
          .filter(watcher -> !standing.lost().contains(watcher))
          .filter(watcher -> !asked.contains(watcher))
          .findFirst()
          .ifPresent(
              watcher -> {
                askedLast = now;
                asked.add(watcher); // should it fail, another one, and each only once
                core.note(
                    Weight.WARNING,
                    core.watcher()
                        + " does not reach the carrier and "
                        + watcher
                        + " does, so that one is to lead");
                core.journal().letLead(watcher);
              });
    }
  }
}
