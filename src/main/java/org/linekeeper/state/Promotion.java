package org.linekeeper.state;

import java.time.Instant;
import org.linekeeper.estate.PbxId;

/**
 * The latest change of which PBX serves.
 *
 * @param kind planned, unplanned or back
 * @param from the PBX that served before
 * @param to the PBX that serves since
 * @param at when it was decided
 * @param reason why
 * @param acknowledged whether a person has said that they know; always true for planned ones
 */
public record Promotion(
    Plan.Kind kind, PbxId from, PbxId to, Instant at, String reason, boolean acknowledged) {
  Promotion acknowledge() {
    return new Promotion(kind, from, to, at, reason, true);
  }
}
