package org.linekeeper.gameday;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.linekeeper.lab.AsteriskRoot;
import org.linekeeper.lab.Await;
import org.linekeeper.lab.LabNetwork;

/**
 * One tool and one fault, again and again: from the fault to the first call answered by the
 * standby, among calls begun after the fault, one every 10 ms.
 */
final class BenchRun {
  /** In an office nothing has just been started when something fails. */
  private static final Duration SETTLED = Duration.ofSeconds(15);

  private static final Duration WARM = Duration.ofMillis(1500);
  private static final Duration CAUGHT_UP = Duration.ofSeconds(60);
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration AFTERWARDS = Duration.ofSeconds(1);

  private BenchRun() {}

  /**
   * @param tool what was measured
   * @param fault what was done to the primary
   * @param millis of each run; -1 where no call was answered within 20 s
   * @param unanswered calls that nobody answered although begun after the first answered one
   * @param doubly calls answered by the primary after the standby had begun to answer
   * @param steps of each run: what happened on the way, in microseconds from the fault
   * @param memory of each of the tool's processes, after all that
   * @param settings hash of Linekeeper's settings
   */
  record Result(
      Tool tool,
      BenchFault fault,
      List<Long> millis,
      long unanswered,
      long doubly,
      List<Map<String, Long>> steps,
      Map<String, Memory> memory,
      String settings) {}

  static Result of(LabNetwork network, Tool tool, BenchFault fault, int runs) throws Exception {
    List<Long> millis = new ArrayList<>();
    List<Map<String, Long>> steps = new ArrayList<>();
    long unanswered = 0;
    long doubly = 0;
    String settings;
    Map<String, Memory> memory;
    try (House house = House.open(network, AsteriskRoot.v22());
        Tool.Standby standby = tool.start(house);
        Calls calls = Calls.begin(house.office().carrier(), House.CALL_EVERY)) {
      Await.pause(SETTLED);
      settings = Hashes.settings(house);
      for (int i = 0; i < runs; i++) {
        awaitQuiet(calls);
        standby.beforeStriking(fault);
        BenchFault.Struck struck = fault.strike(house);
        Instant end = struck.at().plus(LIMIT);
        while (Instant.now().isBefore(end) && !calls.answeredSince(struck.at(), "standby")) {
          Await.pause(Duration.ofMillis(5));
        }
        Await.pause(AFTERWARDS);
        Instant now = Instant.now();
        List<Call> since = calls.all().stream().filter(c -> !c.at().isBefore(struck.at())).toList();
        Optional<Call> answered =
            since.stream()
                .filter(c -> c.by().equals("standby"))
                .min(Comparator.comparing(Call::end));
        Instant first = answered.map(Call::end).orElse(Instant.MAX);
        millis.add(
            first.equals(Instant.MAX) ? -1 : Duration.between(struck.at(), first).toMillis());
        unanswered +=
            since.stream()
                .filter(c -> c.at().isAfter(first) && c.at().isBefore(now.minus(House.LEG)))
                .filter(c -> !c.answered())
                .count();
        doubly += Outage.of(since, struck.at()).doubly();
        Map<String, Long> way = new HashMap<>(standby.ownSteps(struck.at()));
        standby.trail().ifPresent(trail -> way.putAll(trail.since(struck.at(), answered)));
        steps.add(way);
        System.out.println(tool + " " + fault + ": " + millis.get(i) + " ms; " + words(way));
        standby.beforeMending(fault);
        fault.mend(house, struck);
        standby.primaryServesAgain();
      }
      memory = standby.memory();
    }
    return new Result(tool, fault, millis, unanswered, doubly, steps, memory, settings);
  }

  /** A PBX that has stood still for seconds turns calls away until it has caught up. */
  private static void awaitQuiet(Calls calls) {
    Instant limit = Instant.now().plus(CAUGHT_UP);
    Outage before = lately(calls);
    while (before.failed() > 0 || !before.by().keySet().equals(Set.of("primary"))) {
      if (Instant.now().isAfter(limit)) {
        throw new AssertionError("not quiet before the fault: " + before);
      }
      before = lately(calls);
    }
  }

  private static Outage lately(Calls calls) {
    Instant warm = Instant.now();
    Await.pause(WARM);
    return Outage.of(calls.all(), warm.plus(Duration.ofMillis(500)));
  }

  private static String words(Map<String, Long> way) {
    return way.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .map(step -> String.format(Locale.ROOT, "%s %.1f", step.getKey(), step.getValue() / 1000.0))
        .collect(Collectors.joining(", "));
  }
}
