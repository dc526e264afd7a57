package org.linekeeper.gameday;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.linekeeper.gameday.FaultReport.Answer;
import org.linekeeper.lab.AsteriskRoot;
import org.linekeeper.lab.Await;
import org.linekeeper.lab.LabNetwork;

/** One fault from the quiet before to the mending. */
final class FaultRun {
  private static final Duration BEFORE = Duration.ofSeconds(1);
  private static final Duration AFTER = Duration.ofSeconds(3);

  /** Numbers are diverted after 15 s without a PBX. */
  private static final Duration STILL = Duration.ofSeconds(20);

  /** A returned PBX may serve beside the active one for a second. */
  private static final Duration MENDED = Duration.ofMillis(1500);

  private FaultRun() {}

  static FaultReport of(LabNetwork network, Fault fault, AsteriskRoot root) throws Exception {
    say(fault.title() + " (" + fault.about() + "), Asterisk " + root.version());
    try (House house = House.open(network, root)) {
      Outfit.everythingOn(house);
      fault.prepare(house);
      try (Watching watching = fault.watch(house)) {
        watching.awaitCalm();
        house.awaitStandbyHeld();
        fault.awaitReady(house, watching);
        return strike(house, watching, fault, root.version());
      }
    }
  }

  private static FaultReport strike(House house, Watching watching, Fault fault, int version)
      throws Exception {
    try (Calls calls = fault.callers(house);
        SippPair sipp = SippPair.begin(house);
        DeskPhone phones = DeskPhone.open(house)) {
      say("desk phone " + phones.words());
      Await.pause(BEFORE);
      say("all is well: " + answering(calls, Instant.now().minus(BEFORE)));
      Seen before = watching.latest().orElseThrow();
      Instant at = Instant.now();
      fault.strike(house);
      say("struck; it took " + Duration.between(at, Instant.now()).toMillis() + " ms to do so");
      watch(watching, fault, before, at);
      String phone = DeskPhone.rings(house, watching.latest().orElseThrow().active());
      Outage outage = Outage.of(calls.all(), at);
      Said said = Said.since(at, before, watching);
      say("callers: " + outage.words() + "; answered by " + outage.by());
      say("desk phone (baresip): " + phone);
      say("SIPp at each PBX: " + sipp.words(at));
      fault.mend(house);
      Await.pause(MENDED);
      Map<String, Long> mended = answering(calls, Instant.now().minusMillis(500));
      say("mended; answered by " + mended);
      boolean moved = said.answer() == Answer.SWITCH;
      FaultReport report =
          new FaultReport(
              fault.title(),
              version,
              Hashes.build(),
              Hashes.settings(house),
              said.verdict(),
              said.answer(),
              fault.wanted(),
              said.after(),
              said.sentence(),
              outage.millis(),
              outage.words(),
              outage.doubly(),
              moved ? 0 : outage.by().getOrDefault("standby", 0L),
              moved ? mended.getOrDefault("primary", 0L) : 0);
      print(report);
      return report;
    }
  }

  /**
   * Until calls went elsewhere and some seconds have passed; or until it did what is wanted, and
   * did no more for longer than numbers wait to be diverted; or for as long as the fault is given.
   */
  private static void watch(Watching watching, Fault fault, Seen before, Instant at) {
    Instant end = at.plus(fault.given());
    Instant done = Instant.MAX;
    while (Instant.now().isBefore(end) && Instant.now().isBefore(done)) {
      boolean toMobiles = fault.wanted() == Answer.MOBILES;
      if (watching
          .latest()
          .filter(seen -> toMobiles ? seen.diverts() : Said.moved(seen, before))
          .isPresent()) {
        Await.pause(AFTER);
        return;
      }
      Await.pause(Duration.ofMillis(20));
      boolean asWanted =
          fault.wanted() != Answer.NOTHING
              && Said.since(at, before, watching).answer() == fault.wanted();
      if (asWanted && done.equals(Instant.MAX)) {
        done = Instant.now().plus(STILL);
      }
    }
  }

  private static Map<String, Long> answering(Calls calls, Instant since) {
    return Outage.of(calls.all(), since).by();
  }

  private static void print(FaultReport report) {
    say(
        "verdict: "
            + (report.verdict().isEmpty() ? "none" : report.verdict())
            + ", after "
            + report.verdictAfter()
            + " ms");
    say("answer: " + report.answer().words() + " (wanted: " + report.wanted().words() + ")");
    say("it said: " + report.sentence());
    report.complaint().ifPresent(text -> say("NOT AS IT SHOULD BE: " + text));
  }

  private static void say(String text) {
    System.out.println(text);
  }
}
