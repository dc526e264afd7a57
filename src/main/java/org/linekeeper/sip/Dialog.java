package org.linekeeper.sip;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What both ends of an answered call must repeat in every request (RFC 3261 section 12). */
final class Dialog {
  private final String callId;
  private final String local;
  private final String remote;
  private final String target;
  private final List<String> routes;
  private long cseq;

  private Dialog(
      String callId, String local, String remote, String target, List<String> routes, long cseq) {
    this.callId = callId;
    this.local = local;
    this.remote = remote;
    this.target = target;
    this.routes = routes;
    this.cseq = cseq;
  }

  /** As the caller sees it, from the 2xx to its INVITE. */
  static Dialog ofCaller(SipMessage invite, SipMessage ok) {
    List<String> routes = routes(ok);
    Collections.reverse(routes);
    return new Dialog(
        ok.callId(),
        invite.header("From"),
        ok.header("To"),
        contact(ok, invite.uri()),
        routes,
        invite.cseq());
  }

  /** As the called side sees it, from the INVITE and its own 2xx. */
  static Dialog ofCalled(SipMessage invite, SipMessage ok) {
    String fallback = SipSyntax.uriOf(invite.header("From"));
    return new Dialog(
        invite.callId(),
        ok.header("To"),
        invite.header("From"),
        contact(invite, fallback),
        routes(invite),
        0);
  }

  private static List<String> routes(SipMessage message) {
    List<String> routes = new ArrayList<>();
    message.headers().all("Record-Route").forEach(r -> routes.addAll(SipSyntax.list(r)));
    return routes;
  }

  private static String contact(SipMessage message, String fallback) {
    String uri =
        message
            .headers()
            .first("Contact")
            .map(c -> SipSyntax.uriOf(SipSyntax.list(c).get(0)))
            .orElse("");
    // a contact that cannot be a request URI would make our own request malformed
    return uri.isEmpty() || uri.chars().anyMatch(c -> c <= ' ') ? fallback : uri;
  }

  /** The confirmation of the 2xx; it has the INVITE's number and a branch of its own. */
  SipMessage ack(String via, long inviteCseq) {
    return build("ACK", via, inviteCseq);
  }

  /** A request that gets the next number. */
  SipMessage next(String method, String via) {
    cseq++;
    return build(method, via, cseq);
  }

  private SipMessage build(String method, String via, long number) {
    SipHeaders headers =
        SipHeaders.NONE
            .with("Via", via)
            .with("Max-Forwards", "70")
            .with("From", local)
            .with("To", remote)
            .with("Call-ID", callId)
            .with("CSeq", number + " " + method);
    for (String route : routes) {
      headers = headers.with("Route", route);
    }
    return SipMessage.request(method, target, headers.with("User-Agent", "Linekeeper"), "");
  }
}
