package org.linekeeper.actuator.address;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What nftables is told so that this host neither takes nor sends packets with the floating
 * addresses but for a time that is counted by the kernel, whatever becomes of this process. It
 * looks at the time with every packet, to some milliseconds. The life time of an address is no such
 * thing: the kernel looks once a second at most, so an address of one second was there for up to
 * 2.1 s when another one of that host was changed meanwhile (Linux 6.18, {@code check_lifetime} in
 * {@code net/ipv4/devinet.c}).
 *
 * <p>Two sets in each table: addresses that have a gate, and those whose gate is open. The kernel
 * forgets the first some time after the second, when it has dropped the address itself.
 */
final class AddressGate {
  private static final String IP = "inet linekeeper";
  private static final String ARP = "arp linekeeper";

  /** The kernel drops an address two seconds late at most; whoever manages it later is free to. */
  private static final Duration STANDS = Duration.ofSeconds(10);

  private AddressGate() {}

  /** The rules, for whichever addresses. Done again it changes nothing. */
  static String rules() {
    List<String> lines = new ArrayList<>();
    lines.add("add table " + IP);
    set(lines, IP, "gated4", "ipv4_addr");
    set(lines, IP, "open4", "ipv4_addr");
    set(lines, IP, "gated6", "ipv6_addr");
    set(lines, IP, "open6", "ipv6_addr");
    chain(lines, IP, "in", "prerouting", "raw");
    chain(lines, IP, "out", "output", "raw");
    // what only passes through to another host that has it is not meant
    drop(lines, IP, "in", "fib daddr type local ", "ip daddr", "4");
    drop(lines, IP, "in", "fib daddr type local ", "ip6 daddr", "6");
    drop(lines, IP, "out", "", "ip saddr", "4");
    drop(lines, IP, "out", "", "ip6 saddr", "6");
    lines.add("add table " + ARP);
    set(lines, ARP, "gated4", "ipv4_addr");
    set(lines, ARP, "open4", "ipv4_addr");
    chain(lines, ARP, "in", "input", "filter");
    chain(lines, ARP, "out", "output", "filter");
    drop(lines, ARP, "in", "", "arp daddr ip", "4");
    drop(lines, ARP, "out", "", "arp saddr ip", "4");
    return String.join("\n", lines) + "\n";
  }

  private static void set(List<String> lines, String table, String name, String type) {
    lines.add("add set %s %s { type %s; flags timeout; }".formatted(table, name, type));
  }

  private static void chain(
      List<String> lines, String table, String name, String hook, String priority) {
    lines.add(
        "add chain %s %s { type filter hook %s priority %s; }"
            .formatted(table, name, hook, priority));
    lines.add("flush chain " + table + " " + name);
  }

  private static void drop(
      List<String> lines, String table, String chain, String only, String field, String kind) {
    lines.add(
        "add rule %1$s %2$s %3$s%4$s @gated%5$s %4$s != @open%5$s drop"
            .formatted(table, chain, only, field, kind));
  }

  /** Opens it to these addresses for {@code left} milliseconds, a variable of the shell's. */
  static String open(List<String> addresses) {
    List<String> parts = new ArrayList<>();
    List<String> four = addresses.stream().filter(each -> !IpCommand.isV6(each)).toList();
    List<String> six = addresses.stream().filter(IpCommand::isV6).toList();
    if (!four.isEmpty()) {
      open(parts, IP, "4", four);
      open(parts, ARP, "4", four);
    }
    if (!six.isEmpty()) {
      open(parts, IP, "6", six);
    }
    return String.join("; ", parts);
  }

  /** Shuts it to all that have one. */
  static String shut() {
    return Stream.of(IP + " open4", IP + " open6", ARP + " open4")
        .map(set -> "flush set " + set)
        .collect(Collectors.joining("; "));
  }

  private static void open(List<String> parts, String table, String kind, List<String> addresses) {
    fill(parts, table + " gated" + kind, addresses, "$((left + " + STANDS.toMillis() + "))ms");
    fill(parts, table + " open" + kind, addresses, "${left}ms");
  }

  /** One that is there already would keep the time that it had. */
  private static void fill(List<String> parts, String set, List<String> addresses, String time) {
    parts.add("flush set " + set);
    parts.add(
        "add element "
            + set
            + addresses.stream()
                .map(each -> IpCommand.bare(each).getHostAddress() + " timeout " + time)
                .collect(Collectors.joining(", ", " { ", " }")));
  }
}
