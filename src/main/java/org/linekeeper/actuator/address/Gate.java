package org.linekeeper.actuator.address;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What nftables is told so that this host neither takes nor sends packets with the floating
 * addresses but for a time that is counted by the kernel, whatever becomes of this process. It
 * looks at the time with every packet, to some milliseconds. The life time of an address is no such
 * thing: the kernel looks once a second at most, so an address of one second was there for up to
 * 2.1 s when another one of that host was changed meanwhile (Linux 6.18, {@code check_lifetime} in
 * {@code net/ipv4/devinet.c}).
 */
final class Gate {
  private static final String IP = "inet linekeeper";
  private static final String ARP = "arp linekeeper";

  private Gate() {}

  /**
   * Shuts them for these addresses and leaves open what is open. Done again it changes nothing.
   *
   * @param addresses with or without the lengths of their prefixes
   */
  static String shut(List<String> addresses) {
    List<String> lines = new ArrayList<>();
    lines.add("add table " + IP);
    lines.add("add set " + IP + " held4 { type ipv4_addr; flags timeout; }");
    lines.add("add set " + IP + " held6 { type ipv6_addr; flags timeout; }");
    chain(lines, IP, "in", "prerouting", "raw");
    chain(lines, IP, "out", "output", "raw");
    lines.add("add table " + ARP);
    lines.add("add set " + ARP + " held4 { type ipv4_addr; flags timeout; }");
    chain(lines, ARP, "in", "input", "filter");
    chain(lines, ARP, "out", "output", "filter");
    for (String address : addresses) {
      String of = bare(address);
      boolean v6 = IpCommand.isV6(address);
      drop(lines, IP, "in", v6 ? "ip6 daddr " : "ip daddr ", of, v6);
      drop(lines, IP, "out", v6 ? "ip6 saddr " : "ip saddr ", of, v6);
      if (!v6) {
        drop(lines, ARP, "in", "arp daddr ip ", of, false);
        drop(lines, ARP, "out", "arp saddr ip ", of, false);
      }
    }
    return String.join("\n", lines) + "\n";
  }

  private static void chain(
      List<String> lines, String table, String name, String hook, String priority) {
    lines.add(
        "add chain %s %s { type filter hook %s priority %s; }"
            .formatted(table, name, hook, priority));
    lines.add("flush chain " + table + " " + name);
  }

  private static void drop(
      List<String> lines, String table, String chain, String field, String address, boolean v6) {
    lines.add(
        "add rule "
            + table
            + " "
            + chain
            + " "
            + field
            + address
            + " "
            + field
            + "!= "
            + (v6 ? "@held6" : "@held4")
            + " drop");
  }

  /** Opens them for that time from now, in one line. */
  static String open(List<String> addresses, Duration time) {
    List<String> parts = new ArrayList<>();
    List<String> four = addresses.stream().filter(each -> !IpCommand.isV6(each)).toList();
    List<String> six = addresses.stream().filter(IpCommand::isV6).toList();
    if (!four.isEmpty()) {
      open(parts, IP + " held4", four, time);
      open(parts, ARP + " held4", four, time);
    }
    if (!six.isEmpty()) {
      open(parts, IP + " held6", six, time);
    }
    return String.join("; ", parts);
  }

  private static void open(List<String> parts, String set, List<String> addresses, Duration time) {
    // One that is there already would keep the time that it had.
    parts.add("flush set " + set);
    parts.add(
        "add element "
            + set
            + addresses.stream()
                .map(each -> bare(each) + " timeout " + time.toMillis() + "ms")
                .collect(Collectors.joining(", ", " { ", " }")));
  }

  /** Takes them away: the addresses are as any others. */
  static String none() {
    return "add table %1$s%ndelete table %1$s%nadd table %2$s%ndelete table %2$s%n"
        .formatted(IP, ARP);
  }

  private static String bare(String address) {
    return IpCommand.bare(address).getHostAddress();
  }
}
