package org.linekeeper.asterisk;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.linekeeper.net.TrustedTls;
import org.linekeeper.time.Ticker;

/** AMI over TLS, with the host's name checked. Its reads and writes wait. */
final class EncryptedWire implements AmiWire {
  private final AmiAccess access;
  private final Ticker ticker;
  // the raw one, below TLS: closing a TLS socket waits for the write that hangs
  private final Socket raw = new Socket();
  private final AmiLines lines = new AmiLines();
  private @Nullable InputStream in;
  private @Nullable OutputStream out;
  private volatile boolean reached;
  private volatile Duration heardAt;

  EncryptedWire(AmiAccess access, Ticker ticker) {
    this.access = access;
    this.ticker = ticker;
    heardAt = ticker.now();
  }

  @Override
  public void connect(Duration deadline) throws IOException {
    raw.setTcpNoDelay(true);
    raw.connect(access.lookUp(), (int) deadline.toMillis());
    reached = true;
    heardAt = ticker.now();
    Socket socket =
        TrustedTls.factory(access.trust()).createSocket(raw, access.host(), access.port(), true);
    if (socket instanceof SSLSocket tls) {
      tls.setSSLParameters(TrustedTls.checkingTheName(tls.getSSLParameters()));
      tls.startHandshake();
    }
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  @Override
  public boolean reached() {
    return reached;
  }

  @Override
  public @Nullable String line() throws IOException {
    InputStream from = in;
    for (int next = from == null ? -1 : from.read(); from != null && next >= 0; ) {
      String line = lines.add((byte) next);
      if (line != null) {
        heardAt = ticker.now();
        return AmiLines.withoutSecret(line);
      }
      next = from.read();
    }
    return null;
  }

  @Override
  public void send(byte[] bytes) throws IOException {
    OutputStream to = out;
    if (to == null) {
      throw new IOException("not connected");
    }
    to.write(bytes);
    to.flush();
  }

  @Override
  public boolean unsent() {
    return false; // whoever sends waits until it is sent
  }

  @Override
  public Duration heardAt() {
    return heardAt;
  }

  @Override
  public String firstLine() {
    return lines.first();
  }

  @Override
  public boolean pings() {
    return false;
  }

  @Override
  public long ping(Consumer<Pong> heard) {
    throw new UnsupportedOperationException("its writes wait, and the loop must not");
  }

  @Override
  public void forget(long ping) {}

  @Override
  public Socket socket() {
    return raw;
  }

  @Override
  public void close() {
    try {
      raw.close();
    } catch (IOException e) {
      // closed is what it is meant to be
    }
  }
}
