package org.linekeeper.gameday;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.linekeeper.lab.LabHost;

/**
 * What watchers tell the PBXs to do, as it arrives there: every AMI action that does more than look
 * or try a call. The lab's AMI is not encrypted.
 */
final class Orders implements AutoCloseable {
  /** What is not among these counts as an order, so that a new action is not overlooked. */
  private static final Set<String> LOOKING =
      Set.of(
          "login",
          "logoff",
          "challenge",
          "events",
          "ping",
          "listcommands",
          "corestatus",
          "coresettings",
          "coreshowchannels",
          "getvar",
          "dbget",
          "dbgettree",
          "showdialplan",
          "queuestatus",
          "pjsipshowaors",
          "pjsipshowregistrationsoutbound",
          "originate");

  private static final Pattern PACKET =
      Pattern.compile("^(\\d+)\\.(\\d{6}) .*?IP (\\d+\\.\\d+\\.\\d+\\.\\d+)\\.\\d+ > ");
  private static final Pattern ACTION = Pattern.compile("(?i)action: ([a-z]+)");

  private final List<Order> orders = new CopyOnWriteArrayList<>();
  private final List<Listening> ears;

  private record Order(Instant at, String from, String pbx, String action) {}

  /** The packets of one host, a line at a time. */
  private final class Reader {
    private final String pbx;
    private Instant at = Instant.EPOCH;
    private String from = "";

    private Reader(String pbx) {
      this.pbx = pbx;
    }

    private void line(String line) {
      Matcher packet = PACKET.matcher(line);
      if (packet.find()) {
        at = Listening.time(packet);
        from = packet.group(3);
      }
      Matcher action = ACTION.matcher(line);
      while (action.find()) {
        String name = action.group(1);
        if (!LOOKING.contains(name.toLowerCase(Locale.ROOT))) {
          orders.add(new Order(at, from, pbx, name));
        }
      }
    }
  }

  private Orders(List<LabHost> pbxs) {
    ears =
        pbxs.stream()
            .map(
                host ->
                    Listening.packets(
                        host,
                        "orders",
                        new Reader(host.name())::line,
                        "-A",
                        "-i",
                        "any",
                        "tcp dst port 5038"))
            .toList();
  }

  static Orders follow(LabHost... pbxs) {
    return new Orders(List.of(pbxs));
  }

  /** What that address told any of them from then on, such as {@code SetVar at the standby}. */
  List<String> by(String address, Instant from) {
    if (!ears.stream().allMatch(Listening::goesOn)) {
      throw new IllegalStateException("tcpdump has ended, so nobody knows what was ordered");
    }
    return orders.stream()
        .filter(order -> order.from.equals(address) && order.at.isAfter(from))
        .map(order -> order.at + " " + order.action + " at the " + order.pbx)
        .distinct()
        .toList();
  }

  /** How many there were, by anybody: none at all means that nobody listens. */
  int heard() {
    return orders.size();
  }

  @Override
  public void close() {
    ears.forEach(Listening::close);
  }
}
