package org.linekeeper.gameday;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.linekeeper.lab.AsteriskRoot;
import org.linekeeper.lab.Await;
import org.linekeeper.lab.LabNetwork;

/** One fault of a watcher after another, on the same three, with callers all the time. */
final class WatcherFaultRun {
  private static final Duration SETTLED = Duration.ofSeconds(15);
  private static final Duration LASTS = Duration.ofSeconds(6);

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
   * @param agree whether all watchers have the same journal afterwards
   */
  record Result(
      String fault,
      long millis,
      long failed,
      long both,
      Map<String, Integer> taken,
      int turns,
      boolean agree) {}

  /**
   * @param titles of the faults, in that order
   */
  static List<Result> of(LabNetwork network, List<String> titles) throws Exception {
    List<Result> results = new ArrayList<>();
    try (House house = House.open(network, AsteriskRoot.v22());
        ThreeSide side = ThreeSide.start(house);
        Calls calls = Calls.begin(house.office().carrier(), House.CALL_EVERY)) {
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
    try (Holders holders =
            Holders.watch(address, List.of(house.primary().host(), house.standby().host()));
        Claims claims = Claims.follow(house.network(), address)) {
      Await.pause(Duration.ofSeconds(1));
      Instant struck = Instant.now();
      fault.strike(house, side);
      Await.pause(LASTS);
      Outage outage = Outage.of(calls.all(), struck);
      System.out.println(holders.since(struck));
      fault.mend(house, side);
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
          side.sameJournals());
    }
  }
}
