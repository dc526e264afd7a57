package org.linekeeper.sip;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.linekeeper.net.IoLoop;

/** A way to one peer, used on its loop's thread only. */
interface SipLink {
  /** Hears what comes back, on the loop's thread. */
  interface Listener {
    void received(SipMessage message);

    /** Whether anything more is waited for; if not, nobody looks whether more is there. */
    default boolean waits() {
      return true;
    }

    /** The peer or the network refused; a TCP or TLS link is closed then, a UDP link goes on. */
    void failed(IOException why);
  }

  static SipLink open(IoLoop loop, SipTarget target, Listener listener) throws IOException {
    return switch (target.transport()) {
      case UDP -> UdpLink.open(loop, target.address(), listener);
      case TCP -> TcpLink.open(loop, target.address(), listener);
      case TLS -> TlsLink.open(loop, target.address(), target.tls().orElseThrow(), listener);
    };
  }

  /**
   * Sends, or queues while TCP still connects.
   *
   * @throws IOException if the network will not take it
   */
  void send(byte[] message) throws IOException;

  /** As above. */
  default void send(SipMessage message) throws IOException {
    send(message.toBytes());
  }

  /** Where answers are to be sent to: our end. */
  InetSocketAddress local();

  boolean isOpen();

  /** Whether it is still being made, within a deadline of its own. */
  default boolean isOpening() {
    return false;
  }

  /** Closes it; again does nothing. */
  void close();
}
