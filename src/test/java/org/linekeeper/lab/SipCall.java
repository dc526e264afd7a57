package org.linekeeper.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Predicate;

/** One call placed by a {@link SipCaller}: INVITE, ACK, and CANCEL or BYE, with retransmission. */
public final class SipCall implements AutoCloseable {
  private static final Duration T1 = Duration.ofMillis(500);
  private static final Duration BYE_LIMIT = Duration.ofSeconds(4);

  /** In packets of 20 ms. */
  private static final int ACK_EVERY = 25;

  private static final int ACK_UNTIL = 150;

  private final DatagramSocket socket;
  private final InetSocketAddress pbx;
  private final String number;
  private final String callId = UUID.randomUUID().toString();
  private final String here;
  private final String from;
  private CallResult result = new CallResult(0, "", Duration.ZERO);
  private SipText answer = SipText.NONE;
  private final Keypad keypad;
  private boolean up;
  private boolean endedByPbx;
  private int spoken;

  private SipCall(DatagramSocket socket, InetSocketAddress pbx, String user, String number)
      throws IOException {
    this.socket = socket;
    this.keypad = new Keypad(socket.getLocalAddress());
    this.pbx = pbx;
    this.number = number;
    this.here = socket.getLocalAddress().getHostAddress() + ":" + socket.getLocalPort();
    this.from = "<sip:" + user + "@" + here + ">;tag=" + UUID.randomUUID();
  }

  static SipCall place(
      DatagramSocket socket, InetSocketAddress pbx, String user, String number, Duration limit)
      throws IOException {
    SipCall call = new SipCall(socket, pbx, user, number);
    call.invite(limit);
    return call;
  }

  /** A request of its own that is for the PBX itself, such as OPTIONS or REGISTER. */
  static SipCall ask(
      DatagramSocket socket, InetSocketAddress pbx, String user, String method, Duration limit)
      throws IOException {
    SipCall call = new SipCall(socket, pbx, user, "");
    long start = System.nanoTime();
    String to = "<" + call.uri().replace("sip:", "sip:" + user + "@") + ">";
    String request = call.request(method, call.uri(), to, 1, branch(), "");
    SipText last = call.exchange(request, limit, m -> m.status() >= 200);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    call.result = new CallResult(last.status(), last.header("Server"), took);
    return call;
  }

  /** How the attempt ended, or how the call began. */
  public CallResult result() {
    return result;
  }

  /** Status of the BYE: 200 if the call was still up, 481 if the PBX had forgotten it, else 0. */
  public int hangUp() {
    if (!up) {
      return 0;
    }
    up = false;
    try {
      String uri = answer.contactUri().isEmpty() ? uri() : answer.contactUri();
      String bye = request("BYE", uri, answer.header("To"), 2, branch(), "");
      return exchange(bye, BYE_LIMIT, m -> m.status() >= 200 && m.answeredMethod().equals("BYE"))
          .status();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Presses these keys (0-9, * and #) one after the other, as telephone events (RFC 4733). */
  public void press(String keys) {
    keypad.press(keys, answer.body());
  }

  /**
   * Says 20 ms; to be called fifty times a second. In the first seconds our ACK is sent again now
   * and then, which harms nothing: if it was lost, the PBX would end the call after half a minute.
   */
  public void talk() {
    try {
      keypad.say(answer.body());
      if (spoken < ACK_UNTIL && spoken % ACK_EVERY == 0) {
        acknowledge(answer, branch());
      }
      spoken++;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the PBX hung up by itself; known once {@link #hangUp} has been called. */
  public boolean endedByPbx() {
    return endedByPbx;
  }

  @Override
  public void close() {
    try (socket;
        keypad) {
      hangUp();
    }
  }

  private void invite(Duration limit) throws IOException {
    long start = System.nanoTime();
    String branch = branch();
    String invite = request("INVITE", uri(), "<" + uri() + ">", 1, branch, sdp());
    SipText last =
        exchange(invite, limit, m -> m.status() >= 200 && m.answeredMethod().equals("INVITE"));
    if (last.status() == 0) {
      String cancel = request("CANCEL", uri(), "<" + uri() + ">", 1, branch, "");
      last = exchange(cancel, T1, m -> m.status() >= 200 && m.answeredMethod().equals("INVITE"));
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    if (last.status() == 0 || last.status() == 487) {
      acknowledge(last, branch);
      result = new CallResult(0, "", took);
      return;
    }
    answer = last;
    acknowledge(last, branch);
    up = last.status() < 300;
    result = new CallResult(last.status(), last.header("Server"), took);
  }

  /** An ACK to a 2xx is a transaction of its own, to a refusal part of the INVITE's. */
  private void acknowledge(SipText last, String branch) throws IOException {
    if (last.status() == 0) {
      return;
    }
    boolean accepted = last.status() < 300;
    String uri = accepted && !last.contactUri().isEmpty() ? last.contactUri() : uri();
    send(request("ACK", uri, last.header("To"), 1, accepted ? branch() : branch, ""));
  }

  /** Sends until what we wait for, or a provisional answer, comes; status 0 if it never does. */
  private SipText exchange(String request, Duration limit, Predicate<SipText> done)
      throws IOException {
    long end = System.nanoTime() + limit.toNanos();
    long interval = T1.toNanos();
    long resend = System.nanoTime();
    boolean provisional = false;
    while (System.nanoTime() < end) {
      if (!provisional && System.nanoTime() >= resend) {
        send(request);
        resend = System.nanoTime() + interval;
        interval *= 2;
      }
      SipText message = receive(provisional ? end : Math.min(end, resend));
      if (done.test(message)) {
        return message;
      }
      provisional |= message.status() >= 100 && message.status() < 200;
      if (message.method().equals("BYE")) {
        endedByPbx = true;
        send(SipAnswerer.response(message, "200 OK", here, ""));
      }
    }
    return SipText.NONE;
  }

  private SipText receive(long until) throws IOException {
    long left = Math.max(1, (until - System.nanoTime()) / 1_000_000);
    socket.setSoTimeout((int) left);
    DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
    try {
      socket.receive(packet);
      return SipText.of(packet);
    } catch (SocketTimeoutException e) {
      return SipText.NONE;
    }
  }

  private void send(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try {
      socket.send(new DatagramPacket(bytes, bytes.length, pbx));
    } catch (NoRouteToHostException | PortUnreachableException e) {
      // a cut cable: the same to us as no answer
    }
  }

  private String request(
      String method, String uri, String to, int sequence, String branch, String body) {
    String head =
        String.join(
            "\r\n",
            method + " " + uri + " SIP/2.0",
            "Via: SIP/2.0/UDP " + here + ";rport;branch=" + branch,
            "Max-Forwards: 70",
            "From: " + from,
            "To: " + to,
            "Call-ID: " + callId,
            "CSeq: " + sequence + " " + method,
            "Contact: <sip:lab@" + here + ">",
            "Content-Type: application/sdp",
            "Content-Length: " + body.length());
    return head + "\r\n\r\n" + body;
  }

  private String uri() {
    return "sip:"
        + (number.isEmpty() ? "" : number + "@")
        + pbx.getHostString()
        + ":"
        + pbx.getPort();
  }

  private static String branch() {
    return "z9hG4bK" + UUID.randomUUID();
  }

  private String sdp() {
    return SipAnswerer.sdp(socket.getLocalAddress().getHostAddress(), keypad.port());
  }
}
