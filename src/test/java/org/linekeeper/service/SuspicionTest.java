package org.linekeeper.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.linekeeper.estate.Offices;
import org.linekeeper.failover.Decision;
import org.linekeeper.failover.Overview;
import org.linekeeper.state.Entry;
import org.linekeeper.state.State;
import org.linekeeper.verdict.Verdict;
import org.linekeeper.verdict.Verdict.Kind;

/** When the carrier is asked for a test call at once. */
class SuspicionTest {
  private static final Instant NOW = Instant.parse("2026-11-23T03:12:00Z");

  @Test
  void aPbxThatOnlyTheOtherOneReachesIsTriedFromOutside() {
    assertThat(of(Kind.WATCHER_PATH_LOST, Optional.empty()))
        .contains("primary does not answer this watcher");
    assertThat(of(Kind.WATCHER_PATH_LOST, Optional.of(NOW)).orElseThrow())
        .as("news, once the carrier could not deliver a call")
        .contains("could not deliver a call at 2026-11-23T03:12:00Z");
  }

  @Test
  void soIsOneThatMayHaveNoAudioAndADeadOneIsNot() {
    assertThat(of(Kind.NO_AUDIO, Optional.empty())).contains("primary may have no audio");
    assertThat(of(Kind.HEALTHY, Optional.empty())).isEmpty();
    assertThat(of(Kind.HUNG, Optional.of(NOW))).isEmpty();
  }

  private static Optional<String> of(Kind kind, Optional<Instant> undelivered) {
    State state =
        State.evolve(
            State.EMPTY, new Entry.SettingsAccepted(NOW, "w1", "hash", Offices.accountants()));
    Verdict verdict = new Verdict(Offices.PRIMARY, kind, "as seen", Duration.ZERO);
    return Suspicion.of(
        new Overview(
            NOW,
            state,
            new TreeMap<>(Map.of(Offices.PRIMARY, verdict)),
            new Decision(Decision.Kind.REST, Decision.Permission.DO, "as it is", Optional.empty()),
            Map.of(),
            0,
            new TreeMap<>(),
            List.of(),
            true,
            List.of()),
        undelivered);
  }
}
