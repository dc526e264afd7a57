package org.linekeeper.probe;

import java.util.List;
import java.util.Optional;

/**
 * What is asked of a PBX besides AMI and SIP?
 *
 * @param canaryContext the carrier-inbound dialplan context that test calls go through; empty for
 *     no test calls
 * @param registrations the outbound registrations that must be up; empty for trunks that do not
 *     register
 */
public record Scope(Optional<String> canaryContext, List<String> registrations) {
  /** Copies its list. */
  public Scope {
    registrations = List.copyOf(registrations);
  }
}
