package org.linekeeper.asterisk;

import java.time.Instant;
import java.util.Optional;
import org.linekeeper.state.Epoch;

/**
 * Does a PBX turn the carrier's calls away? As read back from it.
 *
 * @param closedUntil when the gate opens by itself, by the PBX's own clock; empty if nothing is set
 * @param now the PBX's own clock when it was asked
 * @param epoch Linekeeper's epoch as the PBX was told it; {@link Epoch#NONE} if it never was
 */
public record Gate(Optional<Instant> closedUntil, Instant now, Epoch epoch) {
  /** Whether it was closed when it was asked. */
  public boolean closed() {
    return closedUntil.filter(now::isBefore).isPresent();
  }
}
