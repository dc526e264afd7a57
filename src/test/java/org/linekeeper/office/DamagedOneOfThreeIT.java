package org.linekeeper.office;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.linekeeper.lab.Await;
import org.linekeeper.lab.Shell;
import tools.jackson.databind.JsonNode;

/**
 * The journal of one of three watchers is damaged or gone: it is refused, the other two go on, and
 * what docs/RUNBOOK-JOURNAL.md says, word for word, makes them three again.
 */
@Timeout(600)
@Tag("long")
class DamagedOneOfThreeIT {
  private static final Path RUNBOOK = Path.of("docs/RUNBOOK-JOURNAL.md");

  /** As the runbook calls it. */
  private static final String VICTIM = "watcher-2";

  private static final int REFUSED = 1;

  @TempDir Path directory;
  private Office office;
  private Trio trio;

  /** What can become of a directory. */
  private enum Damage {
    FLIPPED_BYTE("Log entry corrupted") {
      @Override
      void strike(Path journal) throws IOException {
        Path log = found(journal, "log_.*");
        byte[] bytes = Files.readAllBytes(log);
        int end = bytes.length;
        while (bytes[end - 1] == 0) {
          end--;
        }
        bytes[end / 2] ^= 4;
        Files.write(log, bytes);
      }
    },
    EMPTY_VOTE("'term' not found") {
      @Override
      void strike(Path journal) throws IOException {
        Files.write(found(journal, "raft-meta"), new byte[0]);
      }
    },
    DAMAGED_SNAPSHOT("is damaged") {
      @Override
      void strike(Path journal) throws IOException {
        Path snapshot = found(journal, "snapshot.*[0-9]");
        byte[] bytes = Files.readAllBytes(snapshot);
        bytes[bytes.length / 2] ^= 4;
        Files.write(snapshot, bytes);
      }
    },
    LOST("is empty, but a journal was kept there") {
      @Override
      void strike(Path journal) throws IOException {
        delete(journal.resolve("raft"));
      }
    };

    private final String said;

    Damage(String said) {
      this.said = said;
    }

    abstract void strike(Path journal) throws IOException;
  }

  @BeforeEach
  void open() throws IOException {
    office = new Office(directory).withLines(2);
    new OfficeFiles(office).write();
    trio = Trio.start(office);
  }

  @AfterEach
  void close() {
    if (trio != null) {
      trio.close();
    }
    office.close();
  }

  @Test
  void itIsRefusedAndTheRunbookMakesThemThreeAgain() throws Exception {
    List<String> commands = commandsOfTheRunbook();
    assertThat(commands).hasSize(2);
    OneOfThree victim = trio.get(VICTIM);
    Path journal = victim.directory().resolve("journal");
    for (Damage damage : Damage.values()) {
      victim.end(); // in order, so that there is a snapshot
      damage.strike(journal);
      Program refused = victim.start();
      assertThat(refused.exit()).as(damage + ": " + refused.said()).isEqualTo(REFUSED);
      assertThat(refused.said())
          .contains(damage.said, "the PBXs go on working", RUNBOOK.toString());
      theOtherTwoGoOn();

      Shell.run(
          "sh",
          "-c",
          commands.get(0).replace("/var/lib/linekeeper", victim.directory().toString()));
      assertThat(journal).doesNotExist();
      victim.start();
      becomesOneOfThree(commands.get(1));
      delete(journal.resolveSibling("journal.damaged"));
    }
  }

  @Test
  void whoseWholeDirectoryIsGoneIsNotTakenInBeforeAPersonSaysSo() throws Exception {
    OneOfThree victim = trio.get(VICTIM);
    victim.kill();
    delete(victim.directory().resolve("journal"));
    victim.start();
    theOtherTwoGoOn();
    becomesOneOfThree("linekeeper replace " + VICTIM);
  }

  private void becomesOneOfThree(String command) {
    Await.until(
        "the others know that it is lost",
        Duration.ofSeconds(60),
        () -> trio.leader().notices().contains(VICTIM + " has lost its journal"));
    assertThat(status().path("active").isNull()).as("it knows nothing of the office").isTrue();
    String[] words = command.split(" ");
    assertThat(words[0]).isEqualTo("linekeeper");
    assertThat(trio.leader().command(Arrays.copyOfRange(words, 1, words.length))).isZero();
    trio.awaitTogether();
    trio.awaitSameJournal();
  }

  private JsonNode status() {
    return Await.value("it answers", Duration.ofSeconds(60), trio.get(VICTIM)::status);
  }

  private void theOtherTwoGoOn() {
    OneOfThree asked = trio.leader();
    accepted(asked, "DIVERT ALL");
    Await.until(
        "diverted",
        Duration.ofSeconds(60),
        () -> office.lines().stream().allMatch(office::diverted));
    accepted(asked, "RETURN ALL");
    Await.until(
        "returned",
        Duration.ofSeconds(60),
        () -> office.lines().stream().noneMatch(office::diverted));
  }

  /** Who asks while the lead changes is told to ask again. */
  private static void accepted(OneOfThree asked, String words) {
    Await.until(words, Duration.ofSeconds(60), () -> asked.say(words));
  }

  /** The lines between fences in its part about one of three. */
  private static List<String> commandsOfTheRunbook() throws IOException {
    String part = Files.readString(RUNBOOK).split("\n## One of three\n")[1].split("\n## ")[0];
    return Pattern.compile("```\n +(.*)\n +```")
        .matcher(part)
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  private static Path found(Path journal, String name) throws IOException {
    try (Stream<Path> files = Files.walk(journal.resolve("raft"))) {
      return files
          .filter(file -> file.getFileName().toString().matches(name))
          .max(Comparator.naturalOrder())
          .orElseThrow();
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
