package org.linekeeper.sip;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts the bytes of a connection into messages, however they arrive. */
final class SipStream {
  private byte[] pending = new byte[0];

  /**
   * Hands on the messages that these bytes completed.
   *
   * @throws IOException if it is no SIP: there is no way to find the next message after that
   */
  void deliver(byte[] bytes, SipLink.Listener listener) throws IOException {
    try {
      for (SipMessage message : add(bytes)) {
        listener.received(message);
      }
    } catch (SipFormatException e) {
      throw new IOException("the peer sent no SIP: " + e.getMessage(), e);
    }
  }

  /** The messages that these bytes completed. */
  List<SipMessage> add(byte[] bytes) throws SipFormatException {
    byte[] all = Arrays.copyOf(pending, pending.length + bytes.length);
    System.arraycopy(bytes, 0, all, pending.length, bytes.length);
    List<SipMessage> messages = new ArrayList<>();
    int length = SipParser.frameLength(all, all.length);
    while (length > 0) {
      messages.add(SipParser.parse(Arrays.copyOf(all, length)));
      all = Arrays.copyOfRange(all, length, all.length);
      length = SipParser.frameLength(all, all.length);
    }
    if (all.length > 2 * SipMessage.MAX_BYTES) {
      throw new SipFormatException("a message larger than " + SipMessage.MAX_BYTES + " bytes");
    }
    pending = all;
    return messages;
  }
}
