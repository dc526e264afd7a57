package org.linekeeper.failover;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.linekeeper.state.OriginationUrl;

/**
 * What is known of the carrier.
 *
 * @param reachable whether its API answered the latest question
 * @param rows the trunk's origination URLs as read last; empty before the first answer
 * @param undelivered calls of the last hours that it could not deliver, in any order: evidence from
 *     outside
 */
public record CarrierSight(
    boolean reachable, List<OriginationUrl> rows, List<Undelivered> undelivered) {
  /** Nothing known. */
  public static final CarrierSight NONE = new CarrierSight(false, List.of(), List.of());

  /** Copies its lists. */
  public CarrierSight {
    rows = List.copyOf(rows);
    undelivered = List.copyOf(undelivered);
  }

  /** What it could not deliver after that moment. */
  Stream<Undelivered> undeliveredSince(Instant moment) {
    return undelivered.stream().filter(call -> call.at().isAfter(moment));
  }
}
