package org.linekeeper.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SuggestTest {
  private static final List<String> KNOWN = List.of("alice", "bob", "hold-down");

  @ParameterizedTest
  @CsvSource({"alcie,alice", "Alice,alice", "alic,alice", "holddown,hold-down", "bbo,bob"})
  void aSlipOfTheFingerFindsTheWord(String typed, String meant) {
    assertThat(Suggest.nearest(typed, KNOWN)).contains(meant);
  }

  @Test
  void anotherWordFindsNothingAndIsToldWhatThereIs() {
    assertThat(Suggest.nearest("carol", KNOWN)).isEmpty();
    assertThat(Suggest.remedy("carol", KNOWN)).isEqualTo("known: alice, bob, hold-down");
    assertThat(Suggest.nearest("x".repeat(100_000), KNOWN)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "800ms,800",
    "0.8s,800",
    "10s,10000",
    "1h30m,5400000",
    "2 h,7200000",
    "30d,2592000000"
  })
  void durationsAsPeopleWriteThem(String text, long millis) {
    assertThat(Durations.parse(text)).contains(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"10", "s", "", "-1s", "1.s", "10 seconds", "1e3s", "99999999999s", "PT1S"})
  void whatIsNoDuration(String text) {
    assertThat(Durations.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"800ms", "90s", "10m", "2h", "400d"})
  void durationsAreShownAsTheyAreWritten(String text) {
    assertThat(Durations.show(Durations.parse(text).orElseThrow())).isEqualTo(text);
  }
}
