package org.linekeeper.demo.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.linekeeper.demo.pbx.FeatureCode.Reply;

/** Calls, the gate and the desk phones. */
class SimulatedPbxCallsTest extends PbxFixture {
  private static final String CALLER = "+447700900123";

  private void closeGate(AmiClient client, String until) throws Exception {
    assertThat(client.ask("Action: Setvar", "Variable: LK_CLOSED_UNTIL", "Value: " + until))
        .containsExactly("Response: Success", "Message: Variable Set");
  }

  private long epoch() {
    return now.getEpochSecond();
  }

  @Test
  void itAnswersTheCarriersCallsAndTellsWhoDid() throws Exception {
    List<PbxCall> seen = new CopyOnWriteArrayList<>();
    pbx.onCall(seen::add);
    assertThat(call(CALLER, NUMBER).server()).isEqualTo("Asterisk PBX 22.10.1 (west)");
    await(() -> pbx.callsAnswered() == 1 && !seen.isEmpty());
    assertThat(seen).containsExactly(new PbxCall("west", NUMBER, CALLER, 200));
  }

  @Test
  void aClosedGateSends503UntilItOpensByItselfWhenNobodyRenewsIt() throws Exception {
    try (AmiClient client = AmiClient.loggedIn(pbx)) {
      closeGate(client, "" + (epoch() + 10));
      assertThat(call(CALLER, NUMBER).status()).isEqualTo(503);
      now = now.plusSeconds(9);
      assertThat(call(CALLER, NUMBER).status()).isEqualTo(503);
      now = now.plusSeconds(1);
      assertThat(call(CALLER, NUMBER).answered()).isTrue();
      closeGate(client, "" + (epoch() + 10));
      closeGate(client, "0");
      assertThat(call(CALLER, NUMBER).answered()).isTrue();
    }
  }

  @Test
  void aGateSetToNonsenseOrTooFarAheadIsOpen() throws Exception {
    try (AmiClient client = AmiClient.loggedIn(pbx)) {
      for (String wrong : List.of("soon", "$[${EPOCH}+30]", "" + (epoch() + 301), "9".repeat(40))) {
        closeGate(client, wrong);
        assertThat(pbx.gateClosed()).as(wrong).isFalse();
      }
      closeGate(client, "" + (epoch() + 300));
      assertThat(pbx.gateClosed()).isTrue();
    }
  }

  @Test
  void aPhonesOwnCallAnd999PassAClosedGate() throws Exception {
    try (AmiClient client = AmiClient.loggedIn(pbx)) {
      closeGate(client, "" + (epoch() + 60));
      assertThat(call("101", "999").answered()).isTrue();
      assertThat(call("102", "01632960999").answered()).isTrue();
      assertThat(call(CALLER, NUMBER).status()).isEqualTo(503);
    }
  }

  @Test
  void whatIsNoNumberIsNotFound() throws Exception {
    assertThat(call(CALLER, "lk-canary").status()).isEqualTo(404);
  }

  @Test
  void aFeatureCodeAsksLinekeeperAndLetsItsAnswerBeHeard() throws Exception {
    try (AmiClient client = AmiClient.loggedIn(pbx)) {
      for (Reply reply : List.of(Reply.ACCEPTED, Reply.REFUSED)) {
        CompletionStage<Reply> heard =
            pbx.dialFeatureCode(new FeatureCode("101", "12", "3456", "DIVERT SALES, now"));
        List<String> event = client.read();
        assertThat(event)
            .startsWith("Event: UserEvent", "Privilege: user,all")
            .contains("Caller: 101", "Staff: 12", "Pin: 3456", "Text: DIVERT SALES");
        String channel =
            event.stream()
                .filter(l -> l.startsWith("Channel: PJSIP/101-"))
                .findFirst()
                .orElseThrow();
        String word = reply == Reply.ACCEPTED ? "OK" : "NO";
        assertThat(
                client
                    .ask("Action: Setvar", channel, "Variable: LK_REPLY", "Value: " + word)
                    .get(0))
            .isEqualTo("Response: Success");
        assertThat(get(heard)).isEqualTo(reply);
        assertThat(client.ask("Action: Setvar", channel, "Variable: LK_REPLY", "Value: OK"))
            .containsExactly("Response: Error", "Message: No such channel");
      }
    }
  }

  @Test
  void aFeatureCodeNobodyHearsGivesFastBusy() throws Exception {
    assertThat(get(pbx.dialFeatureCode(new FeatureCode("101", "12", "3456", "STATUS"))))
        .isEqualTo(Reply.UNHEARD);
  }

  @Test
  void thePinIsNotInAnyLog() {
    assertThat(new FeatureCode("101", "12", "3456", "STATUS").toString()).doesNotContain("3456");
    assertThat(settings().toString()).doesNotContain("s3cret");
  }
}
