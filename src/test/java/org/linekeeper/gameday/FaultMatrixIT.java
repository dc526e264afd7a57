package org.linekeeper.gameday;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.linekeeper.docs.GeneratedPart;
import tools.jackson.databind.ObjectMapper;

/**
 * Every fault on both Asterisks, into target/faults.md, and into docs/FAULTS.md with {@code
 * -Dlinekeeper.write-docs=true}: {@code mvn verify -Pmatrix}. Takes an hour. Each result is kept in
 * target/faults, so that it can be done in parts: with {@code -Dfaults=killed,hung} these are
 * struck and the others are as they were; {@code -Dfaults=none} only writes the table.
 */
@Tag("lab")
@Tag("long")
class FaultMatrixIT {
  private static final Path RESULTS = Path.of("target/faults");
  static final List<String> VERSIONS = List.of("22", "16");
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void noFaultGoesUnnoticedAndNothingMovesThatShouldNot() throws IOException {
    String chosen = System.getProperty("faults", "all");
    for (Fault fault : Fault.values()) {
      for (String version : VERSIONS) {
        if (chosen.equals("all") || Arrays.asList(chosen.split(",")).contains(fault.title())) {
          strike(fault, version);
        }
      }
    }
    write(FaultTable.of(results()));
    assertThat(complaints()).isEmpty();
  }

  /** A run that fails leaves no result, and that is complained of. */
  private static void strike(Fault fault, String version) throws IOException {
    Path file = file(fault, version);
    Files.createDirectories(RESULTS);
    Files.deleteIfExists(file);
    try {
      FaultReport report = GameDay.result(FaultReport.class, "fault", fault.title(), version);
      Files.writeString(file, JSON.writeValueAsString(report));
    } catch (RuntimeException | AssertionError e) {
      System.out.println(fault.title() + " " + version + ": " + e);
    }
  }

  private static Path file(Fault fault, String version) {
    return RESULTS.resolve(fault.title() + "-" + version + ".json");
  }

  private static List<FaultReport> results() throws IOException {
    List<FaultReport> results = new ArrayList<>();
    for (Fault fault : Fault.values()) {
      for (String version : VERSIONS) {
        if (Files.exists(file(fault, version))) {
          results.add(JSON.readValue(Files.readString(file(fault, version)), FaultReport.class));
        }
      }
    }
    return results;
  }

  private static List<String> complaints() throws IOException {
    List<String> complaints = new ArrayList<>();
    for (Fault fault : Fault.values()) {
      for (String version : VERSIONS) {
        if (!Files.exists(file(fault, version))) {
          complaints.add(fault.title() + " " + version + ": no result");
        }
      }
    }
    for (FaultReport report : results()) {
      report
          .complaint()
          .ifPresent(c -> complaints.add(report.fault() + " " + report.version() + ": " + c));
    }
    return complaints;
  }

  private static void write(String table) throws IOException {
    Files.writeString(Path.of("target/faults.md"), table);
    new GeneratedPart(Path.of("docs/FAULTS.md"), FaultMatrixIT.class).writeIfAsked(table);
  }
}
