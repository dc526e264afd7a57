package org.linekeeper.state;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.linekeeper.estate.PhoneNumber;

/**
 * A number that Linekeeper has changed at the carrier, or may have.
 *
 * @param number the number
 * @param sid the carrier's name for it
 * @param asFound every writable field before Linekeeper's first change; this is what it goes back
 *     to
 * @param wanted what the latest intent wanted it to be
 * @param rings the mobiles the latest intent wanted to ring; empty when it is on its way back
 * @param since when the latest intent was decided: a late request may still land for a while
 * @param settled whether the latest intent is known to have been carried out
 */
public record MovedNumber(
    PhoneNumber number,
    String sid,
    NumberImage asFound,
    NumberImage wanted,
    List<PhoneNumber> rings,
    Instant since,
    boolean settled) {
  /**
   * How long after an intent an older request of Linekeeper's own may still land at the carrier:
   * what is found meanwhile is mended, not taken for somebody else's change.
   */
  public static final Duration LATE = Duration.ofMinutes(2);

  /** Copies its list. */
  public MovedNumber {
    rings = List.copyOf(rings);
  }

  /** Whether a request from before the latest intent may still land at the carrier. */
  public boolean mayStillChange(Instant now) {
    return Recent.within(LATE, since, now);
  }

  MovedNumber settle() {
    return new MovedNumber(number, sid, asFound, wanted, rings, since, true);
  }
}
