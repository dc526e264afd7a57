package org.linekeeper.gameday;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.linekeeper.lab.AsteriskRoot;
import org.linekeeper.lab.Await;
import org.linekeeper.lab.LabHost;
import org.linekeeper.lab.LabNetwork;

/** One fault of a watcher after another, on the same three, with callers all the time. */
final class WatcherFaultRun {
  private static final Duration SETTLED = Duration.ofSeconds(15);
  private static final Duration LASTS = Duration.ofSeconds(6);

  /** By then a watcher that is cut off knows that it does not lead, or may not act any more. */
  private static final Duration KNOWS = Duration.ofMillis(1_500);

  /** One that stood still says what it wanted to say before it hears of the others. */
  private static final Duration FIRST_WORDS = Duration.ofSeconds(1);

  /** What was on its way when the cable was cut has arrived. */
  private static final Duration ARRIVED = Duration.ofMillis(20);

  private WatcherFaultRun() {}

  /**
   * What came of one.
   *
   * @param millis from the fault until every call was answered again; 0 if none failed, -1 if never
   *     while it lasted
   * @param failed calls that nobody answered while it lasted
   * @param both milliseconds for which two hosts would have accepted packets for the address
   * @param taken how often the address came to each host, until all was mended
   * @param turns how often another host than the last claimed the address in ARP
   * @param orders what the one that was struck told a PBX to do while the others were the majority,
   *     and in the second after that
   * @param crossed packets that arrived across what was cut; -1 if nothing was
   * @param agree whether all watchers have the same journal afterwards
   */
  record Result(
      String fault,
      long millis,
      long failed,
      long both,
      Map<String, Integer> taken,
      int turns,
      List<String> orders,
      long crossed,
      boolean agree) {}

  /**
   * @param titles of the faults, in that order
   */
  static List<Result> of(LabNetwork network, List<String> titles) throws Exception {
    List<Result> results = new ArrayList<>();
    try (House house = House.open(network, AsteriskRoot.v22());
        ThreeSide side = ThreeSide.start(house);
        Calls calls = Calls.begin(house.office().carrier(), House.CALL_EVERY)) {
      side.confirmApart();
      Await.pause(SETTLED);
      for (String title : titles) {
        Result result = strike(house, side, calls, WatcherFault.named(title));
        System.out.println(result);
        results.add(result);
      }
    }
    return results;
  }

  private static Result strike(House house, ThreeSide side, Calls calls, WatcherFault fault)
      throws Exception {
    String address = side.service().ip();
    LabHost primary = house.primary().host();
    LabHost standby = house.standby().host();
    try (Holders holders = Holders.watch(address, List.of(primary, standby));
        Claims claims = Claims.follow(house.network(), address);
        Orders orders = Orders.follow(primary, standby);
        Crossings crossings =
            Crossings.watch(fault.otherSide(house, side), fault.severed(side).orElse("less 1"))) {
      Await.pause(Duration.ofMillis(1_500));
      Instant struck = Instant.now();
      fault.strike(house, side);
      Instant cut = Instant.now().plus(ARRIVED);
      Await.pause(LASTS);
      Outage outage = Outage.of(calls.all(), struck);
      System.out.println(holders.since(struck));
      System.out.println(
          orders.heard()
              + " orders by anybody; arrived before it was cut: "
              + crossings.before(struck));
      if (orders.heard() == 0) {
        throw new IllegalStateException("who leads closes a gate every second, and was not heard");
      }
      long crossed = crossings.since(cut);
      fault.mend(house, side);
      Await.pause(FIRST_WORDS);
      String who = side.host(fault.one()).address();
      List<String> told = orders.by(who, struck.plus(KNOWS));
      side.awaitAgreement();
      if (side.active().equals("standby")) {
        side.primaryServesAgain();
      }
      side.awaitCalm();
      return new Result(
          fault.title(),
          outage.millis(),
          outage.failed(),
          holders.both().toMillis(),
          new TreeMap<>(holders.taken()),
          claims.turns().size(),
          fault.isolates() ? told : List.of(),
          fault.severed(side).isPresent() ? crossed : -1,
          side.sameJournals());
    }
  }
}
