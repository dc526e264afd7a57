package org.linekeeper.asterisk;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import org.asteriskjava.util.SocketConnectionFacade;
import org.jspecify.annotations.Nullable;
import org.linekeeper.net.IoLoop;

/**
 * The TCP connection below one AMI session, in our own hands: it can be closed from outside
 * whatever the library is doing with it, and it takes no more from a peer than AMI can need.
 */
final class AmiSocket implements SocketConnectionFacade {
  private static final String BANNER = "Asterisk Call Manager/";

  private final AmiWire wire;
  private final Consumer<String> ended;
  private final StringBuilder toSend = new StringBuilder();
  private volatile String dropped = "";
  private volatile boolean endedByPeer;
  private volatile boolean endedInOrder;

  /**
   * Connects nothing yet.
   *
   * @param ended told once, with a clause for people, when a connection that was there has ended
   */
  AmiSocket(AmiAccess access, IoLoop loop, Consumer<String> ended) {
    wire = access.tls() ? new EncryptedWire(access, loop.ticker()) : new PlainWire(access, loop);
    this.ended = ended;
  }

  /** Connects by the deadline; TLS takes as long as it takes until {@link #drop}. */
  void connect(Duration deadline) throws IOException {
    wire.connect(deadline);
  }

  /** Ends it, from any thread and whatever state it is in. */
  void drop(String why) {
    if (dropped.isEmpty()) {
      dropped = why;
    }
    wire.close();
  }

  /** Why this side ended it; empty text if it did not. */
  String dropped() {
    return dropped;
  }

  /** Whether the connection was there and the other side ended it. */
  boolean endedByPeer() {
    return endedByPeer;
  }

  /**
   * Whether the other side ended it as one who has nothing more to say. Nobody between here and
   * there can do that; a reset is what a firewall's REJECT sends as well.
   */
  boolean endedInOrder() {
    return endedInOrder;
  }

  /** Whether the TCP connection was there at all. */
  boolean reached() {
    return wire.reached();
  }

  /** Whether something answered that does not begin as AMI does. */
  boolean notAmi() {
    String first = wire.firstLine();
    return !first.isEmpty() && !first.startsWith(BANNER);
  }

  /** What is below, for our own pings. */
  AmiWire wire() {
    return wire;
  }

  @Override
  public @Nullable String readLine() throws IOException {
    try {
      String line = wire.line();
      if (line == null) {
        endedByPeer = dropped.isEmpty();
        endedInOrder = dropped.isEmpty();
        ended.accept("the PBX ended the connection");
        wire.close();
      }
      return line;
    } catch (IOException e) {
      endedByPeer = dropped.isEmpty();
      String why = e.getMessage();
      ended.accept(dropped.isEmpty() ? (why == null ? e.toString() : why) : dropped);
      wire.close();
      throw e;
    }
  }

  @Override
  public void write(String text) {
    toSend.append(text);
  }

  @Override
  public void flush() throws IOException {
    byte[] bytes = toSend.toString().getBytes(StandardCharsets.UTF_8);
    toSend.setLength(0);
    wire.send(bytes);
  }

  @Override
  public void close() {
    drop("closed");
  }

  @Override
  public boolean isConnected() {
    return wire.socket().isConnected() && !wire.socket().isClosed();
  }

  @Override
  public InetAddress getLocalAddress() {
    return wire.socket().getLocalAddress();
  }

  @Override
  public int getLocalPort() {
    return wire.socket().getLocalPort();
  }

  @Override
  public InetAddress getRemoteAddress() {
    return wire.socket().getInetAddress();
  }

  @Override
  public int getRemotePort() {
    return wire.socket().getPort();
  }
}
