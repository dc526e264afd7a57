package org.linekeeper.sip;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The smallest description of a voice call: one G.711 µ-law stream (RFC 4566, RFC 3551). */
final class Sdp {
  /** RFC 863's discard: we neither send sound nor listen. */
  private static final int NOWHERE = 9;

  /** The usual dynamic payload type of telephone-event. */
  private static final int EVENTS = 101;

  private static final Pattern AUDIO = Pattern.compile("(?m)^m=audio ([0-9]{1,5}) ");

  /** Numeric only: a name would be looked up, and nobody may wait for that here. */
  private static final Pattern ADDRESS = Pattern.compile("(?m)^c=IN IP[46] ([0-9a-fA-F.:]+)");

  private static final Pattern EVENT_MAP =
      Pattern.compile("(?m)^a=rtpmap:([0-9]{2,3}) telephone-event/8000");

  private Sdp() {}

  static String pcmu(InetSocketAddress us) {
    return offer(us, NOWHERE, "0", "a=rtpmap:0 PCMU/8000");
  }

  /** The same with keyed digits, from and to that address and port (RFC 4733). */
  static String digits(InetSocketAddress us) {
    return offer(
        us,
        us.getPort(),
        "0 " + EVENTS,
        "a=rtpmap:0 PCMU/8000\r\na=rtpmap:"
            + EVENTS
            + " telephone-event/8000\r\na=fmtp:"
            + EVENTS
            + " 0-15");
  }

  private static String offer(InetSocketAddress us, int port, String formats, String maps) {
    String host = SipSyntax.host(us).replaceAll("[\\[\\]]", "");
    String family = us.getAddress() instanceof Inet6Address ? "IP6 " : "IP4 ";
    return String.join(
        "\r\n",
        "v=0",
        "o=- 1 1 IN " + family + host,
        "s=-",
        "c=IN " + family + host,
        "t=0 0",
        "m=audio " + port + " RTP/AVP " + formats,
        maps,
        "a=ptime:20",
        "");
  }

  /** Where the other side wants its audio; empty if it takes none, or does not say. */
  static Optional<InetSocketAddress> audio(String sdp) {
    Matcher port = AUDIO.matcher(sdp);
    if (!port.find() || port.group(1).equals("0")) {
      return Optional.empty();
    }
    // the stream's own address, after its m= line, wins over that of the whole
    Matcher own = ADDRESS.matcher(sdp.substring(port.end()));
    Matcher whole = ADDRESS.matcher(sdp);
    String host = own.find() ? own.group(1) : whole.find() ? whole.group(1) : "";
    InetSocketAddress to =
        host.isEmpty() ? null : new InetSocketAddress(host, Integer.parseInt(port.group(1)));
    return Optional.ofNullable(to).filter(address -> !address.isUnresolved());
  }

  /** By which number the other side knows keyed digits (RFC 3264 lets it choose its own). */
  static int eventsPayload(String sdp) {
    Matcher map = EVENT_MAP.matcher(sdp);
    return map.find() ? Integer.parseInt(map.group(1)) : EVENTS;
  }
}
