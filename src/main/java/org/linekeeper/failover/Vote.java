package org.linekeeper.failover;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.linekeeper.estate.PbxId;
import org.linekeeper.verdict.Verdict;

/**
 * What another watcher sees, asked a moment ago, or that it did not say.
 *
 * @param watcher its name
 * @param kinds its verdicts
 * @param evidence the sentence for each of them
 * @param sight whether that counts
 * @param carrier whether it reaches the carrier's API
 * @param at when it was asked, by this watcher's own monotonic clock; of one that does not see
 *     anything, when it was asked last and did
 */
public record Vote(
    String watcher,
    Map<PbxId, Verdict.Kind> kinds,
    Map<PbxId, String> evidence,
    Sight sight,
    boolean carrier,
    Duration at) {
  /** Whether a watcher sees anything at all. */
  public enum Sight {
    /** It does. */
    SEES,
    /** It reaches neither a PBX nor the carrier: it is the one that is cut off. */
    CUT_OFF,
    /** It answers, in words of another release: it lives, and nothing is known of what it sees. */
    NOT_UNDERSTOOD,
    /** It was asked a moment ago, and may still answer. */
    ASKED,
    /** It was asked and has not answered lately. */
    UNHEARD
  }

  /** Copies its maps. */
  public Vote {
    kinds = Map.copyOf(kinds);
    evidence = Map.copyOf(evidence);
  }

  /**
   * Of one that has not answered lately.
   *
   * @param at when it was asked last and saw something
   */
  static Vote unheard(String watcher, Duration at) {
    return new Vote(watcher, Map.of(), Map.of(), Sight.UNHEARD, false, at);
  }

  /**
   * Of one that was asked a moment ago.
   *
   * @param at when it was asked last and saw something
   */
  static Vote asked(String watcher, Duration at) {
    return new Vote(watcher, Map.of(), Map.of(), Sight.ASKED, false, at);
  }

  /** Of one whose answer cannot be read. */
  public static Vote notUnderstood(String watcher, Duration at) {
    return new Vote(watcher, Map.of(), Map.of(), Sight.NOT_UNDERSTOOD, false, at);
  }

  Vote since(Duration moment) {
    return new Vote(watcher, kinds, evidence, sight, carrier, moment);
  }

  Optional<Verdict.Kind> kind(PbxId pbx) {
    return Optional.ofNullable(kinds.get(pbx));
  }

  String sentence(PbxId pbx) {
    return watcher
        + switch (sight) {
          case SEES -> " sees " + evidence.getOrDefault(pbx, pbx + ": not watched");
          case CUT_OFF -> " is cut off itself and sees nothing";
          case NOT_UNDERSTOOD -> " answers in words of another release";
          case ASKED -> " has not answered yet";
          case UNHEARD -> " did not answer";
        };
  }
}
