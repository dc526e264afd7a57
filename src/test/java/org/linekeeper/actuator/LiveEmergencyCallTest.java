package org.linekeeper.actuator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.linekeeper.asterisk.AmiAnswer;
import org.linekeeper.asterisk.LiveChannel;
import org.linekeeper.asterisk.PbxLink;
import org.linekeeper.estate.Offices;
import org.linekeeper.state.Outcome;

/** Somebody may be talking to the ambulance when a person asks for a switchover. */
class LiveEmergencyCallTest {
  private final PbxLink link = mock(PbxLink.class);
  private String region = "GB";

  @BeforeEach
  void connect() {
    when(link.pbx()).thenReturn(Offices.PRIMARY);
  }

  @Test
  void anEmergencyCallUnderWayIsNotDisturbed() {
    for (String dialled :
        List.of(
            "PJSIP/999@trunk,30",
            "PJSIP/trunk/sip:999@sip.example.com",
            "PJSIP/trunk/sip:112@sip.example.com:5060,60,T",
            "PJSIP/desk&PJSIP/999@trunk",
            "DAHDI/g1/112")) {
      Outcome outcome = asked(up("s", dialled));
      assertThat(outcome.kind()).as(dialled).isEqualTo(Outcome.Kind.REJECTED);
      assertThat(outcome.said()).contains("an emergency call is up on primary");
    }
    assertThat(asked(up("999", "")).kind()).isEqualTo(Outcome.Kind.REJECTED);
  }

  @Test
  void ordinaryCallsStandAgainstNothing() {
    assertThat(asked(up("1999", "PJSIP/9990001@trunk,30"))).isEqualTo(Outcome.applied(""));
  }

  @Test
  void theOfficesCountryHasNumbersOfItsOwn() {
    assertThat(asked(up("911", ""))).isEqualTo(Outcome.applied(""));
    region = "US";
    assertThat(asked(up("911", "")).kind()).isEqualTo(Outcome.Kind.REJECTED);
    region = "DE";
    assertThat(asked(up("110", "")).kind()).isEqualTo(Outcome.Kind.REJECTED);
  }

  @Test
  void whatCannotBeSeenIsNotTakenForNoCall() {
    for (AmiAnswer.Kind kind : List.of(AmiAnswer.Kind.SILENT, AmiAnswer.Kind.REFUSED)) {
      Outcome outcome = asked(new AmiAnswer<>(kind, Optional.empty(), "no list"));
      assertThat(outcome.kind()).isEqualTo(Outcome.Kind.REJECTED);
      assertThat(outcome.said()).contains("cannot see whether an emergency call is up", "no list");
    }
  }

  @Test
  void aPbxThatCannotBeAskedMayBeLeftAndThePersonIsTold() {
    Outcome outcome =
        asked(new AmiAnswer<>(AmiAnswer.Kind.NOT_CONNECTED, Optional.empty(), "no session"));
    assertThat(outcome.kind()).isEqualTo(Outcome.Kind.APPLIED);
    assertThat(outcome.said()).contains("nobody looked whether an emergency call is up");
  }

  private static AmiAnswer<List<LiveChannel>> up(String extension, String data) {
    return AmiAnswer.done(
        List.of(new LiveChannel("PJSIP/trunk-00000007", "out", extension, "Dial", data)), "listed");
  }

  private Outcome asked(AmiAnswer<List<LiveChannel>> answer) {
    when(link.channels(any())).thenReturn(CompletableFuture.completedFuture(answer));
    return new LinkedPbxs(List.of(link), () -> region)
        .readyToLeave(Offices.PRIMARY)
        .toCompletableFuture()
        .join();
  }
}
