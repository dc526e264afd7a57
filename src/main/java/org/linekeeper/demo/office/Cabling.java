package org.linekeeper.demo.office;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import org.linekeeper.demo.link.Link;
import org.linekeeper.demo.link.Network;
import org.linekeeper.demo.link.PeerRelay;
import org.linekeeper.demo.link.TcpRelay;
import org.linekeeper.demo.link.UdpRelay;
import org.linekeeper.demo.pbx.SimulatedPbx;
import org.linekeeper.journal.PeerKeys;
import org.linekeeper.net.IoLoop;

/**
 * How several watchers reach each other, the PBXs and the carrier: by relays only, so that each way
 * can be cut. One set of files serves all of them; where each finds its own relays stands in its
 * environment, as in an office.
 */
final class Cabling implements AutoCloseable {
  static final String CARRIER = "carrier";
  private static final String HERE = "127.0.0.1";
  private static final int LAST_PORT = 65_535;

  /** From here on they listen for each other; with a 1 before the usual port. */
  private static final int JOURNALS = 17_070;

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final IoLoop loop;
  private final Network network;
  private final List<String> watchers;
  private final Map<String, Integer> seats = new LinkedHashMap<>();
  private final Map<String, Map<String, String>> environments = new HashMap<>();
  private final List<Link> links = new ArrayList<>();

  private Cabling(IoLoop loop, Network network, List<String> watchers) {
    this.loop = loop;
    this.network = network;
    this.watchers = watchers;
  }

  /**
   * Makes keys and opens the relays.
   *
   * @param keys directory for the keys
   * @param webPort of the demo's page; the watchers' own are the next ones that are free
   * @throws IOException if there are no free ports, or no keys can be made
   */
  static Cabling lay(
      IoLoop loop,
      Network network,
      List<String> watchers,
      Path keys,
      PbxPair pbxs,
      URI carrier,
      int webPort)
      throws IOException {
    Cabling cabling = new Cabling(loop, network, watchers);
    try {
      cabling.lay(keys, pbxs, carrier, webPort);
      return cabling;
    } catch (IOException | RuntimeException e) {
      cabling.close();
      throw e;
    }
  }

  private void lay(Path keys, PbxPair pbxs, URI carrier, int webPort) throws IOException {
    Map<String, String> hosts = new LinkedHashMap<>();
    watchers.forEach(watcher -> hosts.put(watcher, HERE));
    PeerKeys.make(keys, hosts);
    Map<String, SSLContext> contexts = PeerRelay.keys(keys, watchers);
    int web = webPort;
    int journal = JOURNALS;
    for (String watcher : watchers) {
      Map<String, String> environment = new HashMap<>(System.getenv());
      environments.put(watcher, environment);
      environment.put("WATCHER", watcher);
      environment.put("JOURNAL", "journal/" + watcher);
      web = free(web + 1);
      environment.put("WEB_PORT", text(web));
      journal = free(journal + 1);
      environment.put("JOURNAL_PORT", text(journal));
      seats.put(watcher, peers(watcher, new InetSocketAddress(HERE, journal), contexts));
      for (SimulatedPbx pbx : pbxs.both()) {
        pbx(watcher, pbx, environment);
      }
      environment.put("CARRIER", carrier(watcher, carrier));
    }
  }

  private int peers(String watcher, InetSocketAddress to, Map<String, SSLContext> keys)
      throws IOException {
    watchers.stream()
        .filter(other -> !seats.containsKey(other) && !other.equals(watcher))
        .forEach(other -> links.add(new Link(watcher, other)));
    return kept(PeerRelay.open(network, watcher, to, keys)).address().getPort();
  }

  private void pbx(String watcher, SimulatedPbx pbx, Map<String, String> environment)
      throws IOException {
    String name = pbx.settings().name();
    Link link = link(watcher, name);
    TcpRelay ami = kept(TcpRelay.open(network, link, pbx.amiAddress()));
    UdpRelay sip = kept(UdpRelay.open(loop, network, link, pbx.sipAddress()));
    environment.put(variable(name, "AMI"), text(ami.address().getPort()));
    environment.put(variable(name, "SIP"), text(sip.address().getPort()));
  }

  private String carrier(String watcher, URI carrier) throws IOException {
    Link link = link(watcher, CARRIER);
    InetSocketAddress to = new InetSocketAddress(carrier.getHost(), carrier.getPort());
    return "http://" + HERE + ":" + kept(TcpRelay.open(network, link, to)).address().getPort();
  }

  private Link link(String watcher, String other) {
    Link link = new Link(watcher, other);
    links.add(link);
    return link;
  }

  private static String variable(String pbx, String what) {
    return pbx.toUpperCase(Locale.ROOT) + "_" + what;
  }

  private static String text(int port) {
    return Integer.toString(port);
  }

  /**
   * The first one from there on that is free. Not any: those that the system gives away it may give
   * to the next connection, before a watcher listens there, or while it is dead.
   */
  private static int free(int from) throws IOException {
    InetAddress here = InetAddress.getByName(HERE);
    for (int port = from; port <= LAST_PORT; port++) {
      try (ServerSocket socket = new ServerSocket(port, 1, here)) {
        return socket.getLocalPort();
      } catch (BindException taken) {
        // the next one
      }
    }
    throw new IOException("No port is free from " + from + " on.");
  }

  private <T extends AutoCloseable> T kept(T part) {
    open.push(part);
    return part;
  }

  /** All links there are. */
  List<Link> links() {
    return List.copyOf(links);
  }

  /** What {@code ${env:NAME}} stands for at that watcher. */
  Map<String, String> environment(String watcher) {
    return Objects.requireNonNull(environments.get(watcher));
  }

  /** What the files say where watchers differ. */
  Map<String, String> values() {
    Map<String, String> values = new HashMap<>();
    for (String name :
        List.of("WATCHER", "JOURNAL", "WEB_PORT", "PRIMARY_AMI", "STANDBY_AMI", "CARRIER")) {
      values.put(name.toLowerCase(Locale.ROOT).replace('_', '-'), reference(name));
    }
    values.put("primary-sip", reference("PRIMARY_SIP"));
    values.put("standby-sip", reference("STANDBY_SIP"));
    values.put("watchers", section());
    return values;
  }

  private static String reference(String variable) {
    return "\"${env:" + variable + "}\"";
  }

  private String section() {
    StringBuilder text = new StringBuilder();
    text.append("  keys: keys\n  bind: 127.0.0.1\n  port: ");
    text.append(reference("JOURNAL_PORT"));
    text.append(
        "\n\n# The ports are those of the demo's relays, so that it can cut what is between");
    text.append("\n# the watchers; behind them they listen elsewhere, and so does everybody else.");
    text.append("\nwatchers:");
    List<String> besides = List.of(", beside: primary", ", beside: standby", "");
    seats.forEach(
        (watcher, port) ->
            text.append(
                "\n  %s: {host: %s, port: %d, failure-domain: room of %s%s}"
                    .formatted(
                        watcher, HERE, port, watcher, besides.get(watchers.indexOf(watcher)))));
    return text.append('\n').toString();
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException("a relay does not close", e);
      }
    }
  }
}
