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
import java.util.function.UnaryOperator;

/** The far end of a TCP test: answers each request in two pieces. */
final class RawTcpPeer implements AutoCloseable {
  private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
  private final AtomicReference<Socket> current = new AtomicReference<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final UnaryOperator<String> answering;

  RawTcpPeer(UnaryOperator<String> answering) throws IOException {
    this.answering = answering;
    Thread thread = new Thread(this::run, "raw-tcp-peer");
    thread.setDaemon(true);
    thread.start();
  }

  InetSocketAddress address() {
    return (InetSocketAddress) server.getLocalSocketAddress();
  }

  int connections() {
    return connections.get();
  }

  void dropConnection() throws IOException {
    current.get().close();
  }

  private void run() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        connections.incrementAndGet();
        current.set(socket);
        serve(socket);
      } catch (IOException e) {
        // dropped by the test: wait for the next one
      }
    }
  }

  private void serve(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    InputStream in = socket.getInputStream();
    OutputStream out = socket.getOutputStream();
    StringBuilder text = new StringBuilder();
    for (int c = in.read(); c >= 0; c = in.read()) {
      text.append((char) c);
      if (text.toString().endsWith("\r\n\r\n")) {
        byte[] answer = answering.apply(text.toString()).getBytes(StandardCharsets.UTF_8);
        out.write(answer, 0, 20);
        out.flush();
        out.write(answer, 20, answer.length - 20);
        out.flush();
        text.setLength(0);
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    Socket socket = current.get();
    if (socket != null) {
      socket.close();
    }
  }
}
