package org.linekeeper.sip;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What we ask one PBX over one socket, written out once: from question to question nothing but a
 * token changes, which is branch, tag and Call-ID. It is a number behind a secret of this socket's:
 * no two are alike, and nobody off the path can guess one.
 */
final class OptionsText {
  private final List<byte[]> between;
  private final String secret;
  private long latest;

  private OptionsText(List<byte[]> between, String secret) {
    this.between = between;
    this.secret = secret;
  }

  static OptionsText of(SipTarget target, InetSocketAddress local) {
    String secret = Tokens.fresh();
    String text = new String(message(target, local, secret).toBytes(), StandardCharsets.UTF_8);
    List<byte[]> between = new ArrayList<>();
    for (String part : text.split(secret, -1)) {
      between.add(part.getBytes(StandardCharsets.UTF_8));
    }
    return new OptionsText(between, secret);
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

  /** The next question's token. */
  String token() {
    return secret + Long.toHexString(++latest);
  }

  /** The question of that token, as it is sent. */
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
