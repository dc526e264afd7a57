package org.linekeeper.actuator.address;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.linekeeper.actuator.AddressHost;
import org.linekeeper.actuator.program.Ended;
import org.linekeeper.actuator.program.Programs;
import org.linekeeper.time.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The floating address on this host, where several watchers agree on whose it is. One thread does
 * everything, in the order in which it was asked for.
 */
public final class LeasedAddress implements AddressHost, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LeasedAddress.class);

  private static final List<String> STATE_OF_MACHINE = List.of("systemctl", "is-system-running");

  /** It takes 10 ms; who asks is about to end, and waits. */
  private static final Duration STATE_WITHIN = Duration.ofMillis(500);

  /** A gate that is open for a renewal's time only is shut by the kernel sooner than that. */
  private static final Duration SOON = Duration.ofSeconds(2);

  private final Programs programs;
  private final List<String> prefix;
  private final IpCommand ip;
  private final Ticker ticker;
  private final ScheduledExecutorService lane = HostAddresses.lane("leased-address");
  private int turns;

  /** The turn in which this host has it; 0 while it has not. */
  private int turn;

  /** Until then the gate may be open, by our own clock; empty while an earlier life says that. */
  private Optional<Duration> openUntil = Optional.empty();

  private boolean quiet = true;

  /** Why not all of them could be taken; empty text if they were. */
  private volatile String trouble = "";

  /** The same as it was seen by the latest look. */
  private String unready = "";

  /** Whether there is a gate, as far as is known. */
  private boolean gated;

  /** By these means. */
  public LeasedAddress(Programs programs, Ticker ticker) {
    this(programs, List.of(), ticker);
  }

  /** The same on another host of the lab. */
  LeasedAddress(Programs programs, List<String> prefix, Ticker ticker) {
    this.programs = programs;
    this.prefix = List.copyOf(prefix);
    this.ip = new IpCommand(programs, prefix);
    this.ticker = ticker;
  }

  /**
   * Makes the gate, and looks at the interface once: the first taking, for which callers wait, does
   * not also wait for that.
   */
  public void prepare(String device) {
    lane.execute(
        () -> {
          makeGate();
          ip.look(device);
        });
  }

  @Override
  public CompletionStage<Boolean> arm(
      List<String> addresses, String device, Duration until, Duration notAfter) {
    return CompletableFuture.supplyAsync(() -> armed(addresses, device, until, notAfter), lane);
  }

  @Override
  public CompletionStage<Left> letGo(List<String> addresses, String device) {
    return CompletableFuture.supplyAsync(() -> left(addresses, device), lane);
  }

  @Override
  public CompletionStage<Boolean> ending() {
    List<String> argv = Stream.concat(prefix.stream(), STATE_OF_MACHINE.stream()).toList();
    return programs
        .run(argv, Map.of(), "", STATE_WITHIN)
        .thenApply(ended -> ended.firstLine().equals("stopping"));
  }

  private boolean makeGate() {
    Ended made = ip.gate();
    gated = made.succeeded();
    return gated || cannot("nft: " + made.why());
  }

  private boolean armed(List<String> addresses, String device, Duration until, Duration notAfter) {
    if (!gated && (ticker.now().compareTo(notAfter) >= 0 || !makeGate())) {
      return false;
    }
    long up = InTime.upSince(); // first: were this process stopped here, less would be left
    Duration now = ticker.now();
    Duration mayBegin = notAfter.minus(now);
    if (mayBegin.isNegative()) {
      return false;
    }
    boolean wasShut = !openAfter(now);
    boolean clean = openUntil.isEmpty() || openAfter(until);
    openUntil = openUntil.map(open -> open.compareTo(until) > 0 ? open : until);
    IpCommand.Result result = ip.arm(addresses, device, until.minus(now), up, mayBegin, clean);
    quiet &= result.ended();
    List<String> taken = addresses.stream().filter(result::has).toList();
    boolean has = taken.size() == addresses.size();
    if (has) {
      trouble = "";
    } else {
      // somebody may have flushed the rules; nothing is said by one that was only too late
      gated = !taken.isEmpty() || result.trouble().isEmpty();
      cannot(without(addresses, taken, result));
    }
    // It is shown before and after: one that is there once was not there before.
    boolean anew = turn == 0 || wasShut || taken.stream().anyMatch(each -> result.times(each) < 2);
    if (!taken.isEmpty()) {
      openUntil = Optional.of(until);
    }
    if (!taken.isEmpty() && anew) {
      turn = ++turns;
      announceFrom(turn, taken, device); // callers to these need not wait for the others
    }
    return has;
  }

  private static String without(
      List<String> addresses, List<String> taken, IpCommand.Result result) {
    String missing =
        addresses.stream().filter(each -> !taken.contains(each)).collect(Collectors.joining(", "));
    return taken.isEmpty()
        ? result.trouble() // nothing if it was too late
        : "it takes "
            + String.join(", ", taken)
            + " and not "
            + missing
            + ": "
            + (result.trouble().isEmpty() ? "ip does not say why" : result.trouble());
  }

  @Override
  public void look(List<String> addresses, String device) {
    lane.execute(() -> looked(device));
  }

  private void looked(String device) {
    Ended rules = ip.tryGate();
    IpCommand.Result there = ip.look(device);
    String why = rules.succeeded() ? there.looked() ? "" : there.trouble() : "nft: " + rules.why();
    if (why.isEmpty() && !unready.isEmpty()) {
      trouble = ""; // somebody has mended it
    }
    cannot(why);
    unready = why;
  }

  @Override
  public String trouble() {
    return trouble;
  }

  /** Says so once, since it is tried four times a second. */
  private boolean cannot(String why) {
    if (!why.isEmpty() && !why.equals(trouble)) {
      trouble = why;
      LOG.warn(
          "This host cannot take the floating address: {}. While that is so, callers to it do not"
              + " get to the PBX here. Run \"linekeeper check\" here.",
          why);
    }
    return false;
  }

  private Left left(List<String> addresses, String device) {
    turn = 0;
    Duration begun = ticker.now();
    IpCommand.Result result = ip.remove(addresses, device);
    boolean staysOpen = openUntil.isEmpty() || openAfter(begun.plus(SOON));
    if (staysOpen && ip.shut().succeeded()) {
      openUntil = Optional.of(begun);
    } // else it is shut when the address is taken again
    return new Left(begun, result.looked() && addresses.stream().noneMatch(result::has), quiet);
  }

  private boolean openAfter(Duration time) {
    return openUntil.filter(end -> end.compareTo(time) > 0).isPresent();
  }

  private void announceFrom(int from, List<String> addresses, String device) {
    boolean reply = false;
    for (Duration after : HostAddresses.ANNOUNCED) {
      boolean asReply = reply;
      lane.schedule(
          () -> {
            // of one that was not renewed the neighbours must not hear any more: another has it
            long up = InTime.upSince();
            Duration open = openUntil.orElse(Duration.ZERO).minus(ticker.now());
            if (turn == from && open.compareTo(Duration.ZERO) > 0) {
              addresses.forEach(address -> ip.announce(address, device, asReply, up, open));
            }
          },
          after.toMillis(),
          TimeUnit.MILLISECONDS);
      reply = !reply;
    }
  }

  /** Renews nothing any more: the kernel drops what is not renewed. */
  @Override
  public void close() {
    lane.shutdownNow();
    ip.close();
  }
}
