package org.linekeeper.estate;

import java.util.List;

/**
 * Where diverted calls may go, against toll fraud and loops.
 *
 * @param region ISO 3166 code of the office's country: its national numbers are the only ones
 *     allowed unless a prefix says otherwise
 * @param allowedPrefixes E.164 prefixes that may be dialled besides staff mobiles, such as {@code
 *     +447}; an empty list allows staff mobiles only
 */
public record TargetPolicy(String region, List<String> allowedPrefixes) {
  /** Copies its lists. */
  public TargetPolicy {
    allowedPrefixes = List.copyOf(allowedPrefixes);
  }
}
