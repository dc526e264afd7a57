package org.linekeeper.gameday;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every fault on both Asterisks, into target/faults.md, and into docs/FAULTS.md with {@code
 * -Dlinekeeper.write-docs=true}. Takes some twenty-five minutes: {@code mvn verify -Pmatrix}.
 */
@Tag("lab")
@Tag("long")
class FaultMatrixIT {
  private static final String BEGIN = "<!-- begin: written by FaultMatrixIT -->\n";
  private static final String END = "<!-- end: written by FaultMatrixIT -->";

  @Test
  void noFaultGoesUnnoticedAndNothingMovesThatShouldNot() throws IOException {
    StringBuilder table =
        new StringBuilder(
            "| fault | Asterisk | verdict | wanted | done | noticed after | callers | it said |\n"
                + "|---|---|---|---|---|---|---|---|\n");
    List<String> complaints = new ArrayList<>();
    for (Fault fault : Fault.values()) {
      for (String version : List.of("22", "16")) {
        String row;
        try {
          FaultReport report = GameDay.result(FaultReport.class, "fault", fault.title(), version);
          row = row(report);
          report
              .complaint()
              .ifPresent(c -> complaints.add(fault.title() + " " + version + ": " + c));
        } catch (RuntimeException | AssertionError e) {
          row = "| " + fault.title() + " | " + version + " | **the run failed** | | | | | |";
          complaints.add(fault.title() + " " + version + ": " + e);
        }
        table.append(row).append('\n');
      }
    }
    write(table.toString());
    assertThat(complaints).isEmpty();
  }

  private static String row(FaultReport report) {
    String done = report.answer().words();
    return String.join(
        " | ",
        "| " + report.fault(),
        Integer.toString(report.version()),
        report.verdict().isEmpty() ? "none" : report.verdict(),
        report.wanted().words(),
        report.complaint().isEmpty() ? done : "**" + done + "**",
        report.verdictAfter() < 0 ? "never" : report.verdictAfter() + " ms",
        report.calls(),
        report.sentence().replace("|", "/") + " |");
  }

  private static void write(String table) throws IOException {
    Files.writeString(Path.of("target/faults.md"), table);
    if (Boolean.getBoolean("linekeeper.write-docs")) {
      Path page = Path.of("docs/FAULTS.md");
      String text = Files.readString(page);
      Files.writeString(
          page,
          text.substring(0, text.indexOf(BEGIN) + BEGIN.length())
              + table
              + text.substring(text.indexOf(END)));
    }
  }
}
