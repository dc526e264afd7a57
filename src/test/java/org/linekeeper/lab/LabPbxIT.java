package org.linekeeper.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The lab's faults look as FACTS say they do; a fault that does nothing would prove nothing. */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LabPbxIT {
  private static final String NUMBER = "+441632960100";
  private static final Duration SOON = Duration.ofSeconds(2);
  private static final Duration ENOUGH_TO_NOTICE = Duration.ofSeconds(1);

  private LabNetwork network;
  private LabPbx primary;
  private LabPbx standby;
  private SipCaller carrier;

  @BeforeAll
  void twoPbxs() {
    network = LabNetwork.create();
    primary = LabPbx.plain(network, "primary", AsteriskRoot.v22());
    standby = LabPbx.plain(network, "standby", AsteriskRoot.v22());
    carrier = new SipCaller(network.carrierSip());
  }

  @AfterAll
  void remove() {
    network.close();
  }

  @AfterEach
  void repair() {
    primary.host().heal();
    primary.host().clear();
    if (!primary.isRunning()) {
      primary.start();
    }
  }

  @Test
  void eachPbxAnswersInItsOwnName() {
    assertThat(call(primary).answeredBy(primary)).isTrue();
    assertThat(call(standby).answeredBy(standby)).isTrue();
    assertThat(call(standby).answeredBy(primary)).isFalse();
  }

  @Test
  void killedItIsGoneAtOnceAndRefusesAmi() {
    primary.kill9();

    assertThat(call(primary).status()).isZero();
    assertThatThrownBy(() -> connect(primary.ami())).isInstanceOf(ConnectException.class);
    assertThat(call(standby).answeredBy(standby)).isTrue();
  }

  @Test
  void stoppedItAcceptsConnectionsAndSaysNothing() {
    primary.sigstop();
    try {
      assertThat(call(primary).status()).isZero();
      assertThatCode(() -> connect(primary.ami())).doesNotThrowAnyException();
    } finally {
      primary.sigcont();
    }
    assertThat(call(primary).answeredBy(primary)).isTrue();
  }

  @Test
  void aShortFreezeKeepsTheCallsThatAreUp() {
    try (SipCall call = carrier.start(primary.sip(), NUMBER, SOON)) {
      primary.freeze(Duration.ofMillis(700));

      assertThat(call.hangUp()).isEqualTo(200);
      assertThat(call.endedByPbx()).isFalse();
    }
  }

  @Test
  void aFreezeTakesNoLongerWhereTheProcessorsAreBusy() {
    try (CpuHogs hogs = CpuHogs.start(2)) {
      assertThat(primary.freeze(Duration.ofMillis(700)))
          .isBetween(Duration.ofMillis(700), Duration.ofMillis(720));
      assertThat(hogs.running()).isEqualTo(2);
    }
  }

  @Test
  void coreStopNowEndsItAndSaysSoOnAmi() {
    try (LabAmi ami = primary.loginAsLinekeeper()) {
      primary.coreStopNow();

      ami.awaitEvent("Shutdown", SOON, packet -> true);
      assertThat(primary.isRunning()).isFalse();
    }
  }

  @Test
  void aCutCableIsSilenceUntilItIsPluggedInAgain() {
    primary.host().cut();
    assertThat(call(primary).status()).isZero();
    assertThat(call(standby).answeredBy(standby)).isTrue();

    primary.host().heal();
    Await.until(
        "calls over the mended cable",
        Duration.ofSeconds(10),
        () -> call(primary).answeredBy(primary));
  }

  @Test
  void aBlackholedHostRefusesNothing() {
    primary.host().blackhole();

    assertThat(call(primary).status()).isZero();
    assertThatThrownBy(() -> connect(primary.ami()))
        .isInstanceOf(java.net.SocketTimeoutException.class);
  }

  @Test
  void withSipBlockedAmiGoesOn() {
    try (LabAmi ami = primary.loginAsLinekeeper()) {
      primary.host().blockSip();

      assertThat(call(primary).status()).isZero();
      assertThat(ami.action("Ping", Map.of())).containsEntry("Response", "Success");
    }
  }

  @Test
  void aFewLostPacketsDelayCallsAndLoseNone() {
    primary.host().lose(5);

    for (int i = 0; i < 20; i++) {
      CallResult call = carrier.call(primary.sip(), NUMBER, Duration.ofSeconds(8));
      assertThat(call.answeredBy(primary)).as("call %d: %s", i, call).isTrue();
    }
  }

  @Test
  void withNearlyEverythingLostNoCallGetsThrough() {
    primary.host().lose(99.9);

    assertThat(call(primary).status()).isZero();
  }

  @Test
  void whatItKeptInAstDbIsThereAfterARestartAndTheGateIsOpenAgain() {
    try (LabAmi ami = primary.loginAsWitness()) {
      ami.action("DBPut", Map.of("Family", "lab", "Key", "kept", "Val", "yes"));
      ami.closeGate(Duration.ofMinutes(4));
    }
    // AstDB's answer comes before the disk has it: 0.6 s was too short, 1 s was enough
    Await.pause(Duration.ofMillis(1500));

    primary.restart();

    assertThat(primary.cli("database get lab kept")).contains("Value: yes");
    assertThat(call(primary).answeredBy(primary)).isTrue();
  }

  @Test
  void busyProcessorsStillLeaveRoomForACall() {
    try (CpuHogs hogs = CpuHogs.start(4)) {
      assertThat(call(primary).answeredBy(primary)).isTrue();
      assertThat(hogs.running()).isEqualTo(4);
    }
  }

  @Test
  void manyCallersAtOnceAreAllAnswered() {
    CompletableFuture<?>[] calls = new CompletableFuture<?>[20];
    for (int i = 0; i < calls.length; i++) {
      calls[i] =
          CompletableFuture.runAsync(() -> assertThat(call(primary).answeredBy(primary)).isTrue());
    }
    CompletableFuture.allOf(calls).join();
  }

  private CallResult call(LabPbx pbx) {
    return carrier.call(pbx.sip(), NUMBER, SOON);
  }

  private static void connect(InetSocketAddress address) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(address, (int) ENOUGH_TO_NOTICE.toMillis());
    }
  }
}
