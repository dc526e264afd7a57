package org.linekeeper.gameday;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.linekeeper.lab.AsteriskRoot;
import org.linekeeper.lab.Await;
import org.linekeeper.lab.LabNetwork;

/** One fault from the quiet before to the mending. */
final class FaultRun {
  private static final Duration BEFORE = Duration.ofSeconds(1);
  private static final Duration AFTER = Duration.ofSeconds(3);

  private FaultRun() {}

  static FaultReport of(LabNetwork network, Fault fault, AsteriskRoot root) throws Exception {
    say(fault.title() + " (" + fault.about() + "), Asterisk " + root.version());
    try (House house = House.open(network, root)) {
      Outfit.everythingOn(house);
      fault.prepare(house);
      try (Watching watching = fault.watch(house)) {
        watching.awaitCalm();
        house.awaitStandbyHeld();
        fault.awaitReady(house);
        return strike(house, watching, fault, root.version());
      }
    }
  }

  private static FaultReport strike(House house, Watching watching, Fault fault, int version)
      throws Exception {
    long epoch = watching.latest().orElseThrow().epoch();
    try (Calls calls = fault.callers(house);
        SippPair sipp = SippPair.begin(house);
        DeskPhone phones = DeskPhone.open(house)) {
      say("desk phone " + phones.words());
      Await.pause(BEFORE);
      say("all is well: " + answering(calls, Instant.now().minus(BEFORE)));
      Instant at = Instant.now();
      fault.strike(house);
      say("struck; it took " + Duration.between(at, Instant.now()).toMillis() + " ms to do so");
      watch(watching, fault, epoch, at);
      String phone = DeskPhone.rings(house, watching.latest().orElseThrow().active());
      Outage outage = Outage.of(calls.all(), at);
      FaultReport report = report(watching, fault, version, epoch, at, outage);
      say("callers: " + outage.words() + "; answered by " + outage.by());
      say("desk phone (baresip): " + phone);
      say("SIPp at each PBX: " + sipp.words(at));
      print(report);
      fault.mend(house);
      Await.pause(Duration.ofSeconds(1));
      say("mended; answered by " + answering(calls, Instant.now().minusMillis(500)));
      return report;
    }
  }

  /** Until it has switched and some seconds have passed, or for as long as the fault is given. */
  private static void watch(Watching watching, Fault fault, long epoch, Instant at) {
    Instant end = at.plus(fault.given());
    while (Instant.now().isBefore(end)) {
      if (watching.latest().filter(seen -> seen.epoch() != epoch).isPresent()) {
        Await.pause(AFTER);
        return;
      }
      Await.pause(Duration.ofMillis(20));
    }
  }

  private static FaultReport report(
      Watching watching, Fault fault, int version, long epoch, Instant at, Outage outage) {
    List<Seen> heard = watching.heardSince(at);
    Set<String> verdicts = new LinkedHashSet<>();
    for (Seen seen : heard) {
      seen.bad().forEach((pbx, verdict) -> verdicts.add(pbx + " " + verdict));
    }
    Optional<Seen> first = heard.stream().filter(seen -> !seen.calm()).findFirst();
    Optional<Seen> switched = heard.stream().filter(seen -> seen.epoch() != epoch).findFirst();
    Optional<Seen> asked = heard.stream().filter(Seen::asks).findFirst();
    FaultReport.Answer answer = FaultReport.Answer.NOTHING;
    String sentence = heard.isEmpty() ? "" : heard.get(heard.size() - 1).reason();
    if (switched.isPresent()) {
      answer = FaultReport.Answer.SWITCH;
      sentence = switched.get().promotion();
    } else if (asked.isPresent()) {
      answer = FaultReport.Answer.ASK;
      sentence = asked.get().reason();
    } else if (first.filter(FaultRun::tells).isPresent()
        || heard.stream().anyMatch(FaultRun::tells)) {
      answer = FaultReport.Answer.ALERT;
      sentence =
          heard.stream().filter(FaultRun::tells).reduce((a, b) -> b).map(FaultRun::told).get();
    }
    return new FaultReport(
        fault.title(),
        version,
        String.join(", ", verdicts),
        answer,
        fault.wanted(),
        first.map(seen -> Duration.between(at, seen.at()).toMillis()).orElse(-1L),
        sentence,
        FaultReport.outage(outage),
        outage.words(),
        outage.doubly());
  }

  /** A passing inconclusive is no news for people. */
  private static boolean tells(Seen seen) {
    return !seen.bad().isEmpty() || !seen.level().equals("ok") && seen.allHealthy();
  }

  private static String told(Seen seen) {
    return seen.bad().keySet().stream()
        .findFirst()
        .map(pbx -> pbx + ": " + seen.verdicts().get(pbx) + " (" + seen.evidence().get(pbx) + ")")
        .orElseGet(() -> String.join(" ", seen.said()));
  }

  private static String answering(Calls calls, Instant since) {
    return Outage.of(calls.all(), since).by().toString();
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
