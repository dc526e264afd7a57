package org.linekeeper.carrier;

import java.time.Instant;
import java.util.Optional;

/**
 * How do we stand with the carrier's API?
 *
 * @param lastAnswer when it last answered as itself, be it with a refusal; empty if never
 * @param faults how many requests since then were not answered, or not by it
 * @param limit how many requests at once are tried at the moment
 * @param said what the latest fault was; empty text if the latest request was answered
 */
public record CarrierHealth(Optional<Instant> lastAnswer, int faults, int limit, String said) {
  /** For carriers that do not keep count. */
  public static final CarrierHealth UNKNOWN = new CarrierHealth(Optional.empty(), 0, 0, "");

  /** Whether the latest request, if there was any, was answered. */
  public boolean well() {
    return faults == 0;
  }
}
