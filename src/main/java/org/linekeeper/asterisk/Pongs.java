package org.linekeeper.asterisk;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.linekeeper.asterisk.AmiWire.Pong;

/**
 * Our own pings on a connection that the library thinks is its own: writes them, and takes the
 * answers out of what is read before the library sees it. Ten a second of every PBX would cost ten
 * times as much through the library, which builds and reads its actions by reflection. For one
 * thread.
 */
final class Pongs {
  private static final String ID = "ActionID: lk-ping-";
  private static final String RESPONSE = "Response: ";

  private final Consumer<String> library;
  private final Map<Long, Consumer<Pong>> waiting = new HashMap<>();
  private long latest;
  private boolean packetBegins = true;
  private @Nullable String response;
  private @Nullable Consumer<Pong> taking;
  private boolean ours;
  private boolean success;
  private String clock = "";
  private String message = "";

  /** Everything that is no answer to a ping goes to {@code library}, line by line. */
  Pongs(Consumer<String> library) {
    this.library = library;
  }

  /** A new ping, as it is sent. */
  byte[] next(Consumer<Pong> heard) {
    waiting.put(++latest, heard);
    return ("Action: Ping\r\n" + ID + latest + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
  }

  /** The number of the newest ping. */
  long latest() {
    return latest;
  }

  void forget(long ping) {
    waiting.remove(ping);
  }

  /** The connection has ended, so none will be answered. */
  void end() {
    List<Consumer<Pong>> all = List.copyOf(waiting.values());
    waiting.clear();
    all.forEach(heard -> heard.accept(Pong.ENDED));
  }

  /** One more line from the PBX. Asterisk says the ActionID just after the first line. */
  void line(String line) {
    String held = response;
    response = null;
    if (ours) {
      own(line);
    } else if (packetBegins && line.startsWith(RESPONSE)) {
      response = line;
    } else if (held != null && line.startsWith(ID)) {
      begin(held, line);
    } else {
      if (held != null) {
        library.accept(held);
      }
      library.accept(AmiLines.withoutSecret(line));
    }
    packetBegins = line.isEmpty();
  }

  private void begin(String first, String id) {
    ours = true;
    success = first.substring(RESPONSE.length()).trim().equals("Success");
    clock = "";
    message = "";
    try {
      taking = waiting.remove(Long.parseLong(id.substring(ID.length()).trim()));
    } catch (NumberFormatException notOurs) {
      taking = null;
    }
  }

  private void own(String line) {
    if (line.isEmpty()) {
      Consumer<Pong> heard = taking;
      ours = false;
      taking = null;
      if (heard != null) {
        heard.accept(new Pong(success, clock, message));
      }
    } else if (line.startsWith("Timestamp:")) {
      clock = line.substring("Timestamp:".length()).trim();
    } else if (line.startsWith("Message:")) {
      message = line.substring("Message:".length()).trim();
    }
  }
}
