package org.linekeeper.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * Calls numbers over SIP/UDP as a carrier or a phone does (RFC 3261), and tells who answered. Each
 * call has a socket of its own, so many can run at once. PBXs know the caller by its address.
 */
public final class SipCaller {
  private final String address;

  /** A caller at this one of the machine's own addresses. */
  public SipCaller(InetSocketAddress from) {
    this.address = from.getHostString();
  }

  /** Calls, and hangs up at once if answered. Gives up, with a CANCEL, at the limit. */
  public CallResult call(InetSocketAddress pbx, String number, Duration limit) {
    try (SipCall call = start(pbx, number, limit)) {
      return call.result();
    }
  }

  /** Calls, and keeps the call if it is answered: close it, or hang it up, afterwards. */
  public SipCall start(InetSocketAddress pbx, String number, Duration limit) {
    return onOwnSocket(socket -> SipCall.place(socket, pbx, number, limit));
  }

  /** Asks with OPTIONS, without a user, whether SIP is answered; rings nothing. */
  public CallResult options(InetSocketAddress pbx, Duration limit) {
    try (SipCall call = onOwnSocket(socket -> SipCall.ask(socket, pbx, limit))) {
      return call.result();
    }
  }

  private SipCall onOwnSocket(Placing placing) {
    try {
      DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName(address));
      try {
        return placing.with(socket);
      } catch (IOException | RuntimeException e) {
        socket.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Placing {
    SipCall with(DatagramSocket socket) throws IOException;
  }
}
