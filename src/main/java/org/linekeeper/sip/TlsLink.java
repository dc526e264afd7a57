package org.linekeeper.sip;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.linekeeper.net.IoLoop;
import org.linekeeper.net.LoopTimer;
import org.linekeeper.net.TrustedTls;

/**
 * One TLS connection to a peer whose certificate was checked, opened without waiting. What is sent
 * meanwhile waits for the end of the handshake, which has a deadline.
 */
final class TlsLink implements SipLink {
  /** Connecting and the handshake: three round trips and some milliseconds of arithmetic. */
  static final Duration SETUP = Duration.ofSeconds(3);

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /** Of TLS records, RFC 8446 section 5.2: 16 KiB and what encryption adds. */
  private static final int RECORD = 17_408;

  private final IoLoop loop;
  private final SocketChannel channel;
  private final Listener listener;
  private final SipStream stream = new SipStream();
  private final Outgoing outgoing = new Outgoing();
  private final InetSocketAddress local;
  private final SelectionKey key;
  private final LoopTimer setup;
  private final ByteBuffer received = ByteBuffer.allocate(RECORD);
  private final ByteBuffer opened = ByteBuffer.allocate(RECORD);
  private final ByteBuffer toSend = ByteBuffer.allocate(RECORD).limit(0);
  private @Nullable SSLEngine engine;
  private boolean working;
  private boolean secured;

  /** Not the same as closed: a channel closes itself when connecting fails. */
  private boolean over;

  private TlsLink(IoLoop loop, SocketChannel channel, SipTls tls, Listener listener)
      throws IOException {
    this.loop = loop;
    this.channel = channel;
    this.listener = listener;
    this.local = (InetSocketAddress) channel.getLocalAddress();
    this.key = loop.watch(channel, SelectionKey.OP_CONNECT, () -> ready(tls));
    this.setup = loop.after(SETUP, this::tooLate);
  }

  static TlsLink open(IoLoop loop, InetSocketAddress peer, SipTls tls, Listener listener)
      throws IOException {
    return Connecting.to(
        peer,
        (channel, atOnce) -> {
          TlsLink link = new TlsLink(loop, channel, tls, listener);
          if (atOnce) {
            link.prepare(tls);
          }
          return link;
        });
  }

  @Override
  public void send(byte[] message) throws IOException {
    outgoing.add(message);
    SSLEngine e = engine;
    if (secured && e != null) {
      pump(e);
    }
  }

  private void ready(SipTls tls) {
    guarded(
        () -> {
          SSLEngine e = engine;
          if (e != null) {
            pump(e);
          } else if (key.isConnectable() && channel.finishConnect()) {
            prepare(tls);
          }
        });
  }

  /** Reads whom to trust, beside the loop. */
  private void prepare(SipTls tls) {
    key.interestOps(0);
    beside(
        () -> {
          SSLEngine made =
              TrustedTls.engine(
                  tls.host(),
                  ((InetSocketAddress) channel.getRemoteAddress()).getPort(),
                  tls.trust());
          made.beginHandshake();
          loop.execute(
              () -> {
                engine = made;
                goOn(made);
              });
        });
  }

  private void goOn(SSLEngine e) {
    working = false;
    if (channel.isOpen()) {
      guarded(() -> pump(e));
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private void guarded(Work work) {
    try {
      work.run();
    } catch (IOException e) {
      fail(e);
    }
  }

  private void beside(Work work) {
    working = true;
    try {
      Handshakes.run(
          () -> {
            try {
              work.run();
            } catch (IOException e) {
              tell(e);
            } catch (RejectedExecutionException stopping) {
              // the loop is closed, and has closed every socket with it
            }
          });
    } catch (RejectedExecutionException full) {
      fail(new IOException("too many TLS handshakes wait", full));
    }
  }

  private void tell(IOException why) {
    loop.execute(() -> fail(why));
  }

  private void fail(IOException why) {
    if (!over) {
      farewell();
      close();
      listener.failed(why);
    }
  }

  private void tooLate() {
    if (!secured) {
      fail(
          new SocketTimeoutException(
              "no TLS handshake within " + Took.words(SETUP) + ": hung, or no TLS there"));
    }
  }

  /** Does all that can be done without waiting. */
  private void pump(SSLEngine e) throws IOException {
    while (channel.isOpen() && !working) {
      if (!flushed()) {
        key.interestOps(SelectionKey.OP_WRITE);
        return;
      }
      HandshakeStatus now = e.getHandshakeStatus();
      if (now == HandshakeStatus.NEED_TASK) {
        arithmetic(e);
      } else if (now == HandshakeStatus.NEED_WRAP) {
        wrap(e, NOTHING);
      } else {
        if (now == HandshakeStatus.NOT_HANDSHAKING) {
          secured = true;
          setup.cancel();
          ByteBuffer next = outgoing.next();
          if (next != null) {
            wrap(e, next);
            continue;
          }
        }
        if (!unwrapped(e)) {
          key.interestOps(SelectionKey.OP_READ);
          return;
        }
      }
    }
  }

  private void arithmetic(SSLEngine e) {
    key.interestOps(0);
    beside(
        () -> {
          for (Runnable t = e.getDelegatedTask(); t != null; t = e.getDelegatedTask()) {
            t.run();
          }
          loop.execute(() -> goOn(e));
        });
  }

  private boolean flushed() throws IOException {
    if (toSend.hasRemaining()) {
      channel.write(toSend);
    }
    return !toSend.hasRemaining();
  }

  private void wrap(SSLEngine e, ByteBuffer plain) throws IOException {
    toSend.clear();
    try {
      switch (e.wrap(plain, toSend).getStatus()) {
        case CLOSED -> throw new EOFException("the peer closed the connection");
        case BUFFER_OVERFLOW, BUFFER_UNDERFLOW ->
            throw new SSLException("a TLS record larger than " + RECORD + " bytes");
        case OK -> {}
      }
    } finally {
      toSend.flip();
    }
  }

  /** Whether it got on; false if more bytes are needed first. */
  private boolean unwrapped(SSLEngine e) throws IOException {
    received.flip();
    try {
      switch (e.unwrap(received, opened).getStatus()) {
        case CLOSED -> throw new EOFException("the peer closed the connection");
        case BUFFER_OVERFLOW ->
            throw new SSLException("a TLS record larger than " + RECORD + " bytes");
        case BUFFER_UNDERFLOW -> {
          received.compact();
          boolean more = read();
          received.flip();
          return more;
        }
        case OK -> {}
      }
    } finally {
      received.compact();
    }
    if (opened.position() > 0) {
      deliver();
    }
    return true;
  }

  private boolean read() throws IOException {
    int count = channel.read(received);
    if (count < 0) {
      throw new EOFException(
          secured ? "the peer closed the connection" : "the peer ended the TLS handshake");
    }
    return count > 0;
  }

  private void deliver() throws IOException {
    byte[] bytes = Buffers.taken(opened);
    opened.clear();
    stream.deliver(bytes, listener);
  }

  /** Tells the peer's log why, if that can be had without waiting. */
  private void farewell() {
    SSLEngine e = engine;
    if (e == null || working || toSend.hasRemaining()) {
      return;
    }
    try {
      if (e.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
        wrap(e, NOTHING);
        channel.write(toSend);
      }
    } catch (IOException gone) {
      // nobody hears it
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
  public boolean isOpening() {
    return channel.isOpen() && !secured;
  }

  @Override
  public void close() {
    over = true;
    setup.cancel();
    Buffers.close(channel);
  }
}
