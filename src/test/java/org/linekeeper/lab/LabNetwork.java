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
 */
public final class LabNetwork implements AutoCloseable {
  private static final int SUBNETS = 250;

  private final int subnet;
  private int hosts;
  private final Thread atExit = new Thread(this::remove, "lab-network-removal");

  private LabNetwork(int subnet) {
    this.subnet = subnet;
  }

  /** A new network, after the leftovers of crashed runs have been removed. Needs root. */
  public static LabNetwork create() {
    AsteriskRoot.ensureTools();
    Leftovers.remove();
    long own = ProcessHandle.current().pid();
    for (int i = 0; i < SUBNETS; i++) {
      LabNetwork network = new LabNetwork((int) ((own + i) % SUBNETS) + 1);
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
    return LabHost.plugIn(this, name, address(11 + index), port);
  }

  /** The other one of a pair: of the first two hosts, whether it is there yet or not. */
  String peerOf(LabHost host) {
    return host.address().equals(address(11)) ? address(12) : address(11);
  }

  /** Where Linekeeper and the simulated carrier are, as seen by the PBXs. */
  public String watcherAddress() {
    return address(1);
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

  String namespace(String host) {
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
