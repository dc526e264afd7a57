package org.linekeeper.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Answers every call over SIP/UDP at once, like a phone that is picked up or an emergency service.
 */
public final class SipAnswerer implements AutoCloseable {
  private final DatagramSocket socket;
  private final String here;
  private final BlockingQueue<String> called = new LinkedBlockingQueue<>(1000);

  private SipAnswerer(DatagramSocket socket) {
    this.socket = socket;
    this.here = socket.getLocalAddress().getHostAddress() + ":" + socket.getLocalPort();
  }

  /** Listens here until closed. */
  public static SipAnswerer at(InetSocketAddress address) {
    try {
      SipAnswerer answerer =
          new SipAnswerer(
              new DatagramSocket(
                  address.getPort(), InetAddress.getByName(address.getHostString())));
      Thread thread = new Thread(answerer::serve, "lab-sip-answerer");
      thread.setDaemon(true);
      thread.start();
      return answerer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The user part of the next call's request URI, such as 999; fails if none comes in time. */
  public String awaitCall(Duration limit) {
    try {
      String uri = called.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (uri == null) {
        throw new AssertionError("nobody called " + here + " within " + limit);
      }
      return uri.replaceFirst("^sips?:", "").replaceFirst("@.*", "");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a call", e);
    }
  }

  private void serve() {
    DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
    try {
      while (!socket.isClosed()) {
        packet.setLength(65_535);
        socket.receive(packet);
        SipText request = SipText.of(packet);
        // answers and acknowledgements need nothing from us
        if (request.status() == 0 && !request.method().equals("ACK")) {
          byte[] bytes = answer(request).getBytes(StandardCharsets.UTF_8);
          socket.send(new DatagramPacket(bytes, bytes.length, packet.getSocketAddress()));
        }
      }
    } catch (IOException e) {
      if (!socket.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() {
    socket.close();
  }

  private String answer(SipText request) {
    if (request.method().equals("INVITE")) {
      called.add(request.requestUri());
      return response(request, "200 OK", here, sdp(socket.getLocalAddress().getHostAddress(), 9));
    }
    return response(request, "200 OK", here, "");
  }

  static String response(SipText request, String status, String here, String body) {
    StringBuilder text = new StringBuilder("SIP/2.0 " + status + "\r\n");
    request.headers("Via").forEach(via -> text.append("Via: " + via + "\r\n"));
    request.headers("Record-Route").forEach(r -> text.append("Record-Route: " + r + "\r\n"));
    String to = request.header("To");
    text.append("From: " + request.header("From") + "\r\n");
    // the same tag for each copy of a request, however often it is sent
    text.append("To: " + (to.contains("tag=") ? to : to + ";tag=lab" + tag(request)) + "\r\n");
    text.append("Call-ID: " + request.header("Call-ID") + "\r\n");
    text.append("CSeq: " + request.header("CSeq") + "\r\n");
    text.append("Contact: <sip:lab@" + here + ">\r\n");
    if (!body.isEmpty()) {
      text.append("Content-Type: application/sdp\r\n");
    }
    return text.append("Content-Length: " + body.length() + "\r\n\r\n" + body).toString();
  }

  private static int tag(SipText request) {
    return Math.abs(request.header("Call-ID").hashCode() % 1_000_000);
  }

  /** Offers A-law and telephone events (RFC 4733); port 9 is where nobody listens (RFC 863). */
  static String sdp(String address, int port) {
    return String.join(
        "\r\n",
        "v=0",
        "o=lab 1 1 IN IP4 " + address,
        "s=lab",
        "c=IN IP4 " + address,
        "t=0 0",
        "m=audio " + port + " RTP/AVP 8 101",
        "a=rtpmap:8 PCMA/8000",
        "a=rtpmap:101 telephone-event/8000",
        "a=fmtp:101 0-15",
        "a=sendrecv",
        "");
  }
}
