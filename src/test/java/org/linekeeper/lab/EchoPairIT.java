package org.linekeeper.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.linekeeper.check.CheckResult;
import org.linekeeper.estate.PbxId;
import org.linekeeper.failover.Decision;
import org.linekeeper.failover.Overview;
import org.linekeeper.service.Checkup;
import org.linekeeper.service.Clocks;
import org.linekeeper.service.Service;
import org.linekeeper.verdict.Observation;
import org.linekeeper.verdict.Verdict;

/** Faults that look like others from where the watcher stands, on two real Asterisks. */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EchoPairIT {
  private static final PbxId PRIMARY = new PbxId("primary");
  private static final Duration SOON = Duration.ofSeconds(10);

  private LabOffice lab;
  private LabLinekeeper linekeeper;

  @BeforeAll
  void open() {
    lab = LabOffice.open(AsteriskRoot.v22());
    lab.settings(Map.of());
    linekeeper = LabLinekeeper.start(lab);
  }

  @AfterAll
  void close() {
    linekeeper.close();
    lab.close();
  }

  @AfterEach
  void repair() {
    lab.primary().host().clear();
    linekeeper.awaitCalm();
    assertThat(linekeeper.active()).isEqualTo("primary");
  }

  @Test
  void fail2banDropsWhatTheWatcherSendsAndNothingMoves() {
    lab.primary().host().ban(lab.network().watcherAddress());

    staysAt(Verdict.Kind.WATCHER_PATH_LOST);
  }

  @Test
  void aFirewallResetsTheWatchersSessionsAndNothingMoves() {
    lab.primary().host().banWithReset(lab.network().watcherAddress());

    staysAt(Verdict.Kind.WATCHER_PATH_LOST);
  }

  @Test
  @Tag("long") // the fault matrix shows it too, as audio-dropped
  void deadAudioAsksAPerson() {
    lab.primary().host().blockAudio();

    await().atMost(Duration.ofSeconds(30)).until(() -> verdict().kind() == Verdict.Kind.NO_AUDIO);
    await().atMost(SOON).until(() -> decision().acts());
    assertThat(decision().kind()).isEqualTo(Decision.Kind.FAIL_OVER);
    assertThat(decision().permission()).isEqualTo(Decision.Permission.ASK);
    assertThat(linekeeper.active()).isEqualTo("primary");
    assertThat(echoes()).as("echo calls seen of the PBXs").isNotEmpty();
  }

  @Test
  void checkHearsTheEchoInBothDirections() {
    var settings = Service.reader().read(lab.directory()).settings().orElseThrow();

    assertThat(new Checkup(settings, Clocks.system()).run())
        .filteredOn(result -> result.what().startsWith("echo call"))
        .hasSize(2)
        .allSatisfy(
            result -> assertThat(result.level()).as(result.said()).isEqualTo(CheckResult.Level.OK));
  }

  private void staysAt(Verdict.Kind kind) {
    await().atMost(SOON).until(() -> verdict().kind() == kind);
    long epoch = linekeeper.epoch();
    for (int i = 0; i < 40; i++) {
      Overview seen = overview();
      assertThat(seen)
          .as("after %d ms: %s; %s; %s", i * 100, seen.verdicts(), seen.decision(), looks())
          .returns(kind, overview -> overview.verdicts().get(PRIMARY).kind())
          .returns(Decision.Kind.HOLD, overview -> overview.decision().kind());
      Await.pause(Duration.ofMillis(100));
    }
    assertThat(linekeeper.epoch()).isEqualTo(epoch);
  }

  private Verdict verdict() {
    return overview().verdicts().get(PRIMARY);
  }

  private Decision decision() {
    return overview().decision();
  }

  private Overview overview() {
    return linekeeper.service().loop().overview();
  }

  private List<Observation> echoes() {
    return seen(Observation.Probe.ECHO);
  }

  private List<Observation> looks() {
    return seen(Observation.Probe.PEER_LOOK);
  }

  private List<Observation> seen(Observation.Probe probe) {
    return linekeeper.service().seen().stream().filter(seen -> seen.probe() == probe).toList();
  }
}
