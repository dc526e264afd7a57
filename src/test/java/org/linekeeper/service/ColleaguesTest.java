package org.linekeeper.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.linekeeper.estate.PbxId;
import org.linekeeper.failover.Vote;
import org.linekeeper.verdict.Verdict.Kind;

/** What watchers of another release say is used as far as it is understood. */
class ColleaguesTest {
  private static final PbxId PRIMARY = new PbxId("primary");
  private static final Duration ASKED = Duration.ofSeconds(7);

  @Test
  void whatDoesNotSayWhetherItReachesTheCarrierCountsAsIfItDid() {
    Vote vote =
        read(
            """
            {"watcher": "w2", "kinds": {"primary": "HUNG", "standby": "NEW_KIND"},
             "evidence": {"primary": "primary: hung"}, "isolated": false, "new": 1}
            """);
    assertThat(vote)
        .isEqualTo(
            new Vote(
                "w2",
                Map.of(PRIMARY, Kind.HUNG),
                Map.of(PRIMARY, "primary: hung"),
                Vote.Sight.SEES,
                true,
                ASKED));
  }

  @Test
  void whatSaysSoIsBelieved() {
    assertThat(
            read("{\"watcher\": \"w2\", \"kinds\": {}, \"evidence\": {}, \"isolated\": true,"
                    + " \"carrier\": false}")
                .carrier())
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?", "[]", "{\"watcher\": \"w2\"}", "{\"isolated\": 3}"})
  void whoCannotBeUnderstoodIsThereAllTheSame(String answer) {
    assertThat(read(answer)).isEqualTo(Vote.notUnderstood("w2", ASKED));
  }

  private static Vote read(String answer) {
    return Colleagues.vote("w2", answer.getBytes(StandardCharsets.UTF_8), ASKED);
  }
}
