package org.linekeeper.sip;

import java.net.Inet6Address;
import java.net.InetSocketAddress;

/** The smallest description of a voice call: one G.711 µ-law stream (RFC 4566, RFC 3551). */
final class Sdp {
  /** RFC 863's discard: we neither send sound nor listen. */
  private static final int NOWHERE = 9;

  private Sdp() {}

  static String pcmu(InetSocketAddress us) {
    String host = SipSyntax.host(us).replaceAll("[\\[\\]]", "");
    String family = us.getAddress() instanceof Inet6Address ? "IP6 " : "IP4 ";
    return String.join(
        "\r\n",
        "v=0",
        "o=- 1 1 IN " + family + host,
        "s=-",
        "c=IN " + family + host,
        "t=0 0",
        "m=audio " + NOWHERE + " RTP/AVP 0",
        "a=rtpmap:0 PCMU/8000",
        "a=ptime:20",
        "");
  }
}
