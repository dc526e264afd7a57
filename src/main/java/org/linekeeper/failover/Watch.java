package org.linekeeper.failover;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.linekeeper.estate.PbxId;
import org.linekeeper.state.Entry;
import org.linekeeper.verdict.Capacity;
import org.linekeeper.verdict.Judge;
import org.linekeeper.verdict.Observation;
import org.linekeeper.verdict.Profile;
import org.linekeeper.verdict.Verdict;

/** Keeps a judge for every PBX, and has an entry for the journal when a verdict changes. */
final class Watch {
  /** A look at the call limit that was not repeated says for so many more that there is room. */
  private static final int LOOKS_KEPT = 4;

  private static final Duration CAPACITIES = Duration.ofSeconds(1);

  /** Within this another watcher leads, once the one that did is lost. */
  private static final Duration LEADERLESS = Duration.ofSeconds(3);

  /** A PBX may come and go for as long as nobody leads; the latest are of interest. */
  private static final int MOST_UNWRITTEN = 100;

  private final Core core;
  private final Profile profile;
  private final Map<PbxId, Judge> judges = new LinkedHashMap<>();
  private Map<PbxId, Verdict> latest = Map.of();
  private Map<PbxId, Capacity> capacities = Map.of();
  private Duration capacitiesAt = CAPACITIES.negated();
  private final Map<PbxId, Verdict.Kind> noted = new HashMap<>();
  private final List<Unwritten> unwritten = new ArrayList<>();

  /**
   * @param seen when, by this watcher's own monotonic clock
   */
  private record Unwritten(Duration seen, Entry entry) {}

  Watch(Core core, Profile profile, List<PbxId> pbxs) {
    this.core = core;
    this.profile = profile;
    pbxs.forEach(pbx -> judges.put(pbx, Judge.of(pbx, profile, core.ticker().now())));
  }

  void observed(Observation seen) {
    judges.computeIfPresent(seen.pbx(), (pbx, judge) -> judge.saw(seen));
  }

  void stalled(Duration stall) {
    judges.replaceAll((pbx, judge) -> judge.forgive(stall));
  }

  /** Judges every PBX anew. */
  Map<PbxId, Verdict> verdicts() {
    Duration now = core.ticker().now();
    boolean news = latest.isEmpty();
    for (Map.Entry<PbxId, Judge> each : judges.entrySet()) {
      Judge before = each.getValue();
      Judge after = before.at(now);
      if (after != before) {
        each.setValue(after);
        news |= after.verdict() != before.verdict();
      }
    }
    if (news) {
      Map<PbxId, Verdict> verdicts = new TreeMap<>();
      judges.forEach((pbx, judge) -> verdicts.put(pbx, judge.verdict()));
      latest = Collections.unmodifiableMap(verdicts);
      latest.values().forEach(this::note);
    }
    return latest;
  }

  /** Those that have not answered for a moment, long before that is a verdict. */
  Set<PbxId> quiet() {
    Duration now = core.ticker().now();
    return judges.entrySet().stream()
        .filter(each -> each.getValue().quiet(now))
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Whether each had room for calls; looked at once a second, which is more often than it is asked.
   */
  Map<PbxId, Capacity> capacities() {
    Duration now = core.ticker().now();
    if (now.minus(capacitiesAt).compareTo(CAPACITIES) >= 0) {
      Map<PbxId, Capacity> all = new HashMap<>();
      Duration oldest = now.minus(profile.registrationsEvery().multipliedBy(LOOKS_KEPT));
      judges.forEach(
          (pbx, judge) ->
              all.put(
                  pbx,
                  judge
                      .capacity(now)
                      .after(capacities.getOrDefault(pbx, Capacity.UNKNOWN), oldest)));
      capacities = all;
      capacitiesAt = now;
    }
    return capacities;
  }

  private void note(Verdict verdict) {
    boolean news =
        verdict.kind() != Verdict.Kind.INCONCLUSIVE && verdict.kind() != noted.get(verdict.pbx());
    if (news) {
      noted.put(verdict.pbx(), verdict.kind());
      if (unwritten.size() == MOST_UNWRITTEN) {
        unwritten.remove(0);
      }
      unwritten.add(new Unwritten(core.ticker().now(), entry(verdict, core.now())));
    }
  }

  static Entry entry(Verdict verdict, Instant now) {
    return new Entry.VerdictNoted(now, verdict.pbx(), verdict.kind().words(), verdict.evidence());
  }

  /**
   * What changed and is not in the journal yet, once. Whoever decides on it writes it with the
   * decision: a commit of its own before that one would cost callers some milliseconds.
   */
  List<Entry> unwritten() {
    List<Entry> taken = unwritten.stream().map(Unwritten::entry).toList();
    unwritten.clear();
    return taken;
  }

  /**
   * Whoever leads writes what it sees; what is new here is kept for as long as that one may have
   * been lost before it could.
   */
  void leaveToLeader() {
    Duration old = core.ticker().now().minus(LEADERLESS);
    unwritten.removeIf(each -> each.seen.compareTo(old) < 0);
  }

  /** Writes what nobody has taken. */
  void write() {
    if (!unwritten.isEmpty()) {
      core.journal().append(unwritten()).exceptionally(notCommitted -> core.state());
    }
  }

  Profile profile() {
    return profile;
  }
}
