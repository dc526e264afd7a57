package org.linekeeper.actuator.address;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What nftables is told so that this host neither takes nor sends packets with the floating
 * addresses but for a time that is counted by the kernel, whatever becomes of this process. It
 * looks at the time with every packet, to some milliseconds. The life time of an address is no such
 * thing: the kernel looks once a second at most, so an address of one second was there for up to
 * 2.1 s when another one of that host was changed meanwhile (Linux 6.18, {@code check_lifetime} in
 * {@code net/ipv4/devinet.c}).
 *
 * <p>Two kinds of sets in each table: addresses that have a gate, and those whose gate is open. The
 * kernel forgets the first some time after the second, when it has dropped the address itself.
 * There are several of each, which take turns: to give an element more time it would have to be
 * removed first (before Linux 6.12), and a program that has removed anything waits at its end until
 * every processor has been idle or switched for a moment: 20 ms, and over a second on a busy
 * machine ({@code nft_rcv_nl_event} in {@code net/netfilter/nf_tables_api.c}). In its next turn an
 * element has long run out.
 */
final class AddressGate {
  private static final String IP = "inet linekeeper";
  private static final String ARP = "arp linekeeper";

  /** One for each renewal; six come in 1.4 s, and an element is there for one. */
  private static final int TURNS = 6;

  /** One for five seconds each, from the machine's start on; an element is there for eleven. */
  private static final int GATED = 4;

  private static final String GATED_NOW = "$((now / 500 % " + GATED + "))";

  private AddressGate() {}

  /** The rules, for whichever addresses. Done again it changes nothing. */
  static String rules() {
    List<String> lines = new ArrayList<>();
    lines.add("add table " + IP);
    sets(lines, IP, "4", "ipv4_addr");
    sets(lines, IP, "6", "ipv6_addr");
    chain(lines, IP, "in", "prerouting", "raw");
    chain(lines, IP, "out", "output", "raw");
    // what only passes through to another host that has it is not meant
    drop(lines, IP, "in", "fib daddr type local ", "ip daddr", "4");
    drop(lines, IP, "in", "fib daddr type local ", "ip6 daddr", "6");
    drop(lines, IP, "out", "", "ip saddr", "4");
    drop(lines, IP, "out", "", "ip6 saddr", "6");
    lines.add("add table " + ARP);
    sets(lines, ARP, "4", "ipv4_addr");
    chain(lines, ARP, "in", "input", "filter");
    chain(lines, ARP, "out", "output", "filter");
    drop(lines, ARP, "in", "", "arp daddr ip", "4");
    drop(lines, ARP, "out", "", "arp saddr ip", "4");
    return String.join("\n", lines) + "\n";
  }

  private static void sets(List<String> lines, String table, String kind, String type) {
    numbered("gated" + kind, GATED).forEach(name -> set(lines, table, name, type));
    numbered("open" + kind, TURNS).forEach(name -> set(lines, table, name, type));
  }

  private static Stream<String> numbered(String set, int many) {
    return IntStream.range(0, many).mapToObj(i -> set + "_" + i);
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

  /** Of the addresses that have a gate, all but those whose gate is open. */
  private static void drop(
      List<String> lines, String table, String chain, String only, String field, String kind) {
    String gated = table + " " + chain + kind;
    lines.add("add chain " + gated);
    lines.add("flush chain " + gated);
    numbered("open" + kind, TURNS)
        .forEach(open -> lines.add("add rule %s %s @%s return".formatted(gated, field, open)));
    lines.add("add rule " + gated + " drop");
    numbered("gated" + kind, GATED)
        .forEach(
            set ->
                lines.add(
                    "add rule %s %s %s%s @%s goto %s"
                        .formatted(table, chain, only, field, set, chain + kind)));
  }

  /**
   * Opens it to these addresses, by variables of the shell's: for {@code left} of a {@code unit}
   * from {@code now} on, which is in hundredths of a second since the machine was started; the gate
   * stands for {@code stands}, ten seconds longer: the kernel drops the address two seconds late at
   * most, and whoever manages it later is free to.
   *
   * @param turn counts up with each renewal
   */
  static String open(List<String> addresses, long turn) {
    return stand(addresses)
        + "; "
        + forEach(
            addresses, (set, those) -> fill(set.in("open", turn(turn)), those, "${left}$unit"));
  }

  private static String stand(List<String> addresses) {
    return forEach(
        addresses, (set, those) -> fill(set.in("gated", GATED_NOW), those, "${stands}$unit"));
  }

  /**
   * Has it stand for longer than usual, by the same variables: one that is there already would keep
   * its end.
   */
  static String standAnew(List<String> addresses) {
    return Stream.of(IP + " gated4", IP + " gated6", ARP + " gated4")
            .flatMap(set -> numbered(set, GATED))
            .map(set -> "flush set " + set)
            .collect(Collectors.joining("; "))
        + "; "
        + stand(addresses);
  }

  /** Makes room for another end in the same turn. */
  static String again(List<String> addresses, long turn) {
    return forEach(addresses, (set, those) -> "flush set " + set.in("open", turn(turn)));
  }

  private static String turn(long turn) {
    return Long.toString(turn % TURNS);
  }

  /** Sets of one kind of addresses in one table. */
  private record Sets(String table, String kind) {
    String in(String which, String number) {
      return table + " " + which + kind + "_" + number;
    }
  }

  private static String forEach(
      List<String> addresses, BiFunction<Sets, List<String>, String> command) {
    List<String> four = addresses.stream().filter(each -> !IpCommand.isV6(each)).toList();
    List<String> six = addresses.stream().filter(IpCommand::isV6).toList();
    List<String> parts = new ArrayList<>();
    if (!four.isEmpty()) {
      parts.add(command.apply(new Sets(IP, "4"), four));
      parts.add(command.apply(new Sets(ARP, "4"), four));
    }
    if (!six.isEmpty()) {
      parts.add(command.apply(new Sets(IP, "6"), six));
    }
    return String.join("; ", parts);
  }

  /** Shuts it to all that have one. */
  static String shut() {
    return Stream.of(IP + " open4", IP + " open6", ARP + " open4")
        .flatMap(set -> numbered(set, TURNS))
        .map(set -> "flush set " + set)
        .collect(Collectors.joining("; "));
  }

  /** One that is there already may keep the time that it had. */
  private static String fill(String set, List<String> addresses, String time) {
    return "add element "
        + set
        + addresses.stream()
            .map(each -> IpCommand.bare(each).getHostAddress() + " timeout " + time)
            .collect(Collectors.joining(", ", " { ", " }"));
  }
}
