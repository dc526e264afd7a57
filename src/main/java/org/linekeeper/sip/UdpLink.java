package org.linekeeper.sip;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import org.linekeeper.net.IoLoop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connected UDP socket: the kernel drops what others send, and tells us of ICMP refusals. */
final class UdpLink implements SipLink {
  private static final Logger log = LoggerFactory.getLogger(UdpLink.class);

  /** So that one flooded socket does not keep the others waiting. */
  private static final int MAX_READS_AT_ONCE = 64;

  private final DatagramChannel channel;
  private final InetSocketAddress local;
  private final Listener listener;

  private UdpLink(DatagramChannel channel, InetSocketAddress local, Listener listener) {
    this.channel = channel;
    this.local = local;
    this.listener = listener;
  }

  static UdpLink open(IoLoop loop, InetSocketAddress peer, Listener listener) throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    try {
      channel.connect(peer);
      UdpLink link = new UdpLink(channel, (InetSocketAddress) channel.getLocalAddress(), listener);
      loop.watch(channel, SelectionKey.OP_READ, link::read);
      return link;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Which of our addresses would this machine use towards that peer? Sends nothing. */
  static InetAddress sourceFor(InetSocketAddress peer) throws IOException {
    try (DatagramChannel channel = DatagramChannel.open()) {
      return ((InetSocketAddress) channel.connect(peer).getLocalAddress()).getAddress();
    }
  }

  @Override
  public void send(byte[] message) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(message);
    try {
      channel.write(bytes);
    } catch (PortUnreachableException stale) {
      // Linux reports an earlier datagram's refusal on the next call; this one was not sent yet
      channel.write(bytes.rewind());
    }
  }

  private void read() {
    ByteBuffer buffer = Buffers.receiving();
    for (int n = 0; n < MAX_READS_AT_ONCE && channel.isOpen(); n++) {
      try {
        buffer.clear();
        if (channel.read(buffer) <= 0) {
          return;
        }
        listener.received(SipMessage.parse(Buffers.taken(buffer)));
        if (!listener.waits()) {
          return;
        }
      } catch (SipFormatException e) {
        log.debug("ignored a datagram on {}: {}", local, e.getMessage());
      } catch (IOException e) {
        listener.failed(e);
      }
    }
  }

  @Override
  public InetSocketAddress local() {
    return local;
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public void close() {
    Buffers.close(channel);
  }
}
