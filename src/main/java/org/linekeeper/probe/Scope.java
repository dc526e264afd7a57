package org.linekeeper.probe;

import java.util.List;
import java.util.Optional;
import org.linekeeper.sip.SipTransport;

/**
 * What is asked of a PBX besides AMI and SIP?
 *
 * @param canaryContext the carrier-inbound dialplan context that test calls go through; empty for
 *     no test calls
 * @param registrations the outbound registrations that must be up; empty for trunks that do not
 *     register
 * @param carrierTest whether the carrier places test calls, for which the dialplan must have an
 *     answer
 * @param peer the other PBX, which it calls for the echo call; empty if it does not
 */
public record Scope(
    Optional<String> canaryContext,
    List<String> registrations,
    boolean carrierTest,
    Optional<Peer> peer) {
  /**
   * The other PBX.
   *
   * @param endpoint by which it is called
   * @param trunk what the trunk's calls to it travel over
   */
  public record Peer(String endpoint, SipTransport trunk) {}

  /** Without test calls from outside or from the other PBX. */
  public Scope(Optional<String> canaryContext, List<String> registrations) {
    this(canaryContext, registrations, false, Optional.empty());
  }

  /** Copies its list. */
  public Scope {
    registrations = List.copyOf(registrations);
  }
}
