package org.linekeeper.state;

import java.time.Instant;

/**
 * An origination URL that Linekeeper has changed at the carrier, or may have.
 *
 * @param trunk the trunk's SID
 * @param asFound the row before Linekeeper's first change; this is what it goes back to
 * @param wanted what the latest intent wanted it to be
 * @param since when the latest intent was decided
 * @param settled whether the latest intent is known to have been carried out
 */
public record MovedRow(
    String trunk, OriginationUrl asFound, OriginationUrl wanted, Instant since, boolean settled) {
  MovedRow settle() {
    return new MovedRow(trunk, asFound, wanted, since, true);
  }
}
