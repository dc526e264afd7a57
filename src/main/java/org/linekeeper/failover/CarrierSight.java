package org.linekeeper.failover;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.linekeeper.state.OriginationUrl;

/**
 * What is known of the carrier.
 *
 * @param reachable whether its API answered the latest question
 * @param rows the trunk's origination URLs as read last; empty before the first answer
 * @param unreached when the carrier last said, by its own clock, that it could not reach a PBX:
 *     evidence from outside
 * @param undelivered when it said so lately, call by call, by its own clock
 */
public record CarrierSight(
    boolean reachable,
    List<OriginationUrl> rows,
    Optional<Instant> unreached,
    List<Instant> undelivered) {
  /** Nothing known. */
  public static final CarrierSight NONE = new CarrierSight(false, List.of(), Optional.empty());

  /** Copies its list. */
  public CarrierSight {
    rows = List.copyOf(rows);
    undelivered = List.copyOf(undelivered);
  }

  /** With no call that it could not deliver lately. */
  CarrierSight(boolean reachable, List<OriginationUrl> rows, Optional<Instant> unreached) {
    this(reachable, rows, unreached, List.of());
  }
}
