package org.linekeeper.gameday;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reports of faults as a page. */
final class FaultTable {
  private FaultTable() {}

  static String of(List<FaultReport> reports) {
    StringBuilder page =
        new StringBuilder(
            "| fault | Asterisk | verdict | wanted | done | noticed after | callers | it said |\n"
                + "|---|---|---|---|---|---|---|---|\n");
    reports.forEach(report -> page.append(row(report)).append('\n'));
    String missing = missing(reports);
    if (!missing.isEmpty()) {
      page.append("\n**Without a result: ").append(missing).append(".**\n");
    }
    page.append("\nWhat they are:\n");
    for (Fault fault : Fault.values()) {
      page.append("- ").append(fault.title()).append(": ").append(fault.about()).append('\n');
    }
    return page.append("\nThe settings: as shipped, profile `lan`, and\n```\n")
        .append(Outfit.CARRIER)
        .append(Outfit.MIRROR)
        .append("```\nBuild ")
        .append(String.join(", ", hashes(reports, FaultReport::build)))
        .append("; settings ")
        .append(String.join(", ", hashes(reports, FaultReport::settings)))
        .append(".\n")
        .toString();
  }

  private static String missing(List<FaultReport> reports) {
    Set<String> done =
        reports.stream().map(r -> r.fault() + " " + r.version()).collect(Collectors.toSet());
    return FaultMatrixIT.VERSIONS.stream()
        .flatMap(version -> Stream.of(Fault.values()).map(f -> f.title() + " " + version))
        .filter(row -> !done.contains(row))
        .collect(Collectors.joining(", "));
  }

  /** The usual one first, the others with the faults that they were for. */
  private static List<String> hashes(
      List<FaultReport> reports, Function<FaultReport, String> hash) {
    Map<String, Set<String>> faults = new TreeMap<>();
    reports.forEach(
        report ->
            faults.computeIfAbsent(hash.apply(report), h -> new TreeSet<>()).add(report.fault()));
    List<String> usualFirst =
        faults.keySet().stream()
            .sorted(Comparator.comparing(h -> -faults.getOrDefault(h, Set.of()).size()))
            .toList();
    return usualFirst.stream()
        .map(
            h ->
                h.equals(usualFirst.get(0))
                    ? h
                    : h + " for " + String.join(" and ", faults.getOrDefault(h, Set.of())))
        .toList();
  }

  static String row(FaultReport report) {
    String done = report.answer().words();
    return String.join(
        " | ",
        "| " + report.fault(),
        Integer.toString(report.version()),
        report.verdict().isEmpty() ? "none" : report.verdict().replace("|", "/"),
        report.wanted().words(),
        report.complaint().map(wrong -> "**" + done + ": " + wrong + "**").orElse(done),
        report.verdictAfter() < 0 ? "never" : report.verdictAfter() + " ms",
        report.calls(),
        report.sentence().replace("|", "/") + " |");
  }
}
