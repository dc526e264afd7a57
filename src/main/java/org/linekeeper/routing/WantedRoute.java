package org.linekeeper.routing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.linekeeper.estate.OfficeNumber;
import org.linekeeper.estate.PhoneNumber;

/**
 * Where one number should ring now, and why.
 *
 * @param number the number
 * @param rings the mobiles; empty: the office, as the carrier had it before Linekeeper
 * @param why one sentence for people
 * @param until when that is known to change; empty if nobody has said
 */
public record WantedRoute(
    OfficeNumber number, List<PhoneNumber> rings, String why, Optional<Instant> until) {
  /** Copies its list. */
  public WantedRoute {
    rings = List.copyOf(rings);
  }

  /** Whether it rings at the office. */
  public boolean atOffice() {
    return rings.isEmpty();
  }
}
