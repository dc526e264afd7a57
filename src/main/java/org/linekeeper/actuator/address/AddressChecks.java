package org.linekeeper.actuator.address;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.linekeeper.actuator.program.Ended;
import org.linekeeper.actuator.program.Programs;
import org.linekeeper.check.CheckResult;
import org.linekeeper.estate.FloatingAddress;

/**
 * Could this host take the floating address, and would its Asterisk answer from it? Changes
 * nothing.
 */
public final class AddressChecks {
  private static final String WHAT = "floating address";
  private static final int NET_ADMIN = 12;
  private static final int NET_RAW = 13;

  private final Path proc;
  private final List<Path> programs;
  private final IpCommand ip;

  /** Of this machine. */
  public AddressChecks() {
    this(
        Path.of("/proc"),
        Stream.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin")
            .map(Path::of)
            .toList(),
        List.of());
  }

  /**
   * @param prefix before each command
   */
  AddressChecks(Path proc, List<Path> programs, List<String> prefix) {
    this.proc = proc;
    this.programs = programs;
    this.ip = new IpCommand(new Programs(Runnable::run), prefix); // nothing to do meanwhile
  }

  /**
   * Everything that can be looked at while the address is elsewhere.
   *
   * @param standby name or address of the PBX on whose host this watcher stands
   * @param port where its SIP is
   * @param tcp whether that is TCP
   */
  public List<CheckResult> look(FloatingAddress address, String standby, int port, boolean tcp) {
    List<CheckResult> results = new ArrayList<>();
    results.add(place(address, standby));
    results.addAll(here(address, port, tcp));
    return results;
  }

  /**
   * The same of this host, whichever PBX's it is.
   *
   * @param port where the SIP of the PBX here is
   * @param tcp whether that is TCP
   */
  public List<CheckResult> here(FloatingAddress address, int port, boolean tcp) {
    List<CheckResult> results = new ArrayList<>();
    results.add(device(address));
    results.add(means(address));
    if (address.leased() && !missing("nft")) {
      results.add(gate());
    }
    if (address.leased() && !missing("ip")) {
      address.addresses().stream()
          .filter(one -> ip.forGood(one, address.device()))
          .forEach(one -> results.add(forGood(one)));
    }
    for (String one : address.addresses()) {
      results.add(bindable(one));
      results.add(bound(one, port, tcp));
    }
    return results;
  }

  private static CheckResult forGood(String address) {
    return CheckResult.failure(
        WHAT,
        "something else than Linekeeper has given "
            + address
            + " to this host for good: two hosts have it when the watchers agree on the other one",
        "Take it out of the network configuration, \"systemctl disable --now linekeeper-address\" if"
            + " that is there, and \"ip address del\"; Linekeeper adds it again.");
  }

  private static CheckResult place(FloatingAddress address, String standby) {
    try {
      boolean here = false;
      for (InetAddress of : InetAddress.getAllByName(standby)) {
        here = here || NetworkInterface.getByInetAddress(of) != null;
      }
      return here
          ? CheckResult.ok(WHAT, "this watcher stands on " + address.borrower() + "'s host")
          : CheckResult.failure(
              WHAT,
              standby
                  + " is not this machine, so the address would be taken where "
                  + address.borrower()
                  + " is not",
              "Run Linekeeper on "
                  + address.borrower()
                  + "'s host, in its network namespace; in a container with network_mode: host.");
    } catch (UnknownHostException | SocketException e) {
      return CheckResult.failure(
          WHAT, standby + " cannot be found: " + e.getMessage(), "Write its address as ami: host.");
    }
  }

  private static CheckResult device(FloatingAddress address) {
    try {
      NetworkInterface device = NetworkInterface.getByName(address.device());
      if (device == null) {
        return CheckResult.failure(
            WHAT,
            "there is no interface " + address.device() + " here, so nothing can be taken",
            "Write device as \"ip link\" shows it.");
      }
      List<InetAddress> floating = address.addresses().stream().map(IpCommand::bare).toList();
      return address.addresses().stream()
          .filter(
              one ->
                  device.getInterfaceAddresses().stream()
                      .filter(own -> !floating.contains(own.getAddress()))
                      .noneMatch(own -> oneNetwork(one, own)))
          .findFirst()
          .map(
              one ->
                  CheckResult.failure(
                      WHAT,
                      "interface "
                          + address.device()
                          + " has no address in the network of "
                          + one
                          + ", so whoever calls that would not find it there",
                      "Write the interface that \"ip address\" shows with one, the same on all"
                          + " hosts; or correct the address and the length of its prefix."))
          .orElseGet(
              () ->
                  CheckResult.ok(
                      WHAT, "interface " + address.device() + " is here, in that network"));
    } catch (SocketException e) {
      return CheckResult.failure(
          WHAT, "interfaces cannot be listed: " + e.getMessage(), "See \"ip link\".");
    }
  }

  /** By either's prefix: a floating address may be written as that of a host alone. */
  private static boolean oneNetwork(String floating, InterfaceAddress own) {
    byte[] one = IpCommand.bare(floating).getAddress();
    byte[] other = own.getAddress().getAddress();
    int written = Integer.parseInt(floating.split("/", 2)[1]);
    int bits = Math.min(written, own.getNetworkPrefixLength());
    return one.length == other.length
        && new BigInteger(1, one)
            .xor(new BigInteger(1, other))
            .shiftRight(one.length * 8 - bits)
            .equals(BigInteger.ZERO);
  }

  /** Asks nftables itself, which looks at the rules and at our rights, and changes nothing. */
  private CheckResult gate() {
    Ended ended = ip.tryGate();
    return ended.succeeded()
        ? CheckResult.ok(WHAT, "nftables would take Linekeeper's rules")
        : CheckResult.failure(
            WHAT,
            "nftables does not take Linekeeper's rules, so the address is not taken here: "
                + ended.firstLine(),
            ended.output().contains("not permitted")
                ? "In its systemd unit: AmbientCapabilities=CAP_NET_ADMIN CAP_NET_RAW; run check"
                    + " as root, or with the same capabilities."
                : "Install nftables 1.0 or newer and a kernel with nf_tables for inet and arp.");
  }

  private CheckResult means(FloatingAddress address) {
    if (missing("ip")) {
      return lacking("ip", "iproute2", "it cannot be taken");
    }
    if (!address.besides().isEmpty() && missing("nft")) {
      return lacking("nft", "nftables", "it is not taken: nothing here would let go of it in time");
    }
    boolean v6 = address.addresses().stream().anyMatch(IpCommand::isV6);
    boolean v4 = address.addresses().stream().anyMatch(one -> !IpCommand.isV6(one));
    if (v4 && missing("arping")) {
      return lacking("arping", "iputils-arping", "neighbours would go on asking the old host");
    }
    if (v6 && missing("ndptool")) {
      return lacking("ndptool", "libndp-tools", "neighbours would go on asking the old host");
    }
    return mayChange()
        ? CheckResult.ok(WHAT, "Linekeeper may change addresses and announce them")
        : CheckResult.failure(
            WHAT,
            "Linekeeper may not change addresses, so this host would not get it",
            "In its systemd unit: AmbientCapabilities=CAP_NET_ADMIN CAP_NET_RAW, then restart it.");
  }

  private static CheckResult lacking(String program, String debianPackage, String meaning) {
    return CheckResult.failure(
        WHAT,
        program + " is not installed, so " + meaning,
        "apt-get install " + debianPackage + ".");
  }

  private boolean missing(String program) {
    return programs.stream().noneMatch(path -> Files.isExecutable(path.resolve(program)));
  }

  /**
   * What a program that we start would be allowed: root's is passed on, the rest only as ambient.
   */
  private boolean mayChange() {
    String status = text(proc.resolve("self/status"));
    boolean root = status.lines().anyMatch(line -> line.matches("Uid:\\s+\\d+\\s+0\\s.*"));
    String set = root ? "CapEff:" : "CapAmb:";
    return status
        .lines()
        .filter(line -> line.startsWith(set))
        .map(line -> new BigInteger(line.substring(set.length()).strip(), 16))
        .anyMatch(bits -> bits.testBit(NET_ADMIN) && bits.testBit(NET_RAW));
  }

  private CheckResult bindable(String address) {
    String family = IpCommand.isV6(address) ? "ipv6" : "ipv4";
    String setting = "net." + family + ".ip_nonlocal_bind";
    String value =
        text(proc.resolve("sys/net").resolve(family).resolve("ip_nonlocal_bind")).strip();
    return value.equals("1")
        ? CheckResult.ok(WHAT, setting + " is 1")
        : CheckResult.failure(
            WHAT,
            setting
                + " is not 1, so Asterisk cannot bind to "
                + address
                + " before this host has it, and would answer from another address",
            "Write \""
                + setting
                + " = 1\" to /etc/sysctl.d/linekeeper.conf and run sysctl --system.");
  }

  private CheckResult bound(String address, int port, boolean tcp) {
    String bare = address.split("/", 2)[0];
    String table = (tcp ? "tcp" : "udp") + (IpCommand.isV6(address) ? "6" : "");
    String wanted = hex(IpCommand.bare(address).getAddress(), port);
    boolean found =
        text(proc.resolve("net").resolve(table)).lines().anyMatch(line -> line.contains(wanted));
    return found
        ? CheckResult.ok(WHAT, "something here listens at " + bare + ":" + port)
        : CheckResult.failure(
            WHAT,
            "nothing here listens at "
                + bare
                + ":"
                + port
                + " itself: Asterisk would answer calls to it from the host's own address, and"
                + " strict callers drop such answers",
            "Give Asterisk a transport with bind="
                + bare
                + ":"
                + port
                + " and load it; see dialplans/README.md.");
  }

  /** As the kernel lists it: words of four bytes, the last byte first (little-endian machines). */
  static String hex(byte[] address, int port) {
    StringBuilder text = new StringBuilder(" ");
    for (int word = 0; word < address.length; word += 4) {
      for (int i = 3; i >= 0; i--) {
        text.append(String.format(Locale.ROOT, "%02X", address[word + i]));
      }
    }
    return text.append(String.format(Locale.ROOT, ":%04X ", port)).toString();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return ""; // what cannot be read is not as it should be
    }
  }
}
