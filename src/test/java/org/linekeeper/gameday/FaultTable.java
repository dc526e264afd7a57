package org.linekeeper.gameday;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reports of faults as a page. */
final class FaultTable {
  private FaultTable() {}

  static String of(List<FaultReport> reports) {
    StringBuilder page =
        new StringBuilder(
            "| fault | Asterisk | verdict | wanted | done | noticed after | callers | it said |\n"
                + "|---|---|---|---|---|---|---|---|\n");
    reports.forEach(report -> page.append(row(report)).append('\n'));
    page.append("\nWhat they are:\n");
    for (Fault fault : Fault.values()) {
      page.append("- ").append(fault.title()).append(": ").append(fault.about()).append('\n');
    }
    return page.append("\nBuild ")
        .append(distinct(reports.stream().map(FaultReport::build).toList()))
        .append(", settings ")
        .append(distinct(reports.stream().map(FaultReport::settings).toList()))
        .append(".\n")
        .toString();
  }

  private static String distinct(List<String> hashes) {
    return new TreeSet<>(hashes).stream().collect(Collectors.joining(" and "));
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
