package org.linekeeper.sip;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import org.linekeeper.net.IoLoop;

/** One TCP connection to a peer, opened without waiting. */
final class TcpLink implements SipLink {
  private static final int MAX_QUEUED = 256;

  private final SocketChannel channel;
  private final Listener listener;
  private final SipStream stream = new SipStream();
  private final Deque<ByteBuffer> outgoing = new ArrayDeque<>();
  private final InetSocketAddress local;
  private final SelectionKey key;

  private TcpLink(IoLoop loop, SocketChannel channel, Listener listener) throws IOException {
    this.channel = channel;
    this.listener = listener;
    this.local = (InetSocketAddress) channel.getLocalAddress();
    this.key = loop.watch(channel, SelectionKey.OP_CONNECT, this::ready);
  }

  static TcpLink open(IoLoop loop, InetSocketAddress peer, Listener listener) throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      // bound at once: the first message carries our address and is written before we are connected
      channel.bind(new InetSocketAddress(UdpLink.sourceFor(peer), 0));
      channel.configureBlocking(false);
      boolean atOnce = channel.connect(peer);
      TcpLink link = new TcpLink(loop, channel, listener);
      if (atOnce) {
        link.key.interestOps(SelectionKey.OP_READ);
      }
      return link;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public void send(byte[] message) throws IOException {
    if (outgoing.size() >= MAX_QUEUED) {
      throw new IOException("the peer takes nothing, " + MAX_QUEUED + " messages wait");
    }
    outgoing.add(ByteBuffer.wrap(message));
    if (channel.isConnected()) {
      flush();
    }
  }

  private void ready() {
    try {
      if (key.isConnectable() && channel.finishConnect()) {
        key.interestOps(SelectionKey.OP_READ);
        flush();
      }
      if (key.isValid() && key.isWritable()) {
        flush();
      }
      if (key.isValid() && key.isReadable()) {
        read();
      }
    } catch (IOException e) {
      close();
      listener.failed(e);
    }
  }

  private void flush() throws IOException {
    while (!outgoing.isEmpty()) {
      ByteBuffer next = outgoing.peek();
      channel.write(next);
      if (next.hasRemaining()) {
        key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        return;
      }
      outgoing.remove();
    }
    key.interestOps(SelectionKey.OP_READ);
  }

  private void read() throws IOException {
    ByteBuffer buffer = Buffers.receiving();
    if (channel.read(buffer) < 0) {
      throw new EOFException("the peer closed the connection");
    }
    try {
      for (SipMessage message : stream.add(Buffers.taken(buffer))) {
        listener.received(message);
      }
    } catch (SipFormatException e) {
      // there is no way to find the next message in a broken stream
      throw new IOException("the peer sent no SIP: " + e.getMessage(), e);
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
