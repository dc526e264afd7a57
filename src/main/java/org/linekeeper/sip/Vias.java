package org.linekeeper.sip;

import java.net.InetSocketAddress;

/** Via values: which way an answer comes back. */
final class Vias {
  private Vias() {}

  /** Ours, with a new branch; {@code rport} lets answers pass a NAT (RFC 3581). */
  static String fresh(SipTransport transport, InetSocketAddress local) {
    return of(transport, local, Tokens.branch());
  }

  static String of(SipTransport transport, InetSocketAddress local, String branch) {
    return "SIP/2.0/" + transport + " " + SipSyntax.hostPort(local) + ";rport;branch=" + branch;
  }
}
