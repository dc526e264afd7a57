package org.linekeeper.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.linekeeper.docs.GeneratedPart;
import org.linekeeper.lab.Await;

/**
 * How long an append takes until a majority of three journals has it on disk, each journal a
 * process of its own, over loopback, with TLS and fsync as shipped. Writes target/commits.md, and
 * docs/BENCHMARKS.md with {@code -Dlinekeeper.write-docs=true}; {@code mvn verify -Pbench
 * -Dit.test=CommitLatencyIT}.
 */
@Tag("long")
class CommitLatencyIT {
  private static final int APPENDS = Integer.getInteger("linekeeper.bench.appends", 1_000);

  /** Each journal warms itself for 20 s at most; then the preferred one leads. */
  private static final Duration SETTLED = Duration.ofSeconds(25);

  @Test
  void fromAnAppendToItsCommit() throws IOException {
    // not where temporary files are: that may be memory, where fsync takes no time
    Path directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "journals");
    Path keys = Files.createDirectory(directory.resolve("keys"));
    Watchers.keys(keys);
    StringBuilder table =
        new StringBuilder("| append by | median | 99 % within | worst | appends |\n");
    table.append("|---|---|---|---|---|\n");
    try (Clerks clerks = new Clerks(directory, keys)) {
      clerks.startAll();
      Await.pause(SETTLED);
      clerks.awaitPreferred();
      for (String name : Watchers.NAMES) {
        clerks.get(name).ask("timed " + APPENDS / 2); // the first calls are compiled meanwhile
      }
      table.append(row("the watcher that leads", timed(clerks, "a")));
      table.append(row("another watcher, which passes it on", timed(clerks, "b")));
      assertThat(clerks.get("a").ask("leads")).as("a led all the time").isEqualTo("done true");
    }
    String text =
        table
            + "\nMeasured on "
            + LocalDate.now(ZoneOffset.UTC)
            + ", Java "
            + Runtime.version()
            + ".\n";
    System.out.println(text);
    Files.writeString(Path.of("target/commits.md"), text);
    new GeneratedPart(Path.of("docs/BENCHMARKS.md"), CommitLatencyIT.class).writeIfAsked(text);
  }

  /** In microseconds, the shortest first. */
  private static List<Long> timed(Clerks clerks, String name) {
    List<Long> micros =
        Arrays.stream(clerks.get(name).ask("timed " + APPENDS).split("[ ,]"))
            .skip(1)
            .map(Long::valueOf)
            .sorted()
            .toList();
    assertThat(micros).hasSize(APPENDS).allMatch(each -> each > 0);
    return micros;
  }

  private static String row(String by, List<Long> micros) {
    return "| %s | %s | %s | %s | %d |\n"
        .formatted(
            by,
            millis(micros.get(micros.size() / 2)),
            millis(micros.get(micros.size() * 99 / 100)),
            millis(micros.get(micros.size() - 1)),
            micros.size());
  }

  private static String millis(long micros) {
    return "%.1f ms".formatted(micros / 1e3);
  }
}
