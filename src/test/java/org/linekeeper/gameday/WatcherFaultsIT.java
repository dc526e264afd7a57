package org.linekeeper.gameday;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.linekeeper.docs.GeneratedPart;

/**
 * Whatever befalls one of three watchers: callers are answered, and never two hosts have the
 * address. {@code mvn verify -Pwatchers} strikes every fault ({@code -Dwatcher.faults=TITLE,TITLE}
 * some of them), and writes docs/WATCHERS.md with {@code -Dlinekeeper.write-docs=true}.
 */
@Tag("lab")
@Tag("long")
class WatcherFaultsIT {
  /**
   * The tenure since a renewal at that very moment, and what it takes then to decide, take and be
   * heard of. The bench has a limit for the median.
   */
  private static final long LIMIT_MS = 1_400;

  @Test
  void callersAreAnsweredWhateverBefallsOneOfThree() throws IOException {
    String chosen = System.getProperty("watcher.faults", "all");
    List<String> titles =
        WatcherFault.all().stream()
            .map(WatcherFault::title)
            .filter(t -> chosen.equals("all") || Arrays.asList(chosen.split(",")).contains(t))
            .toList();
    List<String> words = new ArrayList<>(List.of("watchers"));
    words.addAll(titles);
    WatcherFaultRun.Result[] results =
        GameDay.result(WatcherFaultRun.Result[].class, words.toArray(String[]::new));
    String table = table(results);
    System.out.println(table);
    Files.writeString(Path.of("target/watcher-faults.md"), table);
    new GeneratedPart(Path.of("docs/WATCHERS.md"), WatcherFaultsIT.class).writeIfAsked(table);
    assertThat(results).extracting(WatcherFaultRun.Result::fault).containsExactlyElementsOf(titles);
    assertThat(results)
        .allSatisfy(
            result -> {
              assertThat(result.both()).as("two hosts have the address, ms").isZero();
              boolean moves = WatcherFault.named(result.fault()).moves();
              assertThat(result.taken())
                  .as("the address came to")
                  .isEqualTo(moves ? Map.of("primary", 2, "standby", 1) : Map.of("primary", 1));
              assertThat(result.turns())
                  .as("claims of the address by another host than the last")
                  .isLessThanOrEqualTo(moves ? 3 : 1);
              assertThat(result.millis()).as("callers are answered again").isNotNegative();
              assertThat(result.millis()).isLessThanOrEqualTo(LIMIT_MS);
              assertThat(result.orders()).as("the one that was struck acts").isEmpty();
              assertThat(result.crossed()).as("packets across the cut").isLessThanOrEqualTo(0);
              assertThat(result.agree()).as("the same journal").isTrue();
            });
  }

  private static String table(WatcherFaultRun.Result[] results) throws IOException {
    StringBuilder table =
        new StringBuilder(
            "| fault | callers answered again after | calls that failed | the address came to | two had it | orders by the one struck | packets across the cut |\n"
                + "|---|---|---|---|---|---|---|\n");
    for (WatcherFaultRun.Result result : results) {
      table
          .append("| ")
          .append(result.fault())
          .append(result.failed() == 0 ? " | at once | " : " | " + result.millis() + " ms | ")
          .append(result.failed())
          .append(" | ")
          .append(result.taken())
          .append(" | ")
          .append(result.both())
          .append(" ms | ")
          .append(WatcherFault.named(result.fault()).isolates() ? result.orders().size() : "-")
          .append(result.crossed() < 0 ? " | - |\n" : " | " + result.crossed() + " |\n");
    }
    return table
        + "\nMeasured on "
        + LocalDate.now(ZoneOffset.UTC)
        + ", build "
        + Hashes.build()
        + ", a call every 10 ms.\n";
  }
}
