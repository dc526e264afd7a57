package org.linekeeper.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.linekeeper.failover.Overview;
import org.linekeeper.service.Clocks;
import org.linekeeper.service.Service;
import org.linekeeper.settings.Settings;
import org.linekeeper.settings.SettingsRead;
import org.linekeeper.verdict.Verdict;

/**
 * Two real Asterisks, real calls, and whatever can go wrong with the primary. The carrier does not
 * hunt: only Linekeeper can bring calls to the standby.
 */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealPairIT {
  private static final Duration SOON = Duration.ofSeconds(15);

  private LabOffice lab;
  private Callers callers;
  private Service linekeeper;

  @BeforeAll
  void open() {
    lab = LabOffice.open(AsteriskRoot.v22());
    callers = new Callers(lab.carrier());
  }

  @AfterAll
  void close() {
    lab.close();
  }

  @BeforeEach
  void startAfresh() throws Exception {
    for (LabPbx pbx : List.of(lab.primary(), lab.standby())) {
      pbx.host().heal();
      pbx.host().clear();
      if (!pbx.isRunning()) {
        pbx.start();
      }
    }
    lab.settings(Map.of());
    start();
    if (active().equals("standby")) {
      failBack();
    }
    assertThat(callers.answers(3)).containsOnly("primary");
  }

  @AfterEach
  void stop() throws Exception {
    linekeeper.close();
  }

  @Test
  void killedPrimary() {
    lab.primary().kill9();
    standbyTakesOver();
  }

  @Test
  void stoppedPrimary() {
    lab.primary().sigstop();
    try {
      standbyTakesOver();
    } finally {
      lab.primary().sigcont();
    }
    gateOfThePrimaryCloses();
    assertThat(callers.answers(5)).containsOnly("standby");
  }

  private void standbyTakesOver() {
    Duration took = callers.until("standby", SOON);
    System.out.println("standby answered after " + took.toMillis() + " ms");
    assertThat(callers.answers(20)).as("all later calls").containsOnly("standby");
  }

  private void gateOfThePrimaryCloses() {
    try (LabAmi witness = lab.primary().loginAsWitness()) {
      await()
          .atMost(Duration.ofSeconds(2))
          .until(() -> !witness.global("LK_CLOSED_UNTIL").isEmpty());
    }
  }

  private void failBack() throws Exception {
    var told =
        linekeeper
            .commands()
            .say(
                "FAILBACK",
                new org.linekeeper.state.Actor(org.linekeeper.state.Actor.Door.CLI, "test"))
            .toCompletableFuture()
            .get();
    assertThat(told.accepted()).as(told.text()).isTrue();
    await().atMost(SOON).until(() -> active().equals("primary"));
  }

  private void start() {
    SettingsRead read = Service.reader().read(lab.directory());
    assertThat(read.problems()).isEmpty();
    Settings settings = read.settings().orElseThrow();
    linekeeper = Service.start(settings, lab.directory(), Clocks.system(), fatal -> {});
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              Overview overview = linekeeper.loop().overview();
              assertThat(overview.troubles()).isEmpty();
              assertThat(overview.verdicts().values())
                  .hasSize(2)
                  .allMatch(verdict -> verdict.kind() == Verdict.Kind.HEALTHY);
            });
  }

  private String active() {
    return linekeeper.journal().state().active().orElseThrow().name();
  }
}
