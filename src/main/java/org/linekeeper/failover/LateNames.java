package org.linekeeper.failover;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.linekeeper.estate.PbxId;
import org.linekeeper.estate.ServiceName;
import org.linekeeper.state.NameRecords;
import org.linekeeper.state.Step;

/**
 * Which names are still to follow a move? Those that have said what another PBX should say ever
 * since: the name server was away, or refused. One that has followed and says something else later
 * was changed by somebody, and so was one that says what no PBX should say. Each try waits longer
 * than the one before; a server that is away is not tried at all, since the name cannot be read.
 * Pure but for its memory.
 */
final class LateNames {
  private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);

  /** A server that refuses for days is not ours, and the journal keeps each try for a year. */
  private static final Duration LAST_PAUSE = Duration.ofHours(1);

  private final Set<String> followed = new HashSet<>();
  private final Map<String, Tried> tried = new HashMap<>();
  private Optional<PbxId> active = Optional.empty();
  private boolean moved;

  private record Tried(Duration at, Duration pause) {}

  /** That PBX serves; says whether that is new. At the watcher's start no move is known of. */
  boolean serves(PbxId now) {
    if (active.filter(now::equals).isPresent()) {
      return false;
    }
    moved = active.isPresent();
    active = Optional.of(now);
    followed.clear();
    tried.clear();
    return true;
  }

  /** The change to try now, if that name is late and was not tried a moment ago. */
  Optional<Step.PointName> due(ServiceName name, NameRecords is, NameRecords want, Duration now) {
    if (is.says(want)) {
      followed.add(name.label());
      return Optional.empty();
    }
    if (!isLate(name, is)) {
      return Optional.empty();
    }
    Tried last = tried.get(name.label());
    if (last != null && now.minus(last.at()).compareTo(last.pause()) < 0) {
      return Optional.empty();
    }
    tried.put(name.label(), new Tried(now, last == null ? FIRST_PAUSE : longer(last.pause())));
    return Optional.of(new Step.PointName(name.zone(), name.name(), name.type(), is, want));
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LAST_PAUSE) > 0 ? LAST_PAUSE : twice;
  }

  /** Whether it has not followed, rather than been changed by somebody. */
  boolean isLate(ServiceName name, NameRecords is) {
    return moved
        && !followed.contains(name.label())
        && name.values().keySet().stream()
            .filter(pbx -> active.filter(pbx::equals).isEmpty())
            .map(name::of)
            .anyMatch(values -> plain(values).equals(plain(is.values())));
  }

  /** The server gives full names with their dot, the settings may leave it out. */
  private static List<String> plain(List<String> values) {
    return values.stream()
        .map(value -> value.endsWith(".") ? value.substring(0, value.length() - 1) : value)
        .sorted()
        .toList();
  }
}
