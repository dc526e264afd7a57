package org.linekeeper.demo.pbx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.linekeeper.sip.CallResult;
import org.linekeeper.sip.SipAnswer;

/** Each switch looks from outside as the fault of a real Asterisk does (the table in FACTS.md). */
class SimulatedPbxFaultsTest extends PbxFixture {
  private static final Duration SHORT = Duration.ofMillis(150);
  private static final Duration LONG = Duration.ofSeconds(10);

  @Test
  void killed() throws Exception {
    try (AmiClient client = AmiClient.loggedIn(pbx)) {
      pbx.kill();
      assertThat(client.atEnd()).isTrue();
    }
    assertThat(pbx.state()).isEqualTo(PbxState.STOPPED);
    assertThatThrownBy(() -> new AmiClient(pbx)).isInstanceOf(ConnectException.class);
    assertThat(options(LONG).kind()).isEqualTo(SipAnswer.Kind.REFUSED);
  }

  @Test
  void startedAgainAfterAKillItHasItsPortsAndItsAstDbButForgotItsGate() throws Exception {
    int ami = pbx.amiAddress().getPort();
    int sip = pbx.sipAddress().getPort();
    try (AmiClient client = AmiClient.loggedIn(pbx)) {
      client.ask("Action: DBPut", "Family: f", "Key: k", "Val: kept");
      client.ask("Action: Setvar", "Variable: LK_CLOSED_UNTIL", "Value: " + (epoch() + 60));
      assertThat(pbx.gateClosed()).isTrue();
      pbx.kill();
    }
    pbx.start();
    assertThat(pbx.amiAddress().getPort()).isEqualTo(ami);
    assertThat(pbx.sipAddress().getPort()).isEqualTo(sip);
    assertThat(pbx.gateClosed()).isFalse();
    try (AmiClient client = AmiClient.loggedIn(pbx)) {
      client.send("Action: DBGet", "Family: f", "Key: k");
      client.read();
      assertThat(client.read()).contains("Val: kept");
    }
    assertThat(call("07700900123", NUMBER).answered()).isTrue();
  }

  @Test
  void hung() throws Exception {
    try (AmiClient client = AmiClient.loggedIn(pbx)) {
      pbx.hang();
      assertThat(pbx.state()).isEqualTo(PbxState.HUNG);
      client.send("Action: Ping", "ActionID: 7");
      client.patience(150);
      assertThatThrownBy(client::read).isInstanceOf(SocketTimeoutException.class);
      assertThatThrownBy(() -> impatient(pbx)).isInstanceOf(SocketTimeoutException.class);
      assertThat(options(SHORT).kind()).isEqualTo(SipAnswer.Kind.TIMED_OUT);
      assertThat(call("07700900123", NUMBER, SHORT).kind()).isEqualTo(CallResult.Kind.GIVEN_UP);
      pbx.resume();
      client.patience(10_000);
      assertThat(client.read()).contains("ActionID: 7", "Ping: Pong");
      assertThat(options(LONG).ok()).isTrue();
    }
  }

  /** TCP connects, since the kernel does that; but the banner never comes. */
  private static void impatient(SimulatedPbx pbx) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(pbx.amiAddress(), 2_000);
      socket.setSoTimeout(150);
      assertThat(socket.getInputStream().read()).isNegative();
    }
  }

  @Test
  void cutOff() throws Exception {
    try (AmiClient client = AmiClient.loggedIn(pbx)) {
      pbx.cutOff();
      client.send("Action: Ping", "ActionID: 8");
      client.patience(150);
      assertThatThrownBy(client::read).isInstanceOf(SocketTimeoutException.class);
      for (int n = 0; n < 3; n++) {
        assertThatThrownBy(() -> connect(200)).isInstanceOf(SocketTimeoutException.class);
      }
      assertThat(options(SHORT).kind()).isEqualTo(SipAnswer.Kind.TIMED_OUT);
      pbx.reconnect();
      client.patience(10_000);
      assertThat(client.read()).contains("ActionID: 8", "Ping: Pong");
    }
    assertThat(options(LONG).ok()).isTrue();
    AmiClient.loggedIn(pbx).close();
  }

  private void connect(int millis) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(pbx.amiAddress(), millis);
    }
  }

  @Test
  void killedWhileHungOrCutOffItIsGoneAsWell() throws Exception {
    pbx.hang();
    pbx.kill();
    assertThatThrownBy(() -> new AmiClient(pbx)).isInstanceOf(ConnectException.class);
    pbx.start();
    pbx.cutOff();
    pbx.kill();
    assertThatThrownBy(() -> new AmiClient(pbx)).isInstanceOf(ConnectException.class);
    pbx.start();
    AmiClient.loggedIn(pbx).close();
  }

  @Test
  void onlySipIsSilent() throws Exception {
    try (AmiClient client = AmiClient.loggedIn(pbx)) {
      pbx.sipOnlyLoss();
      assertThat(options(SHORT).kind()).isEqualTo(SipAnswer.Kind.TIMED_OUT);
      assertThat(client.ask("Action: Ping")).contains("Ping: Pong");
      pbx.reconnect();
      assertThat(options(LONG).ok()).isTrue();
    }
  }

  @Test
  void shutDownItSaysSoSends503AndIsGoneAMomentLater() throws Exception {
    try (AmiClient client = AmiClient.loggedIn(pbx)) {
      pbx.shutDownNow();
      assertThat(client.read())
          .containsExactly(
              "Event: Shutdown",
              "Privilege: system,all",
              "SystemName: west",
              "Shutdown: Cleanly",
              "Restart: False");
      assertThat(options(LONG).status()).isEqualTo(503);
      assertThat(call("07700900123", NUMBER).status()).isEqualTo(503);
      assertThat(client.ask("Action: Ping"))
          .containsExactly("Response: Error", "Message: Asterisk is shutting down");
      assertThat(pbx.state()).isEqualTo(PbxState.SHUTTING_DOWN);
      assertThat(client.atEnd()).isTrue();
    }
    await(() -> pbx.state() == PbxState.STOPPED);
    assertThat(options(LONG).kind()).isEqualTo(SipAnswer.Kind.REFUSED);
    pbx.start();
    assertThat(options(LONG).ok()).isTrue();
  }

  @Test
  void withoutItsDialplanItCannotTakeCallsThoughOptionsAreFine() throws Exception {
    pbx.breakDialplan(true);
    assertThat(options(LONG).ok()).isTrue();
    assertThat(call("07700900123", NUMBER).status()).isEqualTo(404);
    pbx.breakDialplan(false);
    assertThat(call("07700900123", NUMBER).answered()).isTrue();
  }

  @Test
  void atItsCallLimitItRefusesCallsThoughOptionsAreFine() throws Exception {
    pbx.close();
    pbx = pbx(settings().limitedTo(1));
    pbx.start();
    try (AmiClient client = AmiClient.loggedIn(pbx)) {
      assertThat(client.ask("Action: CoreSettings")).contains("CoreMaxCalls: 1");
      pbx.dialFeatureCode(new FeatureCode("101", "12", "3456", "DIVERT SALES"));
      assertThat(client.read()).contains("UserEvent: LinekeeperCommand");
      assertThat(call("07700900123", NUMBER).status()).isEqualTo(503);
      assertThat(options(LONG).ok()).isTrue();
    }
  }

  @Test
  void switchesThatMakeNoSenseDoNothing() throws Exception {
    pbx.resume();
    pbx.reconnect();
    pbx.start();
    assertThat(pbx.state()).isEqualTo(PbxState.RUNNING);
    pbx.kill();
    pbx.kill();
    pbx.hang();
    pbx.shutDownNow();
    assertThat(pbx.state()).isEqualTo(PbxState.STOPPED);
    assertThat(get(pbx.dialFeatureCode(new FeatureCode("101", "1", "2", "STATUS"))))
        .isEqualTo(FeatureCode.Reply.UNHEARD);
  }

  @Test
  void aPortThatIsTakenIsSaidAndNothingIsLeftOpen() throws Exception {
    SimulatedPbx other = pbx(settings().at(pbx.amiAddress(), settings().sip()));
    assertThatThrownBy(other::start).isInstanceOf(IOException.class);
    assertThat(other.state()).isEqualTo(PbxState.STOPPED);
    other.close();
    assertThat(options(LONG).ok()).isTrue();
  }

  private long epoch() {
    return now.getEpochSecond();
  }
}
