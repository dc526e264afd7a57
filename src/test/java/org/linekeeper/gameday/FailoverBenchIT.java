package org.linekeeper.gameday;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.linekeeper.docs.GeneratedPart;

/**
 * Linekeeper and keepalived side by side: the same hosts, callers, call rate and definition of an
 * outage. Writes target/failover-bench.md, and docs/BENCHMARKS.md with {@code
 * -Dlinekeeper.write-docs=true}; {@code mvn verify -Pbench}.
 */
@Tag("lab")
@Tag("long")
class FailoverBenchIT {
  private static final int RUNS = Integer.getInteger("linekeeper.bench.runs", 10);

  /** {@code -Dlinekeeper.bench.tools=LINEKEEPER_THREE,KEEPALIVED_USUAL}: those in question. */
  private static final List<Tool> TOOLS = chosen("linekeeper.bench.tools", Tool.class);

  private static final List<BenchFault> FAULTS =
      chosen("linekeeper.bench.faults", BenchFault.class);

  /** At most so much of keepalived's usual median, with three watchers. */
  private static final Map<BenchFault, Double> LIMITS =
      Map.of(BenchFault.HOST_CUT, 0.4, BenchFault.SITE_LOST, 1.0);

  /** Of each watcher, in MB. */
  private static final long MEMORY_LIMIT = 300;

  private static <E extends Enum<E>> List<E> chosen(String property, Class<E> type) {
    String names = System.getProperty(property, "");
    return names.isEmpty()
        ? List.of(type.getEnumConstants())
        : Arrays.stream(names.split(",")).map(name -> Enum.valueOf(type, name)).toList();
  }

  @Test
  void fromAFaultToTheFirstAnsweredCall() throws IOException {
    StringBuilder table =
        new StringBuilder(
            "| fault | tool | median | worst | × keepalived usual | × keepalived tuned | runs |\n"
                + "|---|---|---|---|---|---|---|\n");
    StringBuilder ways = new StringBuilder();
    StringBuilder memory = new StringBuilder();
    String settings = "";
    Map<BenchFault, Map<Tool, BenchRun.Result>> all = new EnumMap<>(BenchFault.class);
    for (BenchFault fault : FAULTS) {
      Map<Tool, BenchRun.Result> results = new EnumMap<>(Tool.class);
      all.put(fault, results);
      for (Tool tool : TOOLS.stream().filter(fault::concerns).toList()) {
        BenchRun.Result result =
            GameDay.result(
                BenchRun.Result.class, "bench", tool.name(), fault.name(), Integer.toString(RUNS));
        results.put(tool, result);
      }
      settings =
          Stream.of(Tool.LINEKEEPER_ADDRESS, Tool.LINEKEEPER_THREE)
              .flatMap(tool -> Optional.ofNullable(results.get(tool)).stream())
              .map(BenchRun.Result::settings)
              .findFirst()
              .orElse("not measured");
      for (Tool tool : results.keySet()) {
        table.append(row(fault, tool, results)).append('\n');
        ways.append(way(fault, tool, results.get(tool).steps()));
        memory.append(words(fault, results.get(tool).memory()));
      }
    }
    table
        .append("\nWhere the milliseconds go, medians from the fault:\n")
        .append(ways)
        .append(
            memory.isEmpty() ? "" : "\nMemory of each watcher after all runs of a fault, in MB:\n")
        .append(memory)
        .append("\nMeasured on ")
        .append(LocalDate.now(ZoneOffset.UTC))
        .append(", build ")
        .append(Hashes.build())
        .append(", settings with the floating address ")
        .append(settings)
        .append(".\n");
    System.out.println(table);
    Files.writeString(Path.of("target/failover-bench.md"), table);
    if (whole()) {
      write("FailoverBenchIT", table);
    } else if (TOOLS.equals(List.of(Tool.LINEKEEPER_THREE, Tool.KEEPALIVED_USUAL))
        && FAULTS.equals(List.of(BenchFault.HOST_CUT, BenchFault.SITE_LOST))) {
      write("FailoverBenchIT, three", table);
    }
    SoftAssertions.assertSoftly(
        softly -> all.forEach((fault, results) -> keepTheLimits(softly, fault, results)));
  }

  private static void write(String part, CharSequence table) throws IOException {
    new GeneratedPart(Path.of("docs/BENCHMARKS.md"), part).writeIfAsked(table.toString());
  }

  private static void keepTheLimits(
      SoftAssertions softly, BenchFault fault, Map<Tool, BenchRun.Result> results) {
    BenchRun.Result three = results.get(Tool.LINEKEEPER_THREE);
    BenchRun.Result usual = results.get(Tool.KEEPALIVED_USUAL);
    if (three == null) {
      return;
    }
    softly
        .assertThat(three.memory().values())
        .extracting(Memory::most)
        .as("%s: memory of each watcher, in MB", fault)
        .allMatch(most -> most <= MEMORY_LIMIT);
    Double limit = LIMITS.get(fault);
    if (limit != null && usual != null) {
      softly
          .assertThat((double) median(three.millis()) / median(usual.millis()))
          .as("%s: three watchers, of keepalived's usual median", fault)
          .isLessThanOrEqualTo(limit);
    }
  }

  private static boolean whole() {
    return TOOLS.size() == Tool.values().length && FAULTS.size() == BenchFault.values().length;
  }

  /** One line; empty for a tool whose way is not followed. */
  private static String way(BenchFault fault, Tool tool, List<Map<String, Long>> steps) {
    Map<String, Long> medians = new HashMap<>();
    steps.stream()
        .flatMap(step -> step.keySet().stream())
        .distinct()
        .forEach(
            what ->
                medians.put(
                    what,
                    median(steps.stream().map(step -> step.getOrDefault(what, -1L)).toList())));
    String words =
        medians.entrySet().stream()
            .filter(step -> step.getValue() != Long.MAX_VALUE)
            .sorted(Map.Entry.comparingByValue())
            .map(step -> step.getKey() + " " + Math.round(step.getValue() / 1000.0))
            .collect(Collectors.joining(", "));
    return words.isEmpty() ? "" : "- " + fault.words() + ", " + tool.words() + ": " + words + "\n";
  }

  private static String words(BenchFault fault, Map<String, Memory> memory) {
    String words =
        memory.entrySet().stream()
            .map(
                each ->
                    "%s %d (at most %d)"
                        .formatted(
                            each.getKey(), each.getValue().resident(), each.getValue().most()))
            .collect(Collectors.joining(", "));
    return words.isEmpty() ? "" : "- " + fault.words() + ": " + words + "\n";
  }

  private static String row(BenchFault fault, Tool tool, Map<Tool, BenchRun.Result> results) {
    List<Long> millis = results.get(tool).millis();
    if (tool.isLinekeeper()) {
      assertThat(millis).as("%s: every fault is noticed", fault).doesNotContain(-1L);
      assertThat(results.get(tool).unanswered()).as("calls after the switch").isZero();
      assertThat(results.get(tool).doubly()).as("answered by the old PBX").isZero();
    }
    return String.join(
        " | ",
        "| " + fault.words(),
        tool.words(),
        words(median(millis)),
        millis.contains(-1L) ? "never" : Collections.max(millis) + " ms",
        ratio(millis, results.get(Tool.KEEPALIVED_USUAL)),
        ratio(millis, results.get(Tool.KEEPALIVED_TUNED)),
        millis.size() + " |");
  }

  private static String words(long millis) {
    return millis == Long.MAX_VALUE ? "never" : millis + " ms";
  }

  /** A run without an answer counts as endless. */
  private static long median(List<Long> millis) {
    List<Long> sorted = millis.stream().map(m -> m < 0 ? Long.MAX_VALUE : m).sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  private static String ratio(List<Long> ours, BenchRun.@Nullable Result theirs) {
    if (theirs == null
        || median(theirs.millis()) == Long.MAX_VALUE
        || median(ours) == Long.MAX_VALUE) {
      return "–";
    }
    return String.format(Locale.ROOT, "%.2f", (double) median(ours) / median(theirs.millis()));
  }
}
