package org.linekeeper.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One bridge with an own /24 of the benchmark range (RFC 2544, 198.18.0.0/15), and hosts as network
 * namespaces on it. The machine's own end of the bridge is where Linekeeper and the carrier stand;
 * phones and the fake emergency service have addresses of their own there. Several labs can run
 * side by side on one machine; what a crashed run left behind is removed by the next.
 *
 * <p>In a {@link #isolated} network the machine itself is no host: carrier, phones and watcher are
 * namespaces with one cable each, and so is the switch, so that a cable that is pulled cuts off
 * everybody who has to go through it.
 */
public final class LabNetwork implements AutoCloseable {
  private static final int SUBNETS = 250;

  private final int subnet;
  private final boolean isolated;
  private boolean pluggedIn;
  private int hosts;
  private final Thread atExit = new Thread(this::remove, "lab-network-removal");

  private LabNetwork(int subnet, boolean isolated) {
    this.subnet = subnet;
    this.isolated = isolated;
  }

  /** A new network, after the leftovers of crashed runs have been removed. Needs root. */
  public static LabNetwork create() {
    return create(false);
  }

  /** A new network in which the machine itself is no host; plug in all of them. Needs root. */
  public static LabNetwork isolated() {
    return create(true);
  }

  /**
   * The isolated network of that number as seen by a process that its owner started in it, after
   * plugging in every host: a namespace that is made inside another one is not seen outside.
   */
  public static LabNetwork inside(int number) {
    LabNetwork network = new LabNetwork(number, true);
    network.pluggedIn = true;
    return network;
  }

  /** Tells it from other labs, from 1; see {@link #inside}. */
  public int number() {
    return subnet;
  }

  private static LabNetwork create(boolean isolated) {
    AsteriskRoot.ensureTools();
    Leftovers.remove();
    long own = ProcessHandle.current().pid();
    for (int i = 0; i < SUBNETS; i++) {
      LabNetwork network = new LabNetwork((int) ((own + i) % SUBNETS) + 1, isolated);
      if (network.claim()) {
        Runtime.getRuntime().addShutdownHook(network.atExit);
        return network;
      }
    }
    throw new IllegalStateException("all " + SUBNETS + " lab networks are taken");
  }

  private boolean claim() {
    // creating the bridge is the atomic claim of the subnet
    if (Shell.attempt(Shell.USUAL, List.of("ip", "link", "add", bridge(), "type", "bridge")).exit()
        != 0) {
      return false;
    }
    Shell.run("ip", "link", "set", bridge(), "alias", Leftovers.mark());
    if (isolated) {
      // the bridge in the machine's own namespace stays empty: it is the claim and no more
      Shell.run("ip", "netns", "add", namespace("switch"));
      Shell.run(atSwitch("link", "add", bridge(), "type", "bridge"));
      Shell.run(atSwitch("link", "set", bridge(), "up"));
      return true;
    }
    for (int host = 1; host <= 5; host++) {
      Shell.run("ip", "addr", "add", address(host) + "/24", "dev", bridge());
    }
    Shell.run("ip", "link", "set", bridge(), "up");
    return true;
  }

  /** A new host; the first gets .11, the second .12, and so on. */
  public LabHost host(String name) {
    int index = hosts++;
    // at most 15 characters, the kernel's limit for the name of an interface
    String port = "lkp" + subnet + "-" + index;
    return pluggedIn
        ? LabHost.known(this, name, address(11 + index), port)
        : LabHost.plugIn(this, name, address(11 + index), port);
  }

  /** The other one of a pair: of the first two hosts, whether it is there yet or not. */
  String peerOf(LabHost host) {
    return host.address().equals(address(11)) ? address(12) : address(11);
  }

  /** A new host with that last octet, for those that are found by their address. */
  public LabHost host(String name, int octet) {
    return LabHost.plugIn(this, name, address(octet), "lkp" + subnet + "-h" + octet);
  }

  /** A host of an isolated network that somebody else plugged in. */
  public LabHost known(String name, int octet) {
    return LabHost.known(this, name, address(octet), "lkp" + subnet + "-h" + octet);
  }

  /** A command of {@code ip} where the cables end. */
  String[] atSwitch(String... words) {
    List<String> command = new java.util.ArrayList<>(List.of("ip"));
    if (isolated) {
      command.addAll(List.of("-n", namespace("switch")));
    }
    command.addAll(List.of(words));
    return command.toArray(String[]::new);
  }

  /** A command that runs where the cables end. */
  public List<String> commandAtSwitch(String... words) {
    List<String> command = new java.util.ArrayList<>();
    if (isolated) {
      command.addAll(List.of("ip", "netns", "exec", namespace("switch")));
    }
    command.addAll(List.of(words));
    return command;
  }

  /** Whether carrier, phones and watcher are hosts of their own. */
  public boolean isIsolated() {
    return isolated;
  }

  /** Where Linekeeper is, as seen by the PBXs; and the simulated carrier, unless isolated. */
  public String watcherAddress() {
    return address(isolated ? 4 : 1);
  }

  /** From where the tests' own eyes and hands reach the PBXs. */
  public String witnessAddress() {
    return address(1);
  }

  /** Free for an address that moves from PBX to PBX. */
  public String serviceAddress() {
    return address(50);
  }

  /** Where the carrier's SIP comes from and goes to. Bind the simulated carrier's SIP here. */
  public InetSocketAddress carrierSip() {
    return new InetSocketAddress(address(1), 5060);
  }

  /** The desk phone in reception. */
  public InetSocketAddress phoneSip() {
    return new InetSocketAddress(address(2), 5060);
  }

  /** The fake emergency service, the only thing that 999 and 112 reach in the lab. */
  public InetSocketAddress emergencySip() {
    return new InetSocketAddress(address(3), 5060);
  }

  /**
   * A watcher, and whoever else is on its machine; the first watcher shares the carrier's address,
   * and is taken for the carrier.
   */
  public InetSocketAddress secondWatcher() {
    return new InetSocketAddress(address(4), 5060);
  }

  /** An address that no host has at first, for the PBX that serves. */
  String floatingAddress() {
    return address(99);
  }

  /** Somebody whom no PBX knows. */
  public InetSocketAddress stranger() {
    return new InetSocketAddress(address(5), 5060);
  }

  String bridge() {
    return "lkb" + subnet;
  }

  /** The network namespace of a host of that name. */
  public String namespace(String host) {
    return "lk" + subnet + "-" + host;
  }

  /** Where a host's files are kept for whoever wants to know why a test failed. */
  Path directory(String host) {
    try {
      return Files.createDirectories(
          Path.of("target", "lab", "net" + subnet + "-" + host).toAbsolutePath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String address(int host) {
    return "198.18." + subnet + "." + host;
  }

  private void remove() {
    Leftovers.removeNetwork(bridge());
  }

  @Override
  public void close() {
    remove();
    Runtime.getRuntime().removeShutdownHook(atExit);
  }
}
