package org.linekeeper.sip;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.linekeeper.net.IoLoop;

/** One TCP connection to a peer, opened without waiting. */
final class TcpLink implements SipLink {

  private final SocketChannel channel;
  private final Listener listener;
  private final SipStream stream = new SipStream();
  private final Outgoing outgoing = new Outgoing();
  private final InetSocketAddress local;
  private final SelectionKey key;

  private TcpLink(IoLoop loop, SocketChannel channel, Listener listener) throws IOException {
    this.channel = channel;
    this.listener = listener;
    this.local = (InetSocketAddress) channel.getLocalAddress();
    this.key = loop.watch(channel, SelectionKey.OP_CONNECT, this::ready);
  }

  static TcpLink open(IoLoop loop, InetSocketAddress peer, Listener listener) throws IOException {
    return Connecting.to(
        peer,
        (channel, atOnce) -> {
          TcpLink link = new TcpLink(loop, channel, listener);
          if (atOnce) {
            link.key.interestOps(SelectionKey.OP_READ);
          }
          return link;
        });
  }

  @Override
  public void send(byte[] message) throws IOException {
    outgoing.add(message);
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
    for (ByteBuffer next = outgoing.next(); next != null; next = outgoing.next()) {
      channel.write(next);
      if (next.hasRemaining()) {
        key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        return;
      }
    }
    key.interestOps(SelectionKey.OP_READ);
  }

  private void read() throws IOException {
    ByteBuffer buffer = Buffers.receiving();
    if (channel.read(buffer) < 0) {
      throw new EOFException("the peer closed the connection");
    }
    stream.deliver(Buffers.taken(buffer), listener);
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
