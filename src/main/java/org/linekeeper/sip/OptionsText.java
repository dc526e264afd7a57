package org.linekeeper.sip;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What we ask one PBX over one socket, written out once: from question to question nothing but a
 * token changes, which nobody can guess and which is branch, tag and Call-ID.
 */
final class OptionsText {
  private final List<byte[]> between;

  private OptionsText(List<byte[]> between) {
    this.between = between;
  }

  static OptionsText of(SipTarget target, InetSocketAddress local) {
    String mark = Tokens.fresh();
    String text = new String(message(target, local, mark).toBytes(), StandardCharsets.UTF_8);
    List<byte[]> between = new ArrayList<>();
    for (String part : text.split(mark, -1)) {
      between.add(part.getBytes(StandardCharsets.UTF_8));
    }
    return new OptionsText(between);
  }

  private static SipMessage message(SipTarget target, InetSocketAddress local, String token) {
    String uri = target.uri(target.user());
    String us = "<sip:" + target.fromUser() + "@" + SipSyntax.hostPort(local) + ">";
    SipHeaders headers =
        SipHeaders.NONE
            .with("Via", Vias.of(target.transport(), local, Tokens.branch(token)))
            .with("Max-Forwards", "70")
            .with("From", us + ";tag=" + token)
            .with("To", "<" + uri + ">")
            .with("Call-ID", token)
            .with("CSeq", "1 OPTIONS")
            .with("Contact", us)
            .with("Accept", "application/sdp")
            .with("User-Agent", "Linekeeper");
    return SipMessage.request("OPTIONS", uri, headers, "");
  }

  /** One question, as it is sent. */
  byte[] with(String token) {
    byte[] mark = token.getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream text = new ByteArrayOutputStream(512);
    for (int i = 0; i < between.size(); i++) {
      if (i > 0) {
        text.writeBytes(mark);
      }
      text.writeBytes(between.get(i));
    }
    return text.toByteArray();
  }
}
