package org.linekeeper.demo.link;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linekeeper.net.IoLoop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A port that stands for another one, and passes datagrams to and fro while the link carries;
 * otherwise they are lost. Whoever sends gets the answers to what it sent itself.
 */
public final class UdpRelay implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UdpRelay.class);

  /** As many senders at a time; beyond it, who came first is forgotten. */
  private static final int SENDERS = 32;

  private static final int LARGEST = 65_535;

  private final IoLoop loop;
  private final Network network;
  private final Link link;
  private final InetSocketAddress to;
  private final DatagramChannel near;
  private final InetSocketAddress address;
  private final ByteBuffer buffer = ByteBuffer.allocate(LARGEST);

  /** By sender, what its datagrams go on through; on the loop's thread only. */
  private final Map<SocketAddress, DatagramChannel> senders = new LinkedHashMap<>();

  private UdpRelay(IoLoop loop, Network network, Link link, InetSocketAddress to)
      throws IOException {
    this.loop = loop;
    this.network = network;
    this.link = link;
    this.to = to;
    this.near = DatagramChannel.open().bind(free());
    this.address = (InetSocketAddress) near.getLocalAddress();
  }

  /**
   * Opens a free port on loopback.
   *
   * @param to where datagrams go on to
   * @throws IOException if there is no free port
   */
  public static UdpRelay open(IoLoop loop, Network network, Link link, InetSocketAddress to)
      throws IOException {
    UdpRelay relay = new UdpRelay(loop, network, link, to);
    loop.runAndWait(() -> relay.watch(relay.near, relay::there));
    return relay;
  }

  /** Where to send instead. */
  public InetSocketAddress address() {
    return address;
  }

  private static InetSocketAddress free() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private void watch(DatagramChannel channel, Runnable ready) {
    try {
      loop.watch(channel, SelectionKey.OP_READ, ready);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void there() {
    try {
      for (SocketAddress from = receive(near); from != null; from = receive(near)) {
        if (network.carries(link)) {
          onwards(from).write(buffer);
        }
      }
    } catch (IOException e) {
      LOG.debug("{}: a datagram is lost", address, e);
    }
  }

  private void back(DatagramChannel far, SocketAddress sender) {
    try {
      while (receive(far) != null) {
        if (network.carries(link)) {
          near.send(buffer, sender);
        }
      }
    } catch (IOException e) {
      // such as the ICMP message that nobody listens: to the sender that is silence
      LOG.debug("{}: a datagram is lost", address, e);
    }
  }

  private @Nullable SocketAddress receive(DatagramChannel from) throws IOException {
    buffer.clear();
    SocketAddress sender = from.receive(buffer);
    buffer.flip();
    return sender;
  }

  private DatagramChannel onwards(SocketAddress sender) throws IOException {
    DatagramChannel known = senders.get(sender);
    if (known != null) {
      return known;
    }
    if (senders.size() >= SENDERS) {
      SocketAddress eldest = senders.keySet().iterator().next();
      close(senders.remove(eldest));
    }
    DatagramChannel far = DatagramChannel.open().bind(free()).connect(to);
    senders.put(sender, far);
    watch(far, () -> back(far, sender));
    return far;
  }

  private static void close(@Nullable DatagramChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      LOG.debug("closing {}", channel, e);
    }
  }

  @Override
  public void close() {
    loop.runAndWait(
        () -> {
          close(near);
          senders.values().forEach(UdpRelay::close);
          senders.clear();
        });
  }
}
