package org.linekeeper.actuator.address;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.linekeeper.actuator.Addresses;
import org.linekeeper.actuator.program.Programs;
import org.linekeeper.state.Epoch;
import org.linekeeper.state.Outcome;
import org.linekeeper.state.Step;
import org.linekeeper.time.Ticker;

/**
 * The floating address on this host. One thread does everything, so that a renewal can never put
 * back what was just given up.
 */
public final class HostAddresses implements Addresses, AutoCloseable {
  /** A neighbour may miss one, and a switch learn late: the first few seconds are well covered. */
  static final List<Duration> ANNOUNCED =
      List.of(
          Duration.ZERO,
          Duration.ofMillis(40),
          Duration.ofMillis(150),
          Duration.ofMillis(500),
          Duration.ofMillis(1200),
          Duration.ofSeconds(3),
          Duration.ofSeconds(6));

  /** Two of the kernel's questions, a second apart, and the answer to the second. */
  private static final Duration ASKED = Duration.ofMillis(1300);

  private static final Duration ASK_AGAIN = Duration.ofMillis(100);

  private final IpCommand ip;
  private final Tenure tenure;
  private final Ticker ticker;
  private final ScheduledExecutorService lane;
  private @Nullable Holding holding;
  private int turns;

  /**
   * @param epoch in which it was taken
   * @param turn which taking this was, so that what was scheduled for an earlier one ends
   * @param until by our own clock the kernel may drop it from then on, if it was not renewed
   */
  private record Holding(Step.HoldAddress step, Epoch epoch, int turn, Duration until) {}

  /** By these means, with this right. */
  public HostAddresses(Programs programs, Tenure tenure, Ticker ticker) {
    this(programs, List.of(), tenure, ticker);
  }

  /** The same on another host of the lab. */
  HostAddresses(Programs programs, List<String> prefix, Tenure tenure, Ticker ticker) {
    this.ip = new IpCommand(programs, prefix);
    this.tenure = tenure;
    this.ticker = ticker;
    lane = lane("floating-address");
  }

  static ScheduledExecutorService lane(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        });
  }

  /**
   * Looks at the interface once, so that the first taking, for which callers wait, does not also
   * wait for this process to learn how to start a program (some 20 ms), and keeps the programs that
   * a taking needs started from now on.
   */
  public void prepare(List<String> addresses, String device) {
    lane.execute(
        () -> {
          ip.look(device);
          ip.makeReady(addresses, device);
        });
  }

  @Override
  public CompletionStage<Outcome> take(Step.HoldAddress step, Epoch epoch) {
    return later(() -> taken(step, epoch));
  }

  @Override
  public CompletionStage<Outcome> giveUp(Step.HoldAddress step) {
    return later(() -> givenUp(step));
  }

  @Override
  public CompletionStage<Outcome> keep(Step.HoldAddress step, Epoch epoch) {
    return later(() -> kept(step, epoch));
  }

  private CompletionStage<Outcome> later(Supplier<Outcome> work) {
    return CompletableFuture.supplyAsync(work, lane);
  }

  private Outcome taken(Step.HoldAddress step, Epoch epoch) {
    Optional<Duration> lifetime = tenure.grant(epoch, step.tenure());
    return lifetime
        .map(time -> taken(step, epoch, time))
        .orElseGet(() -> Outcome.rejected("the right to hold " + names(step) + " was not granted"));
  }

  private Outcome taken(Step.HoldAddress step, Epoch epoch, Duration lifetime) {
    Duration begun = ticker.now();
    IpCommand.Result result = ip.take(step.addresses(), step.device(), lifetime);
    Optional<String> missing =
        step.addresses().stream().filter(address -> !result.has(address)).findFirst();
    if (missing.isPresent()) {
      return refused(step, missing.get(), result);
    }
    int turn = ++turns;
    holding = new Holding(step, epoch, turn, begun.plus(lifetime));
    announceFrom(turn);
    renewAfter(turn, lifetime.dividedBy(3));
    return Outcome.applied(
        step.device()
            + " of this host has "
            + names(step)
            + ", and drops it "
            + lifetime.toSeconds()
            + " s after Linekeeper last said that it is to stay");
  }

  private Outcome refused(Step.HoldAddress step, String missing, IpCommand.Result result) {
    // What did get there stays for one tenure, and whoever keeps it tries all of them again.
    step.addresses().stream()
        .filter(result::has)
        .forEach(address -> ip.announce(address, step.device(), false));
    String why = result.trouble().isEmpty() ? "ip does not say why" : result.trouble();
    String remedy =
        why.contains("not permitted")
            ? "; give Linekeeper CAP_NET_ADMIN, see docs/OPERATIONS.md"
            : "";
    String said = step.device() + " did not take " + missing + ": " + why + remedy;
    return result.ended() ? Outcome.rejected(said) : Outcome.unknown(said);
  }

  private Outcome givenUp(Step.HoldAddress step) {
    holding = null;
    tenure.expire();
    IpCommand.Result result = ip.remove(step.addresses(), step.device());
    Optional<String> left = step.addresses().stream().filter(result::has).findFirst();
    if (left.isPresent() || !result.looked()) {
      return Outcome.unknown(
          step.device()
              + " may still have "
              + left.orElse(names(step))
              + ": "
              + result.trouble()
              + "; the kernel drops it within "
              + step.tenure().toSeconds()
              + " s if it was Linekeeper that took it");
    }
    return Outcome.applied(step.device() + " of this host has " + names(step) + " no more");
  }

  private Outcome kept(Step.HoldAddress step, Epoch epoch) {
    Holding now = holding;
    if (now != null && now.step.equals(step) && ticker.now().compareTo(now.until) < 0) {
      return Outcome.already(names(step) + " is held and renewed");
    }
    IpCommand.Result result = ip.look(step.device());
    List<String> missing =
        step.addresses().stream().filter(address -> !result.has(address)).toList();
    return missing.stream()
        .flatMap(address -> answering(address, step.device()).stream())
        .findFirst()
        .map(
            who ->
                Outcome.rejected(
                    who + "; it is not taken beside another host: find out which one that is"))
        .orElseGet(() -> taken(step, epoch));
  }

  private Optional<String> answering(String address, String device) {
    Duration begun = ticker.now();
    ip.ask(address, device);
    Optional<String> who = ip.answered(address, device);
    while (who.isEmpty() && ticker.now().minus(begun).compareTo(ASKED) < 0) {
      pause(ASK_AGAIN);
      who = ip.answered(address, device);
    }
    return who.map(hardware -> hardware + " answers for " + address);
  }

  private static void pause(Duration time) {
    try {
      TimeUnit.MILLISECONDS.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void renewAfter(int turn, Duration time) {
    lane.schedule(() -> holding(turn).ifPresent(this::renew), ms(time), TimeUnit.MILLISECONDS);
  }

  /** Nothing if it was given up, or taken anew, since. */
  private Optional<Holding> holding(int turn) {
    return Optional.ofNullable(holding).filter(now -> now.turn == turn);
  }

  private void renew(Holding now) {
    Step.HoldAddress step = now.step;
    Optional<Duration> lifetime = tenure.renew(now.epoch, step.tenure());
    Duration begun = ticker.now();
    if (begun.compareTo(now.until) >= 0 || lifetime.isEmpty()) {
      // This process stood still for too long: somebody else may have it by now.
      holding = null;
      tenure.expire();
      return;
    }
    IpCommand.Result before = ip.look(step.device());
    if (before.looked() && !step.addresses().stream().allMatch(before::has)) {
      // Somebody had removed it, perhaps to give it to another host: keep asks who has it.
      holding = null;
      return;
    }
    IpCommand.Result result =
        before.looked() ? ip.replace(step.addresses(), step.device(), lifetime.get()) : before;
    if (result.looked() && step.addresses().stream().allMatch(result::has)) {
      holding = new Holding(step, now.epoch, now.turn, begun.plus(lifetime.get()));
      renewAfter(now.turn, lifetime.get().dividedBy(3));
    } else {
      renewAfter(now.turn, lifetime.get().dividedBy(10));
    }
  }

  private void announceFrom(int turn) {
    boolean reply = false;
    for (Duration after : ANNOUNCED) {
      boolean asReply = reply;
      lane.schedule(
          () -> holding(turn).ifPresent(now -> announce(now.step, asReply)),
          ms(after),
          TimeUnit.MILLISECONDS);
      reply = !reply; // some gear believes only questions, some only answers
    }
  }

  private void announce(Step.HoldAddress step, boolean asReply) {
    step.addresses().forEach(address -> ip.announce(address, step.device(), asReply));
  }

  private static long ms(Duration time) {
    return time.toMillis();
  }

  private static String names(Step.HoldAddress step) {
    return String.join(", ", step.addresses());
  }

  /** Stops renewing: the addresses stay for as long as their tenure lasts, as at a restart. */
  @Override
  public void close() {
    lane.shutdownNow();
    ip.close();
  }
}
