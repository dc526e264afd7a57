package org.linekeeper.sip;

import java.net.InetSocketAddress;

/** The caller's messages around a dialog: INVITE, CANCEL, ACK of a rejection, plain answers. */
final class CallMessages {
  private CallMessages() {}

  /**
   * @param sound what the caller says of its audio (SDP)
   */
  static SipMessage invite(CallRequest call, InetSocketAddress local, String sound) {
    String uri = call.target().uri(call.number());
    String us = "<sip:" + call.from() + "@" + SipSyntax.hostPort(local) + ">";
    SipHeaders headers =
        SipHeaders.NONE
            .with("Via", Vias.fresh(call.target().transport(), local))
            .with("Max-Forwards", "70")
            .with("From", us + ";tag=" + Tokens.fresh())
            .with("To", "<" + uri + ">")
            .with("Call-ID", Tokens.fresh())
            .with("CSeq", "1 INVITE")
            .with("Contact", us)
            .with("Allow", "INVITE, ACK, CANCEL, OPTIONS, BYE")
            .with("User-Agent", "Linekeeper");
    for (SipHeaders.Field f : call.extra().fields()) {
      headers = headers.with(f.name(), f.value());
    }
    return SipMessage.request(
        "INVITE", uri, headers.with("Content-Type", "application/sdp"), sound);
  }

  /** RFC 3261 section 9.1: as the INVITE, branch and number included. */
  static SipMessage cancel(SipMessage invite) {
    return sameTransaction("CANCEL", invite, invite.header("To"));
  }

  /** RFC 3261 section 17.1.1.3: as the INVITE, but To as the rejection has it. */
  static SipMessage ackOfRejection(SipMessage invite, SipMessage rejection) {
    return sameTransaction("ACK", invite, rejection.header("To"));
  }

  private static SipMessage sameTransaction(String method, SipMessage invite, String to) {
    SipHeaders headers =
        SipHeaders.NONE
            .with("Via", invite.header("Via"))
            .with("Max-Forwards", "70")
            .with("From", invite.header("From"))
            .with("To", to)
            .with("Call-ID", invite.callId())
            .with("CSeq", invite.cseq() + " " + method);
    return SipMessage.request(method, invite.uri(), headers, "");
  }

  /** An answer without a body that copies what RFC 3261 section 8.2.6 says. */
  static SipMessage respond(SipMessage request, int status, String reason) {
    return SipMessage.response(status, reason, copied(request), "");
  }

  static SipHeaders copied(SipMessage request) {
    SipHeaders headers = SipHeaders.NONE;
    for (String name : new String[] {"Via", "From", "To", "Call-ID", "CSeq"}) {
      headers = headers.copying(name, request.headers());
    }
    return headers;
  }
}
