package org.linekeeper.demo.office;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linekeeper.service.Service;

/** The hours of the schedule that the demo ships with. */
class OpeningHoursTest {
  @TempDir Path directory;

  private OpeningHours hours() throws Exception {
    DemoFiles files = DemoFiles.in(directory.resolve("demo"));
    files.secret("ami", "a");
    files.secret("carrier", "b");
    files.write(DemoFilesTest.VALUES);
    return new OpeningHours(
        Service.reader()
            .read(directory.resolve("demo"))
            .settings()
            .orElseThrow()
            .estate()
            .schedule());
  }

  private static Instant at(String local) {
    return ZonedDateTime.of(java.time.LocalDateTime.parse(local), ZoneId.of("Europe/London"))
        .toInstant();
  }

  @Test
  void whoever_starts_the_demo_on_a_sunday_evening_finds_the_office_on_monday_morning()
      throws Exception {
    assertThat(hours().firstOpen(at("2026-11-22T22:30"))).contains(at("2026-11-23T10:00"));
  }

  @Test
  void in_opening_hours_the_clock_stays() throws Exception {
    assertThat(hours().firstOpen(at("2026-11-25T16:59"))).isEmpty();
  }

  @Test
  void the_next_change_is_closing_time_and_then_opening_time() throws Exception {
    assertThat(hours().nextChange(at("2026-11-25T16:59"))).contains(at("2026-11-25T17:30"));
    assertThat(hours().nextChange(at("2026-11-25T17:30"))).contains(at("2026-11-26T08:30"));
  }

  @Test
  void on_friday_evening_it_is_monday_morning_though_saturday_begins_in_between() throws Exception {
    assertThat(hours().nextChange(at("2026-11-27T18:00"))).contains(at("2026-11-30T08:30"));
  }
}
