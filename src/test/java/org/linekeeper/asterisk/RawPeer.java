package org.linekeeper.asterisk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Something that listens on an AMI port and behaves as badly as it is told to. */
final class RawPeer implements AutoCloseable {
  /** What it does with a connection, on a thread of its own. */
  interface Manners {
    void serve(Socket socket) throws IOException;
  }

  private final ServerSocket server;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  RawPeer(Manners manners) {
    try {
      server = new ServerSocket();
      // inherited by what it accepts: a small window is full soon
      server.setReceiveBufferSize(4096);
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(() -> accept(manners));
  }

  private void accept(Manners manners) {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        sockets.add(socket);
        daemon(
            () -> {
              try {
                manners.serve(socket);
              } catch (IOException e) {
                // the watcher has let go: that is what it should do
              }
            });
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "raw-peer");
    thread.setDaemon(true);
    thread.start();
  }

  /** Says it, with line ends as AMI has them. */
  static void say(Socket socket, String... lines) throws IOException {
    String text = String.join("\r\n", lines) + "\r\n";
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  /** Takes the login as Asterisk does, and returns when it is through. */
  static void login(Socket socket) throws IOException {
    say(socket, "Asterisk Call Manager/11.0.0");
    for (String answer : List.of("Challenge: 123456789", "Message: Authentication accepted")) {
      say(socket, "Response: Success", "ActionID: " + actionId(socket), answer, "");
    }
  }

  /** Reads one action and gives its ActionID. */
  static String actionId(Socket socket) throws IOException {
    StringBuilder packet = new StringBuilder();
    while (packet.indexOf("\r\n\r\n") < 0) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        throw new IOException("ended");
      }
      packet.append((char) next);
    }
    return packet
        .toString()
        .lines()
        .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("actionid:"))
        .findFirst()
        .orElseThrow()
        .substring("actionid:".length())
        .trim();
  }

  InetSocketAddress address() {
    return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
  }

  int connections() {
    return sockets.size();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
