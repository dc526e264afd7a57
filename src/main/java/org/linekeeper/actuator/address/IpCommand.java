package org.linekeeper.actuator.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linekeeper.actuator.program.Ended;
import org.linekeeper.actuator.program.Programs;
import org.linekeeper.actuator.program.Spare;

/**
 * iproute2's {@code ip}, one process for each change together with the look at what came of it:
 * starting a process is most of what a change costs (3 ms in all).
 */
final class IpCommand {
  /** The kernel answers at once; this is for a machine that is out of breath. */
  private static final Duration DEADLINE = Duration.ofSeconds(2);

  /** No renewal gives more time than this, unless it gives it for good, again and again. */
  private static final Duration RENEWED = Duration.ofSeconds(2);

  private static final Duration FOR_GOOD = Duration.ofHours(1);

  private static final List<String> BATCH = List.of("ip", "-force", "-o", "-batch", "-");

  private static final Pattern SHOWN = Pattern.compile("\\binet6? ([0-9a-fA-F.:]+)[/ ]");
  private static final Pattern NEIGHBOUR = Pattern.compile("lladdr ([0-9a-f:]+) .*\\bREACHABLE\\b");

  private final Programs programs;
  private final List<String> prefix;
  private final Map<String, Spare> announcing = new HashMap<>();
  private @Nullable Spare changing;
  private long turns;

  /**
   * @param prefix before each command; empty but in tests, which name another network namespace
   */
  IpCommand(Programs programs, List<String> prefix) {
    this.programs = programs;
    this.prefix = List.copyOf(prefix);
  }

  /**
   * What came of a change.
   *
   * @param shown addresses on the interface, each as often as it was listed
   * @param trouble what {@code ip} complained of; empty text if of nothing
   * @param ended whether it ended by itself
   * @param looked whether the last look at the interface succeeded, so that what it did not list is
   *     not there
   */
  record Result(List<InetAddress> shown, String trouble, boolean ended, boolean looked) {
    boolean has(String address) {
      return times(address) > 0;
    }

    long times(String address) {
      InetAddress wanted = bare(address);
      return shown.stream().filter(wanted::equals).count();
    }
  }

  /** Keeps what a taking needs started already. */
  void makeReady(List<String> addresses, String device) {
    changing = programs.spare(with(BATCH));
    addresses.forEach(
        address ->
            announcing.put(address, programs.whenTold(with(announcement(address, device, false)))));
  }

  /**
   * Adds the addresses, at once, and tells the neighbours beside it: the kernel has taken them
   * before an announcement is on its way, and nobody else has them any more.
   */
  Result take(List<String> addresses, String device, Duration lifetime) {
    Spare ready = changing;
    if (ready == null) {
      return replace(addresses, device, lifetime);
    }
    List<String> lines = replacing(addresses, device, lifetime);
    CompletableFuture<Ended> changed = ready.run(input(lines, device), DEADLINE);
    addresses.forEach(
        address ->
            Optional.ofNullable(announcing.get(address))
                .ifPresent(told -> told.tell(Map.of(), DEADLINE)));
    Result result = result(changed.join(), lines);
    // One that has waited for days may not be what it was.
    return addresses.stream().allMatch(result::has) ? result : replace(addresses, device, lifetime);
  }

  /** Adds the addresses or gives them more time; shows before and after. */
  Result replace(List<String> addresses, String device, Duration lifetime) {
    return batch(replacing(addresses, device, lifetime), device);
  }

  /**
   * As {@link #replace}, with the {@link AddressGate} open until the end.
   *
   * @param left until then, as it was when {@code up} was read
   * @param up as {@link InTime#upSince} gave it; the end is counted from there
   * @param mayBegin so long after that it may still be begun
   * @param clean whether the gate may be open for longer than that already, so that it is shut
   *     first
   */
  Result arm(
      List<String> addresses,
      String device,
      Duration left,
      long up,
      Duration mayBegin,
      boolean clean) {
    // in whole seconds, and the kernel looks at it now and then: it is only the broom
    List<String> lines = replacing(addresses, device, left.plusMillis(999));
    boolean stays = left.compareTo(RENEWED) > 0 && left.compareTo(FOR_GOOD) < 0;
    List<String> program = InTime.open(addresses, turns++, clean, stays, BATCH);
    String input = InTime.times(up, left, mayBegin) + input(lines, device);
    return result(run(program, input), lines);
  }

  /** Shuts the {@link AddressGate}, if there is one. */
  Ended shut() {
    return run(InTime.SHUT, "");
  }

  /** Makes the {@link AddressGate}, without which it cannot be opened. */
  Ended gate() {
    return run(List.of("nft", "-f", "-"), AddressGate.rules());
  }

  /** Whether the {@link AddressGate} could be made; changes nothing. */
  Ended tryGate() {
    return run(List.of("nft", "-c", "-f", "-"), AddressGate.rules());
  }

  private static List<String> replacing(List<String> addresses, String device, Duration lifetime) {
    return Stream.concat(
            Stream.of(show(device)),
            addresses.stream().map(address -> replace(address, device, lifetime)))
        .toList();
  }

  private static String replace(String address, String device, Duration lifetime) {
    // Without duplicate address detection, which would keep an IPv6 address silent for a second:
    // that nobody else has it is known before it is taken.
    return "address replace "
        + address
        + " dev "
        + device
        + " valid_lft "
        + lifetime.toSeconds()
        + " preferred_lft "
        + lifetime.toSeconds()
        + (isV6(address) ? " nodad" : "");
  }

  /** Removes the addresses; shows what is left. */
  Result remove(List<String> addresses, String device) {
    return batch(
        addresses.stream().map(address -> "address del " + address + " dev " + device).toList(),
        device);
  }

  /** Shows what is there. */
  Result look(String device) {
    return batch(List.of(), device);
  }

  /** Whether it is there for good, and not for a time that somebody gives it. */
  boolean forGood(String address, String device) {
    InetAddress wanted = bare(address);
    return run(List.of("ip", "-o", "address", "show", "dev", device), "")
        .output()
        .lines()
        .filter(line -> line.contains("valid_lft forever"))
        .map(SHOWN::matcher)
        .anyMatch(shown -> shown.find() && bare(shown.group(1)).equals(wanted));
  }

  private static String show(String device) {
    return "address show dev " + device;
  }

  private Result batch(List<String> lines, String device) {
    return result(run(BATCH, input(lines, device)), lines);
  }

  private static String input(List<String> lines, String device) {
    // no empty line where there are none: ip counts it, and names the line that failed
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining())
        + show(device)
        + "\n";
  }

  private static Result result(Ended ended, List<String> lines) {
    List<InetAddress> shown = new ArrayList<>();
    Matcher addresses = SHOWN.matcher(ended.output());
    while (addresses.find()) {
      shown.add(bare(addresses.group(1)));
    }
    String trouble =
        ended
            .output()
            .lines()
            .filter(line -> !line.matches("[0-9]+: .*") && !line.startsWith("Command failed"))
            .findFirst()
            .orElse("");
    // With -force a failed removal counts in the status, too; ip names the lines that failed.
    String lookFailed = "Command failed -:" + (lines.size() + 1);
    boolean over = ended.status().isPresent();
    boolean looked = over && ended.output().lines().noneMatch(lookFailed::equals);
    return new Result(shown, ended.started() ? trouble : ended.firstLine(), over, looked);
  }

  /** Makes the kernel ask who has the address. */
  void ask(String address, String device) {
    String of = bare(address).getHostAddress();
    run(
        List.of("ip", "-force", "-batch", "-"),
        "neigh flush to %1$s dev %2$s%nneigh replace %1$s dev %2$s use%n".formatted(of, device));
  }

  /** The hardware address of whoever has answered; empty if nobody has yet. */
  Optional<String> answered(String address, String device) {
    Ended ended =
        run(
            List.of("ip", "neigh", "show", "to", bare(address).getHostAddress(), "dev", device),
            "");
    Matcher neighbour = NEIGHBOUR.matcher(ended.output());
    return neighbour.find() ? Optional.of(neighbour.group(1)) : Optional.empty();
  }

  /**
   * Tells the neighbours who has the address now. The kernel does not when an address is added:
   * neither {@code arp_notify} nor {@code ndisc_notify} covers that (measured on Linux 6.18).
   */
  void announce(String address, String device, boolean asReply) {
    programs.run(with(announcement(address, device, asReply)), Map.of(), "", DEADLINE);
  }

  /**
   * The same if that is begun within that time: no gate stands in its way.
   *
   * @param up as {@link InTime#upSince} gave it; the time is counted from there
   */
  void announce(String address, String device, boolean asReply, long up, Duration left) {
    List<String> argv = InTime.notAfter(up, left, announcement(address, device, asReply));
    programs.run(with(argv), Map.of(), "", DEADLINE);
  }

  private static List<String> announcement(String address, String device, boolean asReply) {
    String of = bare(address).getHostAddress();
    return isV6(address)
        ? List.of("ndptool", "-t", "na", "-U", "-i", device, "-T", of, "send")
        : List.of("arping", asReply ? "-A" : "-U", "-c", "1", "-I", device, of);
  }

  /** Lets go of what is kept ready. */
  void close() {
    announcing.values().forEach(Spare::close);
    if (changing != null) {
      changing.close();
    }
  }

  private Ended run(List<String> argv, String input) {
    return programs.run(with(argv), Map.of(), input, DEADLINE).join();
  }

  private List<String> with(List<String> argv) {
    return Stream.concat(prefix.stream(), argv.stream()).toList();
  }

  static boolean isV6(String address) {
    return address.toLowerCase(Locale.ROOT).contains(":");
  }

  /** Without the length of its prefix. Settings have made sure that it is no name. */
  static InetAddress bare(String address) {
    try {
      return InetAddress.getByName(address.split("/", 2)[0]);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(address + " is no address", e);
    }
  }
}
