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

  /** The caller's, with where it really came from (RFC 3261 section 18.2.1, RFC 3581). */
  static String received(String via, InetSocketAddress from) {
    String host = SipSyntax.host(from).replaceAll("[\\[\\]]", "");
    String rest = via.replaceFirst("(?i);rport(?=[;,]|$)", ";rport=" + from.getPort());
    int end = SipSyntax.list(rest).get(0).length();
    return rest.substring(0, end) + ";received=" + host + rest.substring(end);
  }
}
