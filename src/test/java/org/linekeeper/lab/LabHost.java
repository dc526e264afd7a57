package org.linekeeper.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A machine in the lab: a network namespace with one cable to the bridge, and a bad day ahead. */
public final class LabHost {
  private final String name;
  private final String address;
  private final String namespace;
  private final String port;
  private final Path directory;

  private LabHost(LabNetwork network, String name, String address, String port) {
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
    Shell.run("ip", "link", "add", port, "type", "veth", "peer", "name", "eth0", "netns", ns);
    Shell.run("ip", "link", "set", port, "master", network.bridge(), "up");
    Shell.run("ip", "-n", ns, "addr", "add", address + "/24", "dev", "eth0");
    Shell.run("ip", "-n", ns, "link", "set", "lo", "up");
    Shell.run("ip", "-n", ns, "link", "set", "eth0", "up");
    return host;
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

  /** Its network namespace. */
  public String namespace() {
    return namespace;
  }

  /** Pulls the network cable: nothing arrives, nothing is refused, ARP goes unanswered. */
  public void cut() {
    Shell.run("ip", "link", "set", port, "down");
  }

  /** Plugs the cable in again; removes no other fault. */
  public void heal() {
    Shell.run("ip", "link", "set", port, "up");
  }

  /** Drops all IP both ways while the cable stays in and ARP is answered. */
  public void blackhole() {
    drop("drop");
  }

  /** Drops SIP over UDP both ways; AMI and all else goes on. */
  public void blockSip() {
    drop("udp dport 5060 drop; udp sport 5060 drop");
  }

  /** Drops audio both ways; SIP and AMI go on. */
  public void blockAudio() {
    drop("udp dport 10000-10999 drop; udp sport 10000-10999 drop");
  }

  /**
   * Loses this share of the packets, in per cent, each way: 5 loses 9.75 % of round trips. To lose
   * them all, {@link #blackhole}.
   */
  public void lose(double percent) {
    if (percent <= 0 || percent >= 100) {
      throw new IllegalArgumentException("between 0 and 100, not " + percent);
    }
    // nft and not netem: many kernels, this lab's among them, come without the latter
    drop("numgen random mod 1000 < " + Math.round(percent * 10) + " drop");
  }

  /** Ends {@link #blackhole}, {@link #blockSip}, {@link #blockAudio} and {@link #lose}. */
  public void clear() {
    nft("table inet faults {}\ndelete table inet faults\n");
  }

  /** One fault at a time: a new one takes the place of the last. */
  private void drop(String rules) {
    nft(
        """
        table inet faults {}
        delete table inet faults
        table inet faults {
          chain in { type filter hook input priority 0; policy accept; %1$s; }
          chain out { type filter hook output priority 0; policy accept; %1$s; }
        }
        """
            .formatted(rules));
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
