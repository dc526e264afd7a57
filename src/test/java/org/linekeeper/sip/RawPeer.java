package org.linekeeper.sip;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The far end of a UDP test, in plain text and without a line of our own kit. */
final class RawPeer implements AutoCloseable {
  static final String NEXT = "\u0001";

  private final DatagramSocket socket =
      new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final Set<SocketAddress> senders = ConcurrentHashMap.newKeySet();
  private volatile UnaryOperator<String> answering = r -> "";

  RawPeer() throws IOException {
    Thread thread = new Thread(this::run, "raw-peer");
    thread.setDaemon(true);
    thread.start();
  }

  RawPeer answering(UnaryOperator<String> how) {
    answering = how;
    return this;
  }

  InetSocketAddress address() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  List<String> heard() {
    return heard;
  }

  Set<SocketAddress> senders() {
    return senders;
  }

  private void run() {
    byte[] buffer = new byte[65_535];
    try {
      while (true) {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        String text = new String(buffer, 0, packet.getLength(), StandardCharsets.UTF_8);
        heard.add(text);
        senders.add(packet.getSocketAddress());
        String answers = answering.apply(text);
        if (!answers.isEmpty()) {
          for (String answer : answers.split(NEXT)) {
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            socket.send(new DatagramPacket(bytes, bytes.length, packet.getSocketAddress()));
          }
        }
      }
    } catch (IOException e) {
      socket.close();
    }
  }

  /** A response that copies what RFC 3261 section 8.2.6 says. */
  static String answer(String request, String status, String more) {
    StringBuilder text = new StringBuilder("SIP/2.0 " + status + "\r\n");
    Matcher m = Pattern.compile("(?m)^(Via|From|To|Call-ID|CSeq): .*$").matcher(request);
    while (m.find()) {
      text.append(m.group().trim());
      text.append(m.group(1).equals("To") && !m.group().contains("tag=") ? ";tag=far\r\n" : "\r\n");
    }
    return text + more + "\r\n";
  }

  @Override
  public void close() {
    socket.close();
  }
}
