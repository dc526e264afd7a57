package org.linekeeper.estate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final ZoneId LONDON = ZoneId.of("Europe/London");

  @Test
  void eveningsLastIntoTheNextMorning() {
    Schedule schedule = Offices.accountants().schedule();
    assertThat(schedule.inForce(at("2026-11-23T17:29:59"))).isEmpty();
    assertThat(schedule.inForce(at("2026-11-23T17:30:00"))).hasSize(1);
    assertThat(schedule.inForce(at("2026-11-24T08:29:59"))).hasSize(1);
    assertThat(schedule.inForce(at("2026-11-24T08:30:00"))).isEmpty();
  }

  @Test
  void fridayEveningEndsOnSaturdayMorningAndTheNextBeginsOnMonday() {
    Schedule schedule = Offices.accountants().schedule();
    assertThat(schedule.inForce(at("2026-11-28T08:00:00"))).hasSize(1);
    assertThat(schedule.nextBoundary(at("2026-11-28T08:30:00")))
        .contains(at("2026-11-30T17:30:00"));
  }

  @Test
  void aBoundaryInsideTheSpringClockChangeIsNotLost() {
    Window early =
        Window.weekly(EnumSet.of(DayOfWeek.SUNDAY), LocalTime.of(1, 30), LocalTime.of(9, 0));
    // 01:30 does not exist on 28 March 2027 in London: clocks go from 01:00 to 02:00.
    assertThat(early.open(Instant.parse("2027-03-28T00:59:59Z"), LONDON)).isFalse();
    assertThat(early.open(Instant.parse("2027-03-28T01:00:00Z"), LONDON)).isTrue();
    assertThat(early.nextBoundary(Instant.parse("2027-03-28T00:30:00Z"), LONDON))
        .contains(Instant.parse("2027-03-28T01:00:00Z"));
  }

  @Test
  void aTimeThatComesTwiceInAutumnIsTheFirstOfTheTwo() {
    Window late =
        Window.weekly(EnumSet.of(DayOfWeek.SUNDAY), LocalTime.of(1, 30), LocalTime.of(9, 0));
    assertThat(late.nextBoundary(Instant.parse("2026-10-24T23:30:00Z"), LONDON))
        .contains(Instant.parse("2026-10-25T00:30:00Z"));
  }

  @Test
  void midnightToMidnightIsTheWholeDay() {
    Window sunday =
        Window.weekly(EnumSet.of(DayOfWeek.SUNDAY), LocalTime.MIDNIGHT, LocalTime.MIDNIGHT);
    assertThat(sunday.open(at("2026-11-22T00:00:00"), LONDON)).isTrue();
    assertThat(sunday.open(at("2026-11-22T23:59:59"), LONDON)).isTrue();
    assertThat(sunday.open(at("2026-11-23T00:00:00"), LONDON)).isFalse();
  }

  @Test
  void exceptionsKeepTheNumbersAtTheOffice() {
    Schedule.Rule rule =
        new Schedule.Rule(
            "nights",
            List.of(Selection.ALL),
            List.of(),
            List.of(
                Window.weekly(
                    EnumSet.allOf(DayOfWeek.class), LocalTime.of(18, 0), LocalTime.of(8, 0))),
            List.of(
                Window.once(
                    LocalDateTime.parse("2026-12-01T18:00"),
                    LocalDateTime.parse("2026-12-01T22:00"))));
    assertThat(rule.inForce(at("2026-12-01T21:59:59"), LONDON)).isFalse();
    assertThat(rule.inForce(at("2026-12-01T22:00:00"), LONDON)).isTrue();
    assertThat(new Schedule(LONDON, List.of(rule)).nextBoundary(at("2026-12-01T19:00:00")))
        .contains(at("2026-12-01T22:00:00"));
  }

  @Test
  void aWindowThatEndsBeforeItBeginsIsRefused() {
    LocalDateTime noon = LocalDateTime.parse("2026-12-01T12:00");
    assertThatThrownBy(() -> Window.once(noon, noon)).hasMessageContaining("ends before");
  }

  private static Instant at(String local) {
    return LocalDateTime.parse(local).atZone(LONDON).toInstant();
  }
}
