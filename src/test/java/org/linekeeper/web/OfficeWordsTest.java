package org.linekeeper.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.linekeeper.estate.Offices;
import org.linekeeper.state.State;

/** Numbers and times as people at the office say them. */
class OfficeWordsTest {
  private final OfficeWords words = new OfficeWords(Scene.calm().journal.state(), Scene.NOW);

  @ParameterizedTest
  @CsvSource({
    "2026-11-23T17:30:00Z, 17:30",
    "2026-11-25T08:30:00Z, Wed 08:30",
    "2026-12-27T08:30:00Z, Sun 27 Dec 08:30",
    "2027-07-01T16:30:00Z, Thu 1 Jul 17:30"
  })
  void timesAreTheOfficesOwn(Instant at, String said) {
    assertThat(words.time(at)).isEqualTo(said);
  }

  @Test
  void sentencesForMachinesBecomeSentencesForPeople() {
    assertThat(
            words.plain(
                "alice by page diverted +441632960002 to +447700900102 until"
                    + " 2026-11-23T17:30:00Z: $1 and +1202555 and +abc"))
        .isEqualTo(
            "alice by page diverted 01632 960002 to 07700 900102 until 17:30: $1 and +1 202555 and"
                + " +abc");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CONFIRM 2026-13-45T10:00Z",
        "2026-02-30T10:00:00Z",
        "2026-11-23T24:00:01Z",
        "2026-11-23T25:61Z and 0000-00-00T00:00Z",
        ""
      })
  void whatOnlyLooksLikeATimeStaysAsSomebodyWroteIt(String sentence) {
    assertThat(words.plain(sentence)).isEqualTo(sentence);
  }

  @Test
  void aMobileIsCalledByItsOwner() {
    assertThat(words.people(java.util.List.of(Offices.ALICE, Offices.CONTROL)))
        .isEqualTo("alice and 01632 960099");
  }

  @Test
  void beforeThereAreSettingsNumbersAreAsCarriersWriteThem() {
    OfficeWords none = new OfficeWords(State.EMPTY, Scene.NOW);

    assertThat(none.phone(Offices.SALES)).isEqualTo("+441632960002");
    assertThat(none.time(Instant.parse("2026-11-23T17:30:00Z"))).isEqualTo("17:30");
  }
}
