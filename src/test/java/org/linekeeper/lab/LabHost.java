package org.linekeeper.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A machine in the lab: a network namespace with one cable to the bridge, and a bad day ahead. */
public final class LabHost {
  private static final String CLEAR =
      """
      table inet faults {}
      delete table inet faults
      table netdev faults {}
      delete table netdev faults
      """;

  private final LabNetwork network;
  private final String name;
  private final String address;
  private final String namespace;
  private final String port;
  private final Path directory;

  private LabHost(LabNetwork network, String name, String address, String port) {
    this.network = network;
    this.name = name;
    this.address = address;
    this.namespace = network.namespace(name);
    this.port = port;
    this.directory = network.directory(name);
  }

  static LabHost plugIn(LabNetwork network, String name, String address, String port) {
    LabHost host = new LabHost(network, name, address, port);
    String ns = host.namespace;
    Shell.run("ip", "netns", "add", ns);
    Shell.run(
        network.atSwitch("link", "add", port, "type", "veth", "peer", "name", "eth0", "netns", ns));
    Shell.run(network.atSwitch("link", "set", port, "master", network.bridge(), "up"));
    Shell.run("ip", "-n", ns, "addr", "add", address + "/24", "dev", "eth0");
    Shell.run("ip", "-n", ns, "link", "set", "lo", "up");
    Shell.run("ip", "-n", ns, "link", "set", "eth0", "up");
    return host;
  }

  static LabHost known(LabNetwork network, String name, String address, String port) {
    return new LabHost(network, name, address, port);
  }

  /** Its name, as given. */
  public String name() {
    return name;
  }

  /** Its IPv4 address. */
  public String address() {
    return address;
  }

  /** Where its files are kept, after the test as well. */
  public Path directory() {
    return directory;
  }

  /** The network namespace that it is. */
  public String namespace() {
    return namespace;
  }

  /** A command that runs on it. */
  public List<String> command(String... words) {
    List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
    command.addAll(List.of(words));
    return command;
  }

  /** Gives it one more address, as a machine with several names has. */
  public void alias(String another) {
    Shell.run("ip", "-n", namespace, "addr", "add", another + "/24", "dev", "eth0");
  }

  /** Pulls the network cable: nothing arrives, nothing is refused, ARP goes unanswered. */
  public void cut() {
    Shell.run(cutCommand());
  }

  /** The command that {@link #cut} runs. */
  public String[] cutCommand() {
    return network.atSwitch("link", "set", port, "down");
  }

  /** Plugs the cable in again; removes no other fault. */
  public void heal() {
    Shell.run(network.atSwitch("link", "set", port, "up"));
  }

  /** Drops all IP both ways while the cable stays in and ARP is answered. */
  public void blackhole() {
    drop("drop");
  }

  /** Drops SIP over UDP both ways; AMI and all else goes on. */
  public void blockSip() {
    drop("udp dport 5060 drop; udp sport 5060 drop");
  }

  /** Drops AMI both ways without a word; SIP and all else goes on. */
  public void blockAmi() {
    drop("tcp dport 5038 drop; tcp sport 5038 drop");
  }

  /** Ends TCP connections to that port, with a reset, until {@link #clear}. */
  public void resetConnectionsTo(int port) {
    onArrival("tcp dport " + port + " reject with tcp reset");
  }

  /** Drops all that comes from there, without a word: as fail2ban's usual ban does. */
  public void ban(String address) {
    drop("ip saddr " + address + " drop");
  }

  /**
   * Rejects all that comes from there, by ICMP, as fail2ban does with {@code blocktype = REJECT
   * --reject-with icmp-port-unreachable}: what connects anew is refused, and a TCP session that is
   * up falls silent without an end.
   */
  public void banWithRejection(String address) {
    onArrival("ip saddr " + address + " reject with icmp type port-unreachable");
  }

  /** As a firewall does that is no fail2ban: the AMI session that is up is reset as well. */
  public void banWithReset(String address) {
    onArrival(
        "ip saddr "
            + address
            + " tcp dport 5038 reject with tcp reset; ip saddr "
            + address
            + " reject with icmp type port-unreachable");
  }

  /** Drops audio both ways; SIP and AMI go on. */
  public void blockAudio() {
    drop("udp dport 10000-10999 drop; udp sport 10000-10999 drop");
  }

  /** Drops audio on its way here; what it says itself gets out. */
  public void loseAudioTo() {
    drop("iifname eth0 udp dport 10000-10999 drop");
  }

  /**
   * Loses this share of the packets, in per cent, each way: 5 loses 9.75 % of round trips. To lose
   * them all, {@link #blackhole}.
   */
  public void lose(double percent) {
    if (percent <= 0 || percent >= 100) {
      throw new IllegalArgumentException("between 0 and 100, not " + percent);
    }
    // nft and not netem: many kernels, this lab's among them, come without the latter. At the cable
    // and not among the host's own filters: these tell the sender at once, as no lost packet does,
    // and take from what the host says to itself as well
    nft(
        CLEAR
            + """
            table netdev faults {
              chain in { type filter hook ingress device "eth0" priority 0; policy accept; %1$s; }
              chain out { type filter hook egress device "eth0" priority 0; policy accept; %1$s; }
            }
            """
                .formatted("numgen random mod 1000 < " + Math.round(percent * 10) + " drop"));
  }

  /**
   * Lets each packet take a time of its own, evenly distributed from nothing to this, each way;
   * later ones overtake earlier ones, as with netem's jitter. Until that is closed.
   */
  public Jitter jitter(Duration longest) {
    return Jitter.on(network, namespace, port, directory, longest);
  }

  /** Drops everything to and from these, and to and from nobody else. */
  public void loseSightOf(String... others) {
    String set = "{ " + String.join(", ", others) + " }";
    drop("ip daddr " + set + " drop; ip saddr " + set + " drop");
  }

  /** Drops what watchers say to each other; all else goes on. */
  public void cutOffFromWatchers() {
    drop("tcp dport 7070 drop; tcp sport 7070 drop");
  }

  /** Ends all that drops packets; the cable has {@link #heal}. */
  public void clear() {
    nft(CLEAR);
  }

  private void drop(String rules) {
    fault(chain("input", rules) + chain("output", rules));
  }

  private void onArrival(String rules) {
    fault(chain("input", rules));
  }

  private static String chain(String hook, String rules) {
    return "  chain %1$s { type filter hook %1$s priority 0; policy accept; %2$s; }\n"
        .formatted(hook, rules);
  }

  /** One fault at a time: a new one takes the place of the last. */
  private void fault(String chains) {
    nft(CLEAR + "table inet faults {\n" + chains + "}\n");
  }

  private void nft(String script) {
    Path file = directory.resolve("faults.nft");
    try {
      Files.writeString(file, script);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Shell.run(Shell.USUAL, List.of("ip", "netns", "exec", namespace, "nft", "-f", file.toString()));
  }
}
