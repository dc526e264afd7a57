package org.linekeeper.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.linekeeper.demo.carrier.CallRecord;
import org.linekeeper.demo.carrier.Knobs;

/**
 * Two real Asterisks, real calls, and whatever can go wrong with the primary. The carrier does not
 * hunt by itself: only Linekeeper can bring calls to the standby.
 */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealPairIT {
  private static final Duration SOON = Duration.ofSeconds(15);
  private static final Knobs NOT_HUNTING =
      Knobs.DEFAULT.withHunting(false).withLegDeadline(Duration.ofSeconds(1));

  private LabOffice lab;
  private Callers callers;
  private LabLinekeeper linekeeper;
  private long epoch;

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
  void allIsWell() {
    for (LabPbx pbx : List.of(lab.primary(), lab.standby())) {
      pbx.host().heal();
      pbx.host().clear();
      if (!pbx.isRunning()) {
        pbx.start();
      }
    }
    lab.carrier().knobs(NOT_HUNTING);
    lab.settings(Map.of());
    linekeeper = LabLinekeeper.start(lab);
    linekeeper.primaryServes();
    epoch = linekeeper.epoch();
    assertThat(callers.answers(3)).containsOnly("primary");
  }

  @AfterEach
  void stop() {
    linekeeper.close();
  }

  @ParameterizedTest
  @EnumSource
  void theStandbyAnswersAndItAloneAlsoWhenThePrimaryIsBack(PbxFault fault) {
    fault.strike(lab.primary());
    try {
      standbyTakesOver();
    } finally {
      fault.mend(lab.primary());
    }
    itsGateCloses(lab.primary(), Duration.ofSeconds(2));
    assertThat(statusAt(lab.primary())).as("the old primary turns the carrier away").isEqualTo(503);
    assertThat(callers.answers(5)).as("it stays standby").containsOnly("standby");
  }

  @ParameterizedTest
  @EnumSource
  void withoutLinekeeperTheSameMeansSilence(PbxFault fault) {
    linekeeper.close();
    fault.strike(lab.primary());
    try {
      assertThat(callers.answers(4)).as("nobody answers").containsOnly("");
    } finally {
      fault.mend(lab.primary());
    }
    callers.until("primary", SOON);
  }

  @Test
  void primaryComesBackStaysStandbyAndFailbackIsACommand() {
    lab.primary().kill9();
    standbyTakesOver();
    lab.primary().start();
    itsGateCloses(lab.primary(), Duration.ofSeconds(2));
    linekeeper.awaitCalm();
    assertThat(callers.answers(5)).containsOnly("standby");

    linekeeper.command("FAILBACK");
    await().atMost(SOON).until(() -> linekeeper.active().equals("primary"));
    callers.until("primary", SOON);
    assertThat(callers.answers(10)).containsOnly("primary");
  }

  @Test
  void primaryAndLinekeeperBothDeadAndTheStandbyAnswersWhatTheCarrierOffersIt() {
    linekeeper.close();
    try (LinekeeperProcess process = LinekeeperProcess.start(lab)) {
      process.awaitCalm();
      itsGateCloses(lab.standby(), Duration.ofSeconds(3));
      process.kill9();
    }
    lab.primary().kill9();
    assertThat(statusAt(lab.standby())).as("closed by one who is dead").isEqualTo(503);
    lab.carrier().knobs(NOT_HUNTING.withHunting(true));
    // The gate's lease is 5 s by the standby's own clock; then it opens without being told.
    callers.until("standby", Duration.ofSeconds(8));
    assertThat(callers.answers(5)).containsOnly("standby");
  }

  @Test
  void phonesAnd999GoThroughThePbxWhoseGateIsHeldClosed() {
    itsGateCloses(lab.standby(), Duration.ofSeconds(3));
    SipCaller phone = new SipCaller(lab.network().phoneSip());
    assertThat(statusAt(lab.standby())).isEqualTo(503);
    assertThat(phone.call(lab.standby().sip(), "600", SOON).answeredBy(lab.standby())).isTrue();
    try (SipAnswerer emergency = SipAnswerer.at(lab.network().emergencySip())) {
      CallResult call = phone.call(lab.standby().sip(), "999", SOON);
      assertThat(call.answeredBy(lab.standby())).isTrue();
      assertThat(emergency.awaitCall(SOON)).isEqualTo("999");
    }
    assertThat(statusAt(lab.standby())).as("still held closed").isEqualTo(503);
  }

  @Test
  void anEmergencyCallThatIsUpBlocksASwitchover() {
    SipCaller phone = new SipCaller(lab.network().phoneSip());
    try (SipAnswerer emergency = SipAnswerer.at(lab.network().emergencySip());
        SipCall call = phone.start(lab.primary().sip(), "999", SOON)) {
      assertThat(emergency.awaitCall(SOON)).isEqualTo("999");
      assertThat(call.result().status()).isEqualTo(200);
      assertThat(linekeeper.refusal("SWITCH")).contains("an emergency call is up");
      assertThat(call.hangUp()).as("the call is still up").isEqualTo(200);
    }
    nothingWasSwitched();
    await().atMost(SOON).until(() -> !linekeeper.said("SWITCH").contains("emergency call"));
    await().atMost(SOON).until(() -> linekeeper.active().equals("standby"));
  }

  @Test
  void twentyReloadsAreNoFault() {
    for (int i = 0; i < 20; i++) {
      lab.primary().reloadAll();
      assertThat(callers.call().via()).isEqualTo("primary");
    }
    nothingWasSwitched();
  }

  @Test
  void fivePerCentLossIsNoFault() {
    lab.primary().host().lose(5);
    lab.standby().host().lose(5);
    Await.pause(Duration.ofSeconds(20));
    nothingWasSwitched();
  }

  @Test
  void aShortFreezeWithCallsUpIsNoFault() {
    try (SipCall one = up();
        SipCall two = up()) {
      for (int i = 0; i < 5; i++) {
        lab.primary().freeze(Duration.ofMillis(700));
        Await.pause(Duration.ofSeconds(1));
      }
      nothingWasSwitched();
      assertThat(one.hangUp()).as("the call is still up").isEqualTo(200);
      assertThat(two.hangUp()).as("the call is still up").isEqualTo(200);
    }
  }

  @Test
  void aSnapshotIsNoFaultWhereTheSettingsSaySo() {
    tolerating("4s");
    try (SipCall call = up()) {
      lab.primary().freeze(Duration.ofSeconds(3));
      Await.pause(Duration.ofSeconds(2));
      nothingWasSwitched();
      assertThat(call.hangUp()).as("the call is still up").isEqualTo(200);
    }
    lab.primary().sigstop();
    try {
      standbyTakesOver();
    } finally {
      lab.primary().sigcont();
    }
  }

  @Test
  void aLongSnapshotIsNoFaultWhereTheSettingsSaySo() {
    tolerating("10s");
    try (SipCall call = up()) {
      lab.primary().freeze(Duration.ofSeconds(8));
      Await.pause(Duration.ofSeconds(3));
      nothingWasSwitched();
      assertThat(call.hangUp()).as("the call is still up").isEqualTo(200);
    }
  }

  @Test
  void aBusyMachineIsNoFault() {
    try (CpuHogs hogs = CpuHogs.start(4)) {
      Await.pause(Duration.ofSeconds(15));
      assertThat(hogs.running()).isEqualTo(4);
      nothingWasSwitched();
    }
  }

  private void tolerating(String freeze) {
    linekeeper.close();
    lab.settings(Map.of("freeze-tolerance: 800ms", "freeze-tolerance: " + freeze));
    linekeeper = LabLinekeeper.start(lab);
  }

  /** What a carrier is told that offers this PBX a call. */
  private int statusAt(LabPbx pbx) {
    return new SipCaller(lab.network().carrierSip()).call(pbx.sip(), LabOffice.MAIN, SOON).status();
  }

  private SipCall up() {
    SipCall call =
        new SipCaller(lab.network().carrierSip()).start(lab.primary().sip(), LabOffice.MAIN, SOON);
    assertThat(call.result().status()).isEqualTo(200);
    return call;
  }

  private void standbyTakesOver() {
    callers.until("standby", SOON);
    assertThat(callers.answers(20)).as("all later calls").containsOnly("standby");
    assertThat(linekeeper.active()).isEqualTo("standby");
  }

  private void nothingWasSwitched() {
    assertThat(linekeeper.active()).isEqualTo("primary");
    assertThat(linekeeper.epoch()).as("changes of role").isEqualTo(epoch);
    CallRecord call = callers.call();
    assertThat(call.via()).as(call.toString()).isEqualTo("primary");
  }

  private static void itsGateCloses(LabPbx pbx, Duration limit) {
    try (LabAmi witness = pbx.loginAsWitness()) {
      await()
          .atMost(limit)
          .pollInterval(Duration.ofMillis(20))
          .until(
              () -> {
                String until = witness.global("LK_CLOSED_UNTIL");
                return !until.isEmpty() && Long.parseLong(until) > Instant.now().getEpochSecond();
              });
    }
  }
}
