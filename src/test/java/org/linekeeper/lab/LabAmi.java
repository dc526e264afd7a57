package org.linekeeper.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** A plain AMI connection of the tests' own: what it sees is not seen through the product. */
public final class LabAmi implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final Socket socket;
  private final OutputStream out;
  private final List<Map<String, String>> packets = new CopyOnWriteArrayList<>();
  private final AtomicInteger ids = new AtomicInteger();

  private LabAmi(Socket socket) throws IOException {
    this.socket = socket;
    this.out = socket.getOutputStream();
  }

  /** Logs in; fails if that takes longer than 5 s or is refused. */
  static LabAmi login(InetSocketAddress address, String user, String secret) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(address, (int) LIMIT.toMillis());
      LabAmi ami = new LabAmi(socket);
      Thread reader = new Thread(ami::read, "lab-ami-reader");
      reader.setDaemon(true);
      reader.start();
      Map<String, String> answer = ami.action("Login", Map.of("Username", user, "Secret", secret));
      if (!"Success".equals(answer.get("Response"))) {
        throw new IOException("AMI login as " + user + ": " + answer);
      }
      return ami;
    } catch (IOException | AssertionError e) {
      socket.close();
      throw e;
    }
  }

  /** Sends an action and gives its response; values may hold several lines of one header. */
  public Map<String, String> action(String name, Map<String, String> headers) {
    String id = "lab-" + ids.incrementAndGet();
    StringBuilder text = new StringBuilder("Action: " + name + "\r\nActionID: " + id + "\r\n");
    headers.forEach((header, value) -> text.append(header + ": " + value + "\r\n"));
    text.append("\r\n");
    try {
      synchronized (out) {
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return await(
        "response to " + name,
        LIMIT,
        packet -> packet.containsKey("Response") && id.equals(packet.get("ActionID")));
  }

  /** The first packet, since login, of this event for which this holds. */
  public Map<String, String> awaitEvent(
      String event, Duration limit, Predicate<Map<String, String>> holds) {
    return await(
        "event " + event, limit, packet -> event.equals(packet.get("Event")) && holds.test(packet));
  }

  /** The first user event of this name for which this holds. */
  public Map<String, String> awaitUserEvent(
      String name, Duration limit, Predicate<Map<String, String>> holds) {
    return awaitEvent(
        "UserEvent", limit, packet -> name.equals(packet.get("UserEvent")) && holds.test(packet));
  }

  /** Everything received so far. */
  public List<Map<String, String>> packets() {
    return List.copyOf(packets);
  }

  /** Reads a global variable; empty text if unset. */
  public String global(String name) {
    return action("Getvar", Map.of("Variable", name)).getOrDefault("Value", "");
  }

  /** Sets a global variable. */
  public Map<String, String> setGlobal(String name, String value) {
    return action("Setvar", Map.of("Variable", name, "Value", value));
  }

  /** Closes the gate for this long, by the PBX's own clock. */
  public void closeGate(Duration time) {
    long now = Long.parseLong(global("EPOCH"));
    setGlobal("LK_CLOSED_UNTIL", Long.toString(now + time.toSeconds()));
  }

  /** Opens the gate at once. */
  public void openGate() {
    setGlobal("LK_CLOSED_UNTIL", "0");
  }

  private Map<String, String> await(
      String what, Duration limit, Predicate<Map<String, String>> holds) {
    return Await.value(what, limit, () -> packets.stream().filter(holds).findFirst());
  }

  private void read() {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      Map<String, String> packet = new LinkedHashMap<>();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        int colon = line.indexOf(':');
        if (line.isEmpty()) {
          packets.add(Map.copyOf(packet));
          packet.clear();
        } else if (colon > 0) {
          packet.merge(
              line.substring(0, colon), line.substring(colon + 1).trim(), (a, b) -> a + "\n" + b);
        }
      }
    } catch (IOException e) {
      // closed by us, by the PBX or by a fault of the test's making: waiting for more will say so
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
