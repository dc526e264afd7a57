package org.linekeeper.sip;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A PBX that answers OPTIONS over TLS with the certificate that it is given. */
public final class TlsPeer implements AutoCloseable {
  private final ServerSocket server;
  private final AtomicReference<SSLContext> context;
  private final AtomicReference<Socket> current = new AtomicReference<>();
  private final AtomicInteger connections = new AtomicInteger();

  public TlsPeer(SSLContext context) throws IOException {
    this.context = new AtomicReference<>(context);
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::run, "tls-peer");
    thread.setDaemon(true);
    thread.start();
  }

  public InetSocketAddress address() {
    return (InetSocketAddress) server.getLocalSocketAddress();
  }

  int connections() {
    return connections.get();
  }

  /** From its next connection on it shows another certificate. */
  public void shows(SSLContext other) throws IOException {
    context.set(other);
    dropConnection();
  }

  void dropConnection() throws IOException {
    Socket socket = current.get();
    if (socket != null) {
      socket.close();
    }
  }

  private void run() {
    while (!server.isClosed()) {
      try {
        Socket raw = server.accept();
        connections.incrementAndGet();
        Thread thread = new Thread(() -> serve(raw), "tls-peer-connection");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        // closed by the test
      }
    }
  }

  private void serve(Socket raw) {
    current.set(raw);
    try (SSLSocket socket =
        (SSLSocket) context.get().getSocketFactory().createSocket(raw, null, raw.getPort(), true)) {
      socket.setUseClientMode(false);
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      StringBuilder text = new StringBuilder();
      for (int c = in.read(); c >= 0; c = in.read()) {
        text.append((char) c);
        if (text.toString().endsWith("\r\n\r\n")) {
          String answer =
              RawPeer.answer(text.toString(), "200 OK", "Server: TLS PBX\r\nContent-Length: 0\r\n");
          out.write(answer.getBytes(StandardCharsets.UTF_8));
          out.flush();
          text.setLength(0);
        }
      }
    } catch (IOException e) {
      // the other end would not have it, or the test dropped it
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    dropConnection();
  }
}
