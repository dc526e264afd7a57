package org.linekeeper.demo.pbx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One client's connection, on the PBX's loop. */
final class AmiSession implements AmiReader.Sink {
  /** A client that does not read is dropped, as Asterisk's writetimeout does. */
  private static final int MAX_UNSENT_BYTES = 1 << 20;

  /** {@code authtimeout}. */
  private static final Duration LOGIN_WITHIN = Duration.ofSeconds(30);

  private final AmiServer server;
  private final SocketChannel channel;
  private final SelectionKey key;
  private final AmiReader reader = new AmiReader();
  private final Deque<ByteBuffer> unsent = new ArrayDeque<>();
  private int unsentBytes;
  private boolean closing;
  private @Nullable String challenge;
  private boolean loggedIn;
  private Set<AmiClass> hears = Set.of();

  AmiSession(AmiServer server, SocketChannel channel) throws IOException {
    this.server = server;
    this.channel = channel;
    this.key = server.loop().watch(channel, SelectionKey.OP_READ, this::ready);
    send("Asterisk Call Manager/" + AmiText.AMI_VERSION + "\r\n");
    server.loop().after(LOGIN_WITHIN, this::closeUnlessLoggedIn);
  }

  private void closeUnlessLoggedIn() {
    if (!loggedIn) {
      close();
    }
  }

  AmiServer server() {
    return server;
  }

  boolean loggedIn() {
    return loggedIn;
  }

  @Nullable String challenge() {
    return challenge;
  }

  void challenge(String text) {
    challenge = text;
  }

  void logIn(Set<AmiClass> events) {
    loggedIn = true;
    hears = events;
  }

  void hear(Set<AmiClass> events) {
    hears = events;
  }

  boolean hears(AmiClass c) {
    return loggedIn && hears.contains(c);
  }

  @Override
  public void request(AmiRequest request) {
    if (!closing) {
      server.actions().run(this, request);
    }
  }

  @Override
  public void malformed(AmiRequest soFar, String message) {
    send(AmiText.error(soFar, message));
  }

  /** Sends, as far as the client and the PBX's state let it; the rest waits. */
  void send(String text) {
    if (closing || !channel.isOpen()) {
      return;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    unsentBytes += bytes.length;
    unsent.add(ByteBuffer.wrap(bytes));
    if (unsentBytes > MAX_UNSENT_BYTES) {
      close();
    } else if (!server.frozen()) {
      flush();
    }
  }

  /** Sends what waits, then closes. */
  void closeAfterwards() {
    closing = true;
    if (!server.frozen()) {
      flush();
    }
  }

  /** Stops or goes on reading and writing with its PBX. */
  void follow(boolean frozen) {
    if (!key.isValid()) {
      return;
    }
    if (frozen) {
      key.interestOps(0);
    } else {
      key.interestOps(SelectionKey.OP_READ);
      flush();
    }
  }

  private void ready() {
    try {
      if (key.isWritable()) {
        flush();
      }
      if (key.isValid() && key.isReadable()) {
        read();
      }
    } catch (IOException e) {
      close();
    }
  }

  private void read() throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(4096);
    if (channel.read(buffer) < 0) {
      close();
      return;
    }
    byte[] bytes = new byte[buffer.flip().remaining()];
    buffer.get(bytes);
    reader.add(bytes, this);
  }

  private void flush() {
    try {
      while (!unsent.isEmpty()) {
        ByteBuffer next = unsent.element();
        unsentBytes -= channel.write(next);
        if (next.hasRemaining()) {
          key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
          return;
        }
        unsent.remove();
      }
      if (closing) {
        close();
      } else if (key.isValid()) {
        key.interestOps(SelectionKey.OP_READ);
      }
    } catch (IOException e) {
      close();
    }
  }

  /** Closes at once, whatever waits. */
  void close() {
    closing = true;
    server.gone(this);
    AmiServer.closeQuietly(channel);
  }
}
