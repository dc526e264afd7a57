package org.linekeeper.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linekeeper.command.Office.at;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {
  private final Times monday = new Times(Office.ZONE, Office.NOW);

  @ParameterizedTest
  @CsvSource({
    "2H,2026-11-23T12:00",
    "90M,2026-11-23T11:30",
    "90 MINUTES,2026-11-23T11:30",
    "1H30M,2026-11-23T11:30",
    "1 HOUR AND 30 MIN,2026-11-23T11:30",
    "1.5 HOURS,2026-11-23T11:30",
    "AN HOUR,2026-11-23T11:00",
    "HALF AN HOUR,2026-11-23T10:30",
    "TWO HOURS,2026-11-23T12:00",
    "3 DAYS,2026-11-26T10:00",
    "A WEEK,2026-11-30T10:00",
  })
  void readsHowLong(String text, String end) {
    assertThat(monday.after(words(text)).value()).contains(at(end));
  }

  @ParameterizedTest
  @CsvSource({
    "17:30,2026-11-23T17:30",
    "17.30,2026-11-23T17:30",
    "1730,2026-11-23T17:30",
    "5PM,2026-11-23T17:00",
    "5:30 PM,2026-11-23T17:30",
    "09:00,2026-11-24T09:00",
    "NOON,2026-11-23T12:00",
    "MIDNIGHT,2026-11-24T00:00",
    "TODAY 18:00,2026-11-23T18:00",
    "TOMORROW,2026-11-24T08:00",
    "TOMORROW AT 9AM,2026-11-24T09:00",
    "MON 08:30,2026-11-30T08:30",
    "MON 10:30,2026-11-23T10:30",
    "MONDAY,2026-11-30T08:00",
    "FRIDAY 12AM,2026-11-27T00:00",
    "2026-12-27 08:30,2026-12-27T08:30",
    "2026-12-27T08:30,2026-12-27T08:30",
    "27 DEC,2026-12-27T08:00",
    "THE 27TH OF DECEMBER AT 09:15,2026-12-27T09:15",
    "3 JAN 0830,2027-01-03T08:30",
    "3 JAN 2027 08:30,2027-01-03T08:30",
  })
  void readsUntilWhen(String text, String end) {
    assertThat(monday.until(words(text)).value()).contains(at(end));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5",
        "25:00",
        "13PM",
        "0AM",
        "17:60",
        "SOON",
        "TODAY 09:00",
        "2026-02-30",
        "2026-11-22",
        "2028-01-01",
        "31 FEB",
        "MON TUE",
        "17:30 18:30",
        "NEXT MONDAY",
        "27/12",
        "T",
        "24:00"
      })
  void explainsWhatItCannotReadAsATime(String text) {
    assertThat(monday.until(words(text)).problem()).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "H", "0M", "0 DAYS", "99999D", "2H 2", "2H LATER", "A", "2HH"})
  void explainsWhatItCannotReadAsALength(String text) {
    assertThat(monday.after(words(text)).problem()).isNotBlank();
  }

  @Test
  void aTimeThatSpringSkipsIsTheMomentOfTheChange() {
    Times saturday = new Times(Office.ZONE, at("2027-03-27T20:00"));
    assertThat(saturday.until(words("01:30")).value())
        .contains(Instant.parse("2027-03-28T01:00:00Z"));
  }

  @Test
  void aTimeThatComesTwiceInAutumnIsTheNextOfTheTwo() {
    Instant between = Instant.parse("2026-10-25T00:45:00Z");
    assertThat(new Times(Office.ZONE, between).until(words("01:30")).value())
        .contains(Instant.parse("2026-10-25T01:30:00Z"));
    assertThat(new Times(Office.ZONE, between.minusSeconds(3_600)).until(words("01:30")).value())
        .contains(Instant.parse("2026-10-25T00:30:00Z"));
  }

  @Test
  void threeDaysEndAtTheSameTimeOfDayAlthoughAClockChangeLiesBetween() {
    Times friday = new Times(Office.ZONE, at("2026-10-23T17:00"));
    assertThat(friday.after(words("3 DAYS")).value()).contains(at("2026-10-26T17:00"));
  }

  private static List<String> words(String text) {
    return Words.of(text);
  }
}
