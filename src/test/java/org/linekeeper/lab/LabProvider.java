package org.linekeeper.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A provider whose trunks register (RFC 3261 section 10) with a password (RFC 2617, without qop),
 * and who sends calls to whoever registered last.
 */
public final class LabProvider implements AutoCloseable {
  static final String USER = "office";
  static final String PASSWORD = "lab-provider";
  private static final String REALM = "provider";
  private static final String NONCE = "0a4f113b";
  private static final Pattern PARAMETER = Pattern.compile("(\\w+)=\"?([^\",]+)\"?");

  private final DatagramSocket socket;
  private final String here;
  private final SipCaller caller;

  /** The hosts that are registered, the newest last. */
  private final Set<String> registered = new LinkedHashSet<>();

  private volatile String refused = "";

  private LabProvider(DatagramSocket socket, SipCaller caller) {
    this.socket = socket;
    this.here = socket.getLocalAddress().getHostAddress() + ":" + socket.getLocalPort();
    this.caller = caller;
  }

  /** Listens until closed where the lab's registering PBXs are told to register. */
  public static LabProvider open(LabNetwork network) {
    InetSocketAddress at = address(network);
    try {
      LabProvider provider =
          new LabProvider(
              new DatagramSocket(at.getPort(), InetAddress.getByName(at.getHostString())),
              new SipCaller(network.carrierSip()));
      Thread thread = new Thread(provider::serve, "lab-provider");
      thread.setDaemon(true);
      thread.start();
      return provider;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The PBXs know it by its host as the carrier. */
  static InetSocketAddress address(LabNetwork network) {
    return new InetSocketAddress(network.carrierSip().getHostString(), 5070);
  }

  /** What an Asterisk's pjsip.conf says of a registration at it, named {@code provider}. */
  public static String registration(LabNetwork network) {
    return PbxFiles.provider(network);
  }

  /** Calls the main line as the provider does, and tells how the PBX answered; 480 if none. */
  public CallResult call(Duration limit) {
    return newest()
        .map(host -> caller.call(new InetSocketAddress(host, 5060), LabOffice.MAIN, limit))
        .orElseGet(() -> new CallResult(480, "", Duration.ZERO));
  }

  /** Whether calls would go to that PBX. */
  public boolean sendsTo(LabPbx pbx) {
    return newest().equals(Optional.of(pbx.host().address()));
  }

  /** Whether that PBX is registered, newest or not. */
  public synchronized boolean knows(LabPbx pbx) {
    return registered.contains(pbx.host().address());
  }

  /** Forbids that PBX to register from now on; {@link #refuseNobody} ends it. */
  public void refuse(LabPbx pbx) {
    refused = pbx.host().address();
  }

  /** Everybody with the password may register. */
  public void refuseNobody() {
    refused = "";
  }

  private synchronized Optional<String> newest() {
    return registered.stream().reduce((older, newer) -> newer);
  }

  private void serve() {
    DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
    try {
      while (!socket.isClosed()) {
        packet.setLength(65_535);
        socket.receive(packet);
        SipText request = SipText.of(packet);
        if (request.method().equals("REGISTER")) {
          byte[] bytes =
              answer(request, packet.getAddress().getHostAddress())
                  .getBytes(StandardCharsets.UTF_8);
          socket.send(new DatagramPacket(bytes, bytes.length, packet.getSocketAddress()));
        }
      }
    } catch (IOException e) {
      if (!socket.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private synchronized String answer(SipText request, String from) {
    if (from.equals(refused)) {
      return SipAnswerer.response(request, "403 Forbidden", here, "");
    }
    if (!knowsThePassword(request.header("Authorization"))) {
      return SipAnswerer.response(request, "401 Unauthorized", here, "")
          .replaceFirst(
              "\r\n",
              "\r\nWWW-Authenticate: Digest realm=\"" + REALM + "\", nonce=\"" + NONCE + "\"\r\n");
    }
    boolean leaves =
        request.header("Expires").equals("0") || request.header("Contact").contains("expires=0");
    registered.remove(from);
    if (!leaves) {
      registered.add(from);
    }
    String contact = request.header("Contact");
    return SipAnswerer.response(request, "200 OK", here, "")
        .replaceFirst(
            "Contact: .*\r\n",
            leaves ? "" : Matcher.quoteReplacement("Contact: " + contact + ";expires=60\r\n"));
  }

  private static boolean knowsThePassword(String authorization) {
    String uri = parameter(authorization, "uri");
    String who = md5(USER + ":" + REALM + ":" + PASSWORD);
    String expected = md5(who + ":" + NONCE + ":" + md5("REGISTER:" + uri));
    return parameter(authorization, "response").equals(expected);
  }

  private static String parameter(String header, String name) {
    return PARAMETER
        .matcher(header)
        .results()
        .filter(found -> found.group(1).equals(name))
        .map(found -> found.group(2))
        .findFirst()
        .orElse("");
  }

  private static String md5(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
