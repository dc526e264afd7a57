package org.linekeeper.office;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The office closes at half past five, whether Linekeeper is awake then or not. */
class ScheduleCatchUpIT {
  private static final Instant MONDAY_AFTERNOON = Instant.parse("2026-11-23T16:00:00Z");
  private static final Instant MONDAY_EVENING = Instant.parse("2026-11-23T18:00:00Z");
  private static final Instant TUESDAY_MORNING = Instant.parse("2026-11-24T09:00:00Z");
  private static final Instant TUESDAY_EVENING = Instant.parse("2026-11-24T17:30:00Z");

  private static final int LINES = 3;

  @TempDir Path directory;
  private final AtomicReference<Instant> time = new AtomicReference<>(MONDAY_AFTERNOON);
  private Office office;

  @BeforeEach
  void open() {
    office = new Office(directory).withLines(LINES);
    new OfficeFiles(office).write();
    office.write(
        "schedule.yml",
        "schedule:\n  - {name: evenings, numbers: all, when: [\"mon-fri 17:30-08:30\"]}\n");
  }

  @AfterEach
  void close() {
    office.close();
  }

  private Running start() {
    return Running.on(directory, time::get).healthy();
  }

  @Test
  void boundariesThatPassedWhileItWasDownAreCaughtUpAtTheStart() {
    Map<String, Map<String, Object>> before = office.records();
    try (Running linekeeper = start()) {
      assertThat(linekeeper.settledWith(0)).isTrue();
    }
    time.set(MONDAY_EVENING);
    try (Running linekeeper = start()) {
      linekeeper.settles(LINES);
      assertThat(office.lines()).allMatch(office::diverted);
      assertThat(linekeeper.journal()).anyMatch(s -> s.contains("schedule \"evenings\""));
    }
    time.set(TUESDAY_MORNING);
    try (Running linekeeper = start()) {
      linekeeper.settles(0);
      assertThat(office.records()).isEqualTo(before);
    }
  }

  @Test
  void aBoundaryThatPassesWhileItRunsIsKeptToo() {
    time.set(TUESDAY_EVENING.minusSeconds(1));
    try (Running linekeeper = start()) {
      assertThat(linekeeper.settledWith(0)).isTrue();
      time.set(TUESDAY_EVENING);
      linekeeper.settles(LINES);
    }
  }
}
