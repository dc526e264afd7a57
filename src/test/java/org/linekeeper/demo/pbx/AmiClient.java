package org.linekeeper.demo.pbx;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A manager client that knows nothing but lines. */
final class AmiClient implements AutoCloseable {
  private final Socket socket = new Socket();
  private final InputStream in;
  final String banner;

  AmiClient(SimulatedPbx pbx) throws IOException {
    this(pbx.amiAddress());
  }

  AmiClient(InetSocketAddress address) throws IOException {
    socket.connect(address, 2_000);
    socket.setSoTimeout(10_000);
    in = new BufferedInputStream(socket.getInputStream());
    banner = line();
  }

  static AmiClient loggedIn(SimulatedPbx pbx) throws IOException {
    AmiClient client = new AmiClient(pbx);
    String answer = client.ask("Action: Login", "Username: linekeeper", "Secret: s3cret").get(0);
    if (!answer.equals("Response: Success")) {
      throw new IOException("not logged in: " + answer);
    }
    List<String> booted = client.read();
    if (!booted.get(0).equals("Event: FullyBooted")) {
      throw new IOException("not booted: " + booted);
    }
    return client;
  }

  void send(String... lines) throws IOException {
    raw(String.join("\r\n", lines) + "\r\n\r\n");
  }

  void raw(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends and reads the next message. */
  List<String> ask(String... lines) throws IOException {
    send(lines);
    return read();
  }

  /** The next message's lines; empty at the end of the connection. */
  List<String> read() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      lines.add(line);
    }
    return lines;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0; c = in.read()) {
      if (c == '\n') {
        return line.toString().replace("\r", "");
      }
      line.append((char) c);
    }
    return "";
  }

  void patience(int millis) throws IOException {
    socket.setSoTimeout(millis);
  }

  boolean atEnd() throws IOException {
    return in.read() < 0;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
