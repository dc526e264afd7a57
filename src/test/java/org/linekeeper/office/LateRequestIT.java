package org.linekeeper.office;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.linekeeper.demo.carrier.Fault;

/**
 * A request that the carrier carries out only long after Linekeeper has given it up, or has died
 * and been started again, does not have the last word.
 */
@Timeout(180)
class LateRequestIT {
  private static final Duration LANDS_AFTER = Duration.ofSeconds(9);
  private static final Duration MENDED = Duration.ofSeconds(60);

  @TempDir Path directory;
  private Office office;
  private Reaper reaper;
  private Map<String, Map<String, Object>> before;

  @BeforeEach
  void open() {
    office = new Office(directory).withLines(2);
    OfficeFiles files = new OfficeFiles(office);
    files.write();
    office.write(
        "linekeeper.yml", files.linekeeper().replace("most-at-once: 90", "most-at-once: 1"));
    office.carrier().knobs(office.carrier().knobs().withHang(LANDS_AFTER));
    reaper = new Reaper(office.carrier());
    before = office.records();
  }

  @AfterEach
  void close() {
    office.close();
  }

  @Test
  void aDivertThatLandsAfterTheNumberWasReturnedIsUndone() {
    try (Child first = new Child(directory).start().healthy();
        Child second = new Child(directory)) {
      reaper.watch(first);
      reaper.kill(true, 1, Fault.TIMEOUT_LATE);
      first.say("DIVERT ALL");
      first.gone();
      second.start().healthy();
      settles(second, 2);
      assertThat(second.say("RETURN ALL")).isTrue();
      settles(second, 0);
      assertThat(office.records()).as("returned in time").isEqualTo(before);
      landed();
      await().atMost(MENDED).until(() -> office.records().equals(before));
    }
  }

  @Test
  void aReturnThatLandsAfterTheNumberWasDivertedAgainIsUndone() {
    try (Child first = new Child(directory).start().healthy();
        Child second = new Child(directory)) {
      reaper.watch(first);
      assertThat(first.say("DIVERT ALL")).isTrue();
      settles(first, 2);
      reaper.watch(first);
      reaper.kill(true, 1, Fault.TIMEOUT_LATE);
      first.say("RETURN ALL");
      first.gone();
      second.start().healthy();
      settles(second, 0);
      assertThat(second.say("DIVERT ALL")).isTrue();
      settles(second, 2);
      landed();
      await().atMost(MENDED).until(() -> office.lines().stream().allMatch(office::diverted));
      assertThat(second.say("RETURN ALL")).isTrue();
      settles(second, 0);
      assertThat(office.records()).isEqualTo(before);
    }
  }

  /** The late request has been carried out, and that changed something. */
  private void landed() {
    await()
        .atMost(LANDS_AFTER.multipliedBy(2))
        .pollInterval(Duration.ofMillis(20))
        .until(
            () ->
                office.carrier().exchanges().stream()
                    .anyMatch(e -> e.fault().equals(Optional.of(Fault.TIMEOUT_LATE))));
  }

  private static void settles(Child linekeeper, int diverted) {
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> linekeeper.state().filter(s -> s.settledWith(diverted)).isPresent());
  }
}
