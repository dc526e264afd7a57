package org.linekeeper.failover;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.linekeeper.estate.PbxId;
import org.linekeeper.verdict.Verdict;

/**
 * What another watcher sees, asked a moment ago.
 *
 * @param watcher its name
 * @param kinds its verdicts
 * @param evidence the sentence for each of them
 * @param isolated whether it reaches neither a PBX nor the carrier, so that it sees nothing
 * @param at when it was asked, by this watcher's own monotonic clock
 */
public record Vote(
    String watcher,
    Map<PbxId, Verdict.Kind> kinds,
    Map<PbxId, String> evidence,
    boolean isolated,
    Duration at) {
  /** Copies its maps. */
  public Vote {
    kinds = Map.copyOf(kinds);
    evidence = Map.copyOf(evidence);
  }

  Optional<Verdict.Kind> kind(PbxId pbx) {
    return Optional.ofNullable(kinds.get(pbx));
  }

  String sentence(PbxId pbx) {
    return watcher + " sees " + evidence.getOrDefault(pbx, pbx + ": not watched");
  }
}
