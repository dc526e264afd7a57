package org.linekeeper.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * An office with real phones, and a Linekeeper that mirrors. Desks 1 to 4 stand in the office's
 * network, 5 to 8 behind a router that masquerades and lets nobody in who was not asked; of each
 * four, the first two speak UDP and the others TCP, and the PBX rewrites the contacts of the even
 * ones.
 */
final class Desks implements AutoCloseable {
  private static final Duration SOON = Duration.ofSeconds(15);
  private static final Duration RINGS_WITHIN = Duration.ofMillis(1500);

  private final LabOffice lab;
  private final Optional<MovingAddress> floating;
  private final List<SoftPhone> phones = new ArrayList<>();
  private final LabLinekeeper linekeeper;

  /** The common pool has one thread on a small machine. */
  private final ExecutorService callers = Executors.newCachedThreadPool();

  private Desks(LabOffice lab, boolean floating, List<Integer> desks) {
    this.lab = lab;
    this.floating = floating ? Optional.of(MovingAddress.at(lab)) : Optional.empty();
    LabHost floor = lab.network().host("floor");
    Optional<Router> router =
        desks.stream().anyMatch(desk -> desk > 4)
            ? Optional.of(Router.on(lab.network().host("router")))
            : Optional.empty();
    String registrar =
        (floating ? lab.network().floatingAddress() : lab.primary().host().address()) + ":5062";
    for (int desk : desks) {
      boolean behind = desk > 4;
      phones.add(
          SoftPhone.plugIn(
              behind ? router.orElseThrow().inside() : floor.namespace(),
              floor.directory(),
              behind ? Router.INSIDE : floor.address(),
              5070 + desk * 10,
              "desk" + desk,
              (desk - 1) % 4 < 2 ? "udp" : "tcp",
              registrar));
    }
    String both =
        """
        failover: {mode: automatic}
        mirror:
          contacts: yes
          families: [CFWD]
          queues: [sales]
          ami:
            primary: {user: linekeeper-astdb, password: "file:ami-password"}
            standby: {user: linekeeper-astdb, password: "file:ami-password"}
        """;
    lab.settings(Map.of("failover: {mode: automatic}\n", both));
    linekeeper = LabLinekeeper.start(lab);
    linekeeper.primaryServes();
  }

  static Desks open(AsteriskRoot one, AsteriskRoot two, boolean floating, int... desks) {
    LabOffice lab = LabOffice.withDesks(one, two, floating);
    try {
      return new Desks(lab, floating, IntStream.of(desks).boxed().toList());
    } catch (RuntimeException | Error e) {
      lab.close();
      throw e;
    }
  }

  LabOffice lab() {
    return lab;
  }

  LabLinekeeper linekeeper() {
    return linekeeper;
  }

  List<SoftPhone> phones() {
    return phones;
  }

  /** Calls every desk through one PBX, all at once; for each, how long after the moment it rang. */
  List<Optional<Duration>> ring(LabPbx through, Duration moment) {
    List<CompletableFuture<?>> calls = new ArrayList<>();
    for (SoftPhone phone : phones) {
      calls.add(CompletableFuture.runAsync(() -> call(through, phone, moment), callers));
    }
    calls.forEach(CompletableFuture::join);
    return phones.stream()
        .map(phone -> phone.rangAfter(moment).map(at -> at.minus(moment)))
        .toList();
  }

  /** As a carrier does that is told 503: at once again, until somebody takes the call. */
  private void call(LabPbx through, SoftPhone phone, Duration moment) {
    SipCaller carrier = new SipCaller(lab.network().carrierSip());
    String number = "44163296021" + phone.name().substring(4);
    Duration until = moment.plus(RINGS_WITHIN);
    for (Duration left = RINGS_WITHIN;
        left.toMillis() > 10 && phone.rangAfter(moment).isEmpty();
        left = until.minus(SoftPhone.TICKER.now())) {
      carrier.call(through.sip(), number, left);
    }
  }

  /** The standby has every row that the primary has, alike. */
  void awaitMirrored() {
    Await.until(
        "all registrations are mirrored",
        SOON,
        () -> {
          String there = contacts(lab.standby());
          return !there.isEmpty() && there.equals(contacts(lab.primary()));
        });
  }

  static String contacts(LabPbx pbx) {
    return String.join(
        "\n",
        pbx.cli("database show registrar")
            .lines()
            .filter(l -> l.contains("contact/"))
            .sorted()
            .toList());
  }

  /** Through the primary, as on a normal day; this also warms the callers up. */
  List<Optional<Duration>> ringOnANormalDay() {
    List<Optional<Duration>> rang = ring(lab.primary(), SoftPhone.TICKER.now());
    Await.pause(Duration.ofSeconds(1));
    return rang;
  }

  /** Kills the primary, and calls every desk the moment the standby's promotion is committed. */
  List<Optional<Duration>> ringAfterFailover() {
    CompletableFuture<Duration> promoted = new CompletableFuture<>();
    linekeeper
        .service()
        .journal()
        .onCommit(
            records -> {
              if (linekeeper.active().equals("standby")) {
                promoted.complete(SoftPhone.TICKER.now());
              }
            });
    CompletableFuture<List<Optional<Duration>>> rang =
        promoted.thenApplyAsync(
            at -> {
              floating.ifPresent(MovingAddress::move);
              return ring(lab.standby(), at);
            });
    lab.primary().kill9();
    return rang.orTimeout(SOON.toMillis(), TimeUnit.MILLISECONDS).join();
  }

  @Override
  public void close() {
    phones.forEach(SoftPhone::close);
    callers.shutdownNow();
    floating.ifPresent(MovingAddress::close);
    linekeeper.close();
    lab.close();
  }
}
