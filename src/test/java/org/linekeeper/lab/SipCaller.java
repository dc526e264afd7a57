package org.linekeeper.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * Calls numbers over SIP/UDP as a carrier or a phone does (RFC 3261), and tells who answered. Each
 * call has a socket of its own, so many can run at once. PBXs know the caller by its address, or by
 * its name if it has one that they know.
 */
public final class SipCaller {
  private final String address;
  private final String user;

  /** A caller at this one of the machine's own addresses. */
  public SipCaller(InetSocketAddress from) {
    this(from, "+447700900123");
  }

  /** As above, who says that this is its name: the user part of From. */
  public SipCaller(InetSocketAddress from, String user) {
    this.address = from.getHostString();
    this.user = user;
  }

  /** Calls, and hangs up at once if answered. Gives up, with a CANCEL, at the limit. */
  public CallResult call(InetSocketAddress pbx, String number, Duration limit) {
    try (SipCall call = start(pbx, number, limit)) {
      return call.result();
    }
  }

  /** Calls, and keeps the call if it is answered: close it, or hang it up, afterwards. */
  public SipCall start(InetSocketAddress pbx, String number, Duration limit) {
    return onOwnSocket(socket -> SipCall.place(socket, pbx, user, number, limit));
  }

  /** Asks with OPTIONS, without a user, whether SIP is answered; rings nothing. */
  public CallResult options(InetSocketAddress pbx, Duration limit) {
    return ask(pbx, "OPTIONS", limit);
  }

  /** Registers under its name, as a phone does. */
  public CallResult register(InetSocketAddress pbx, Duration limit) {
    return ask(pbx, "REGISTER", limit);
  }

  private CallResult ask(InetSocketAddress pbx, String method, Duration limit) {
    try (SipCall call = onOwnSocket(socket -> SipCall.ask(socket, pbx, user, method, limit))) {
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
