package org.linekeeper.mirror;

import java.util.Optional;

/**
 * One row that is to become different.
 *
 * @param side at which PBX
 * @param key of the row
 * @param value what shall stand there; empty if the row shall go
 * @param there what stands there now
 */
record Change(Side side, String key, Optional<String> value, Optional<String> there) {
  /** The two PBXs, as the copying sees them. */
  enum Side {
    /** The one that serves. */
    ACTIVE,
    /** The one that stands by, or has just come back. */
    OTHER
  }
}
