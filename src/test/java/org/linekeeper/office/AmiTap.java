package org.linekeeper.office;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Lies between Linekeeper and a PBX's AMI, and shows each action before and after it passes. */
final class AmiTap implements AutoCloseable {
  private final InetSocketAddress pbx;
  private final ServerSocket server;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile Consumer<String> before = action -> {};
  private volatile Consumer<String> after = action -> {};

  AmiTap(InetSocketAddress pbx) throws IOException {
    this.pbx = pbx;
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  InetSocketAddress address() {
    return (InetSocketAddress) server.getLocalSocketAddress();
  }

  /** Shows actions, as sent, on the connection's thread. */
  void show(Consumer<String> beforePassing, Consumer<String> afterPassing) {
    before = beforePassing;
    after = afterPassing;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        sockets.add(client);
        Socket real = new Socket();
        sockets.add(real);
        daemon(() -> join(client, real));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void join(Socket client, Socket real) {
    try (client;
        real) {
      real.connect(pbx, 2_000);
      real.setTcpNoDelay(true);
      client.setTcpNoDelay(true);
      daemon(() -> answers(real, client));
      actions(client.getInputStream(), real.getOutputStream());
    } catch (IOException e) {
      // One of the two is gone, and so is the other.
    }
  }

  private void actions(InputStream from, OutputStream to) throws IOException {
    StringBuilder pending = new StringBuilder();
    byte[] buffer = new byte[8192];
    for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
      pending.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
      for (int end = pending.indexOf("\r\n\r\n"); end >= 0; end = pending.indexOf("\r\n\r\n")) {
        String action = pending.substring(0, end + 4);
        pending.delete(0, end + 4);
        before.accept(action);
        to.write(action.getBytes(StandardCharsets.ISO_8859_1));
        to.flush();
        after.accept(action);
      }
    }
  }

  private static void answers(Socket real, Socket client) {
    try (real;
        client) {
      real.getInputStream().transferTo(client.getOutputStream());
    } catch (IOException e) {
      // as above
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "ami-tap");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
