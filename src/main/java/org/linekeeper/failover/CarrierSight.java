package org.linekeeper.failover;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.linekeeper.state.OriginationUrl;

/**
 * What is known of the carrier.
 *
 * @param reachable whether its API answered the latest question
 * @param rows the trunk's origination URLs as read last; empty before the first answer
 * @param undelivered calls of the last hours that it could not deliver, in any order: evidence from
 *     outside
 * @param delivered when the latest call began that it did deliver; looked at only if some were not
 */
public record CarrierSight(
    boolean reachable,
    List<OriginationUrl> rows,
    List<Undelivered> undelivered,
    Optional<Instant> delivered) {
  /** Nothing known. */
  public static final CarrierSight NONE = new CarrierSight(false, List.of(), List.of());

  /** Copies its lists. */
  public CarrierSight {
    rows = List.copyOf(rows);
    undelivered = List.copyOf(undelivered);
  }

  /** Where no call is known to have been delivered. */
  public CarrierSight(boolean reachable, List<OriginationUrl> rows, List<Undelivered> undelivered) {
    this(reachable, rows, undelivered, Optional.empty());
  }

  /** What it could not deliver after that moment, at one PBX at least. */
  Stream<Undelivered> undeliveredAfter(Instant moment) {
    return undelivered.stream().filter(call -> call.at().isAfter(moment));
  }

  /**
   * What it could not deliver after that moment, nor anything since: where calls get in again,
   * those that did not were the network's hiccup. Which PBX took those that did is not known.
   */
  Stream<Undelivered> lastUndelivered(Instant moment) {
    return undeliveredAfter(delivered.filter(moment::isBefore).orElse(moment));
  }
}
