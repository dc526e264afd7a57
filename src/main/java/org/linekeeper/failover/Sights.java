package org.linekeeper.failover;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.linekeeper.estate.PbxId;
import org.linekeeper.journal.Standing;
import org.linekeeper.state.Entry.Noted.Weight;
import org.linekeeper.verdict.Verdict;

/**
 * Compares what the watchers reach, while this one leads: one that does not see a PBX although
 * another one does would be in the way when it is asked, so people are told; and one that leads and
 * reaches less than another does so no longer than it must. Runs on the control thread.
 */
final class Sights {
  /**
   * Not a restart, nor a blink of its network; and several looks at the carrier, which is asked
   * every 15 s, and two seconds after it has not answered. By then the others know as well if it
   * answers nobody.
   */
  private static final Duration LASTING = Duration.ofSeconds(30);

  /** An older answer says nothing of now. */
  private static final Duration LATELY = Duration.ofSeconds(5);

  /** One that has just been started needs some seconds until it sees anything. */
  private static final Duration STARTING = Duration.ofSeconds(10);

  /** Who was without something for longer does not lead as soon as it has it for a moment. */
  private static final Duration FIT_AGAIN = Duration.ofMinutes(5);

  /** Who was let lead, and does not any more, is not asked again before: it had its reason. */
  private static final Duration NOT_AGAIN = Duration.ofMinutes(10);

  private final Core core;

  /** Since when each does not see a PBX that is seen here. */
  private final Map<String, Duration> blind = new HashMap<>();

  /** Of whom people were told, and which PBXs it did not see. */
  private final Map<String, Set<PbxId>> told = new HashMap<>();

  /** Since when each reaches less than this one. */
  private final Map<String, Duration> less = new HashMap<>();

  /** When each last reached less, of those that did so for a while. */
  private final Map<String, Duration> unfit = new HashMap<>();

  /** Who was asked to lead, and when, since this one has led. */
  private final Map<String, Duration> asked = new TreeMap<>();

  /** Who was let lead, and when. */
  private final Map<String, Duration> led = new HashMap<>();

  /** Since when another one reaches more. */
  private Optional<Duration> outdone = Optional.empty();

  /** What a watcher reaches. */
  private record Reach(Set<PbxId> pbxs, boolean carrier) {
    static Reach of(Map<PbxId, Verdict.Kind> kinds, boolean carrier) {
      return new Reach(
          kinds.entrySet().stream()
              .filter(each -> heard(each.getValue()))
              .map(Map.Entry::getKey)
              .collect(Collectors.toCollection(TreeSet::new)),
          carrier);
    }

    /** Only who leads tries calls: what comes of them is not a matter of who reaches what. */
    private static boolean heard(Verdict.Kind kind) {
      return switch (kind) {
        case HEALTHY,
            DEGRADED,
            CARRIER_CALLS_FAIL,
            NO_AUDIO,
            SHUTTING_DOWN,
            CANNOT_TAKE_CALLS,
            NO_AUDIO_FOR_CALLERS,
            TRUNK_DOWN ->
            true;
        case INCONCLUSIVE,
            WATCHER_PATH_LOST,
            PROCESS_GONE,
            REFUSES_CONNECTIONS,
            HUNG,
            HOST_UNREACHABLE,
            SIP_DEAD ->
            false;
      };
    }

    static Reach of(Vote vote) {
      return of(vote.kinds(), vote.carrier());
    }

    Set<PbxId> without(Set<PbxId> those) {
      Set<PbxId> left = new TreeSet<>(pbxs);
      left.removeAll(those);
      return left;
    }

    /** Whether it reaches all that the other one does, and something else. */
    boolean outdoes(Reach other) {
      return !equals(other) && (carrier || !other.carrier) && pbxs.containsAll(other.pbxs);
    }

    /** What of this the other one does not reach, in words. */
    String beyond(Reach other) {
      String missing = names(without(other.pbxs));
      return carrier && !other.carrier
          ? "the carrier" + (missing.isEmpty() ? "" : ", nor " + missing)
          : missing;
    }
  }

  Sights(Core core) {
    this.core = core;
  }

  private static String names(Set<PbxId> pbxs) {
    return pbxs.stream().map(PbxId::name).collect(Collectors.joining(" and "));
  }

  /** Another one leads, and compares. */
  void rest() {
    outdone = Optional.empty();
    blind.clear();
    told.clear();
    less.clear();
    asked.keySet().forEach(watcher -> led.put(watcher, core.ticker().now()));
    asked.clear();
  }

  /**
   * @param said what each of the others said last
   */
  void turn(Picture picture, List<Vote> said) {
    Duration now = picture.clock();
    List<Vote> lately =
        said.stream()
            .filter(vote -> now.minus(vote.at()).compareTo(LATELY) <= 0)
            .filter(vote -> vote.sight() != Vote.Sight.NOT_UNDERSTOOD)
            .toList();
    Map<PbxId, Verdict.Kind> kinds = new HashMap<>();
    picture.verdicts().forEach((pbx, verdict) -> kinds.put(pbx, verdict.kind()));
    Reach own = Reach.of(kinds, picture.carrier().reachable());
    lately.forEach(vote -> tell(vote, own, now));
    blind.keySet().retainAll(lately.stream().map(Vote::watcher).collect(Collectors.toSet()));
    judge(lately, own, now);
    lead(lately, own, now);
  }

  private void tell(Vote vote, Reach own, Duration now) {
    String watcher = vote.watcher();
    Reach theirs = Reach.of(vote);
    Set<PbxId> missing = own.without(theirs.pbxs);
    if (missing.isEmpty()) {
      blind.remove(watcher);
      Set<PbxId> before = told.getOrDefault(watcher, Set.of());
      if (!before.isEmpty() && theirs.pbxs.containsAll(before)) {
        told.remove(watcher);
        core.note(Weight.INFO, watcher + " sees " + names(before) + " again");
      }
      return;
    }
    Duration since = blind.computeIfAbsent(watcher, first -> now);
    if (now.minus(since).compareTo(LASTING) >= 0 && told.putIfAbsent(watcher, missing) == null) {
      core.note(
          Weight.ALARM,
          watcher
              + " does not see "
              + names(missing)
              + ", and this watcher does: its AMI or SIP may be blocked there, by a firewall or"
              + " fail2ban. The phones do not depend on it, but calls may not be moved if one more"
              + " watcher fails. Run \"linekeeper check\" on "
              + watcher);
    }
  }

  /** Who reaches less is not to lead although it would do so best. */
  private void judge(List<Vote> lately, Reach own, Duration now) {
    Set<String> all =
        lately.stream()
            .filter(vote -> own.outdoes(Reach.of(vote)))
            .map(Vote::watcher)
            .collect(Collectors.toCollection(TreeSet::new));
    less.keySet().retainAll(all);
    for (String watcher : all) {
      Duration since = less.computeIfAbsent(watcher, first -> now);
      if (now.minus(since).compareTo(STARTING) >= 0) {
        unfit.put(watcher, now);
      }
    }
    unfit.values().removeIf(at -> now.minus(at).compareTo(FIT_AGAIN) >= 0);
    all.addAll(unfit.keySet());
    core.journal().unfit(all);
  }

  private void lead(List<Vote> lately, Reach own, Duration now) {
    Standing standing = core.journal().standing();
    led.values().removeIf(at -> now.minus(at).compareTo(NOT_AGAIN) >= 0);
    List<Vote> better =
        lately.stream()
            .filter(vote -> Reach.of(vote).outdoes(own))
            .filter(vote -> !standing.silent().contains(vote.watcher()))
            .filter(vote -> !standing.lost().contains(vote.watcher()))
            .toList();
    outdone = better.isEmpty() ? Optional.empty() : outdone.or(() -> Optional.of(now));
    boolean lasting = outdone.filter(at -> now.minus(at).compareTo(LASTING) >= 0).isPresent();
    boolean open = asked.values().stream().anyMatch(at -> now.minus(at).compareTo(LASTING) < 0);
    if (lasting && !open) {
      better.stream()
          .filter(vote -> !led.containsKey(vote.watcher()))
          .min(Comparator.comparing(vote -> asked.getOrDefault(vote.watcher(), Duration.ZERO)))
          .ifPresent(vote -> letLead(vote, own, now));
    }
  }

  private void letLead(Vote vote, Reach own, Duration now) {
    String watcher = vote.watcher();
    Reach theirs = Reach.of(vote);
    if (asked.isEmpty()) { // what fails is tried again without a word
      boolean pbx = !theirs.without(own.pbxs).isEmpty();
      core.note(
          pbx ? Weight.ALARM : Weight.WARNING,
          core.watcher()
              + " does not reach "
              + theirs.beyond(own)
              + " and "
              + watcher
              + " does, so that one is to lead"
              + (pbx
                  ? ". A firewall or fail2ban may block AMI or SIP: run \"linekeeper check\" on "
                      + core.watcher()
                  : ""));
    }
    asked.put(watcher, now);
    core.journal().letLead(watcher);
  }
}
