package org.linekeeper.gameday;

import java.time.Duration;
import java.time.Instant;

/**
 * A caller's call.
 *
 * @param at when it began
 * @param took until it was answered or given up
 * @param by the PBX that answered, by the name it gives in its answer, or mobiles; empty if none
 *     did
 */
record Call(Instant at, Duration took, String by) {
  boolean answered() {
    return !by.isEmpty();
  }

  Instant end() {
    return at.plus(took);
  }
}
