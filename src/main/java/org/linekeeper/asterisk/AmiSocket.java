package org.linekeeper.asterisk;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocket;
import org.asteriskjava.util.SocketConnectionFacade;
import org.jspecify.annotations.Nullable;
import org.linekeeper.net.TrustedTls;
import org.linekeeper.time.Ticker;

/**
 * The TCP connection below one AMI session, in our own hands: it can be closed from outside
 * whatever the library is doing with it, and it takes no more from a peer than AMI can need.
 */
final class AmiSocket implements SocketConnectionFacade {
  /** The longest lines of AMI are channel variables and module lists, some KiB each. */
  private static final int MAX_LINE = 64 * 1024;

  /** The longest packets are ListCommands and CoreShowChannels rows, some hundred lines each. */
  private static final int MAX_LINES = 4096;

  private static final String BANNER = "Asterisk Call Manager/";

  private static final Pattern SECRET =
      Pattern.compile("password|secret|md5_?cred|token", Pattern.CASE_INSENSITIVE);

  private final AmiAccess access;
  private final Ticker ticker;
  private final Consumer<String> ended;
  // the raw one, below any TLS: closing a TLS socket waits for the write that hangs
  private final Socket raw = new Socket();
  private final StringBuilder toSend = new StringBuilder();
  private @Nullable InputStream in;
  private @Nullable OutputStream out;
  private int lines;
  private volatile boolean reached;
  private volatile String firstLine = "";
  private volatile String dropped = "";
  private volatile boolean endedByPeer;
  private volatile Duration heardAt;

  /**
   * Connects nothing yet.
   *
   * @param ended told once, with a clause for people, when a connection that was there has ended
   */
  AmiSocket(AmiAccess access, Ticker ticker, Consumer<String> ended) {
    this.access = access;
    this.ticker = ticker;
    this.ended = ended;
    heardAt = ticker.now();
  }

  /** Connects by the deadline; TLS takes as long as it takes until {@link #drop}. */
  void connect(Duration deadline) throws IOException {
    raw.setTcpNoDelay(true);
    raw.connect(new InetSocketAddress(access.host(), access.port()), (int) deadline.toMillis());
    reached = true;
    heardAt = ticker.now();
    Socket socket = access.tls() ? encrypted() : raw;
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  private Socket encrypted() throws IOException {
    Socket socket =
        TrustedTls.factory(access.trust()).createSocket(raw, access.host(), access.port(), true);
    if (socket instanceof SSLSocket tls) {
      tls.setSSLParameters(TrustedTls.checkingTheName(tls.getSSLParameters()));
      tls.startHandshake();
    }
    return socket;
  }

  /** Ends it, from any thread and whatever state it is in. */
  void drop(String why) {
    if (dropped.isEmpty()) {
      dropped = why;
    }
    try {
      raw.close();
    } catch (IOException e) {
      // closed is what it is meant to be
    }
  }

  /** Why this side ended it; empty text if it did not. */
  String dropped() {
    return dropped;
  }

  /** Whether the connection was there and the other side ended it. */
  boolean endedByPeer() {
    return endedByPeer;
  }

  /** Whether the TCP connection was there at all. */
  boolean reached() {
    return reached;
  }

  /** Whether something answered that does not begin as AMI does. */
  boolean notAmi() {
    return !firstLine.isEmpty() && !firstLine.startsWith(BANNER);
  }

  /** When the peer was last heard. */
  Duration heardAt() {
    return heardAt;
  }

  @Override
  public @Nullable String readLine() throws IOException {
    try {
      String line = nextLine();
      if (line == null) {
        endedByPeer = dropped.isEmpty();
        ended.accept("the PBX ended the connection");
        return null;
      }
      heardAt = ticker.now();
      return line;
    } catch (IOException e) {
      endedByPeer = dropped.isEmpty();
      String why = e.getMessage();
      ended.accept(dropped.isEmpty() ? (why == null ? e.toString() : why) : dropped);
      throw e;
    }
  }

  private @Nullable String nextLine() throws IOException {
    InputStream from = in;
    if (from == null) {
      return null;
    }
    ByteArrayOutputStream line = new ByteArrayOutputStream(128);
    for (int next = from.read(); next != '\n'; next = from.read()) {
      if (next < 0) {
        return null;
      }
      if (line.size() >= MAX_LINE) {
        throw new IOException("a line of more than " + MAX_LINE + " bytes is not AMI");
      }
      line.write(next);
    }
    String text = line.toString(StandardCharsets.UTF_8);
    text = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    lines = text.isEmpty() ? 0 : lines + 1;
    if (lines > MAX_LINES) {
      throw new IOException("a packet of more than " + MAX_LINES + " lines is not AMI");
    }
    if (firstLine.isEmpty()) {
      firstLine = text.isEmpty() ? "(empty)" : text;
    }
    return withoutSecret(text);
  }

  /**
   * Asterisk lists the trunk's password with its registrations (AuthDetail), and the library logs
   * what it has no class for.
   */
  private static String withoutSecret(String line) {
    int colon = line.indexOf(':');
    return colon > 0 && SECRET.matcher(line.substring(0, colon)).find()
        ? line.substring(0, colon + 1)
        : line;
  }

  @Override
  public void write(String text) {
    toSend.append(text);
  }

  @Override
  public void flush() throws IOException {
    byte[] bytes = toSend.toString().getBytes(StandardCharsets.UTF_8);
    toSend.setLength(0);
    OutputStream to = out;
    if (to == null) {
      throw new IOException("not connected");
    }
    to.write(bytes);
    to.flush();
  }

  @Override
  public void close() {
    drop("closed");
  }

  @Override
  public boolean isConnected() {
    return raw.isConnected() && !raw.isClosed();
  }

  @Override
  public InetAddress getLocalAddress() {
    return raw.getLocalAddress();
  }

  @Override
  public int getLocalPort() {
    return raw.getLocalPort();
  }

  @Override
  public InetAddress getRemoteAddress() {
    return raw.getInetAddress();
  }

  @Override
  public int getRemotePort() {
    return raw.getPort();
  }
}
