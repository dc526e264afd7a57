package org.linekeeper.sip;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

/** TCP sockets that are opened without waiting. */
final class Connecting {
  private Connecting() {}

  /** What becomes of a socket that may be connected already. */
  interface Then<L> {
    /**
     * @param atOnce whether it is connected; else that is told by the selector
     */
    L link(SocketChannel channel, boolean atOnce) throws IOException;
  }

  /**
   * @return what was made of the socket, which is closed if that fails
   */
  static <L> L to(InetSocketAddress peer, Then<L> then) throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      // bound at once: the first message carries our address and is written before we are connected
      channel.bind(new InetSocketAddress(UdpLink.sourceFor(peer), 0));
      channel.configureBlocking(false);
      return then.link(channel, channel.connect(peer));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }
}
