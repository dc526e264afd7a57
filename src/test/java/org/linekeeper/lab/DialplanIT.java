package org.linekeeper.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The shipped dialplan for plain Asterisk, as Asterisk 22 understands it. */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DialplanIT {
  private static final Duration SOON = Duration.ofSeconds(3);
  private static final String NUMBER = "+441632960100";

  LabNetwork network;
  LabPbx pbx;
  LabAmi ami;
  SipCaller carrier;
  SipCaller phone;

  LabPbx install(LabNetwork network) {
    return LabPbx.plain(network, "primary", AsteriskRoot.v22());
  }

  String carrierContext() {
    return "from-carrier";
  }

  String phoneContext() {
    return "phones";
  }

  @BeforeAll
  void install() {
    network = LabNetwork.create();
    pbx = install(network);
    ami = pbx.loginAsLinekeeper();
    carrier = new SipCaller(network.carrierSip());
    phone = new SipCaller(network.phoneSip());
  }

  @AfterAll
  void remove() {
    network.close();
  }

  @BeforeEach
  void open() {
    ami.openGate();
  }

  @Test
  void loadsWithoutAComplaint() {
    assertThat(pbx.complaints()).isEmpty();
  }

  @Test
  void aPbxThatNobodyToldAnythingAnswersItsCalls() {
    CallResult call = carrier.call(pbx.sip(), NUMBER, SOON);

    assertThat(call.answeredBy(pbx)).as("%s", call).isTrue();
  }

  @Test
  void aClosedGateSendsTheCarrierToItsNextUrlAndOpensByItself() {
    ami.closeGate(Duration.ofSeconds(3));

    assertThat(carrier.call(pbx.sip(), NUMBER, SOON).status()).isEqualTo(503);
    Await.until(
        "an open gate, with nobody renewing it",
        Duration.ofSeconds(5),
        () -> carrier.call(pbx.sip(), NUMBER, SOON).answeredBy(pbx));
  }
}
