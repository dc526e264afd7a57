package org.linekeeper.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.linekeeper.asterisk.CallLimit;
import org.linekeeper.asterisk.PeerCall;
import org.linekeeper.estate.PbxId;
import org.linekeeper.verdict.Observation.Seen;

/** What is made of an echo call, and when none is placed. */
class EchoFindingTest {
  private static final PbxId A = new PbxId("pbx-a");
  private static final PbxId B = new PbxId("pbx-b");

  @Test
  void digitsThatComeBackAreAudio() {
    assertThat(of("ANSWER", "1234", "").seen()).isEqualTo(Seen.ANSWERED);
  }

  @Test
  void theDeadDirectionIsNamedWhereItIsKnown() {
    assertThat(of("ANSWER", "****", "").said())
        .isEqualTo(
            "pbx-b answers a call from pbx-a, but hears nothing of it; the other direction runs");
    assertThat(EchoFinding.of(A, B, new PeerCall("ANSWER", "", ""), "1234", true))
        .get()
        .extracting(EchoFinding::said)
        .isEqualTo(
            "pbx-b answers a call from pbx-a, but pbx-a hears nothing; the other direction runs");
    assertThat(of("ANSWER", "", "SIP 200 OK").seen()).isEqualTo(Seen.FAILED);
    assertThat(of("ANSWER", "12", "").said()).contains("of 1234 only 12 came back");
  }

  @Test
  void nobodyIsBlamedForACallThatIsUpAlready() {
    assertThat(EchoFinding.of(A, B, new PeerCall("TAKEN", "", ""), "1234", false)).isEmpty();
    assertThat(EchoFinding.of(A, B, new PeerCall("BUSY", "", "SIP 486 Busy"), "1234", false))
        .isEmpty();
  }

  @Test
  void noAnswerRefusalAndNotInstalledAreThreeThings() {
    assertThat(of("NOANSWER", "", "").seen()).isEqualTo(Seen.SILENT);
    assertThat(of("CONGESTION", "", "SIP 503 Service Unavailable").seen())
        .isEqualTo(Seen.TURNED_AWAY);
    assertThat(of("CHANUNAVAIL", "", "SIP 488 Not Acceptable Here").said())
        .contains("with 488 Not Acceptable Here");
    assertThat(of("CONGESTION", "", "SIP 401 Unauthorized").seen()).isEqualTo(Seen.NOT_ASKED);
    assertThat(of("CHANUNAVAIL", "", "SIP 404 Not Found").seen()).isEqualTo(Seen.NOT_ASKED);
    assertThat(of("CHANUNAVAIL", "", "").seen()).isEqualTo(Seen.NOT_ASKED);
  }

  @Test
  void aStrangerIsRefusedAndOneThatCouldNotCallIsNone() {
    for (String answer : new String[] {"SIP 401 Unauthorized", "SIP 404 Not Found"}) {
      assertThat(EchoFinding.ofAStranger(new PeerCall("CONGESTION", "", answer))).isTrue();
    }
    assertThat(EchoFinding.ofAStranger(new PeerCall("CHANUNAVAIL", "", ""))).isFalse();
    assertThat(EchoFinding.ofAStranger(new PeerCall("ANSWER", "1234", "SIP 200 OK"))).isFalse();
  }

  @Test
  void digitsAreNeverTheSameBeforeAllHaveHadTheirTurn() {
    Digits digits = new Digits();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      String next = digits.next();
      assertThat(next).hasSize(4);
      assertThat(seen.add(next)).as(next).isTrue();
    }
  }

  @Test
  void aPbxNearItsCallLimitIsLeftAlone() {
    Room room = new Room();
    assertThat(room.enough()).as("nothing known of a limit").isTrue();
    room.saw(new CallLimit(25, OptionalInt.of(30)));
    assertThat(room.enough()).isTrue();
    room.saw(new CallLimit(26, OptionalInt.of(30)));
    assertThat(room.enough()).isFalse();
    room.saw(new CallLimit(500, OptionalInt.empty()));
    assertThat(room.enough()).isTrue();
  }

  private static EchoFinding of(String status, String heard, String answer) {
    Optional<EchoFinding> finding =
        EchoFinding.of(A, B, new PeerCall(status, heard, answer), "1234", false);
    return finding.orElseThrow();
  }
}
