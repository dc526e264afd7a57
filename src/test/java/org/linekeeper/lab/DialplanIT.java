package org.linekeeper.lab;

import static org.assertj.core.api.Assertions.assertThat;

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

/** The shipped dialplan for plain Asterisk, as Asterisk 22 understands it. */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DialplanIT {
  private static final Duration SOON = Duration.ofSeconds(3);
  private static final String NUMBER = "+441632960100";

  LabNetwork network;
  LabPbx pbx;
  LabAmi ami;
  LabAmi witness;
  SipCaller carrier;
  SipCaller phone;

  LabPbx install(LabNetwork network) {
    return LabPbx.plain(network, "primary", AsteriskRoot.v22());
  }

  String carrierContext() {
    return "from-carrier";
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
    List<String> complaints = pbx.complaints();
    network.close();
    assertThat(complaints).as("what Asterisk had to say about all these stories").isEmpty();
  }

  @BeforeEach
  void begin() {
    ami.openGate();
    witness = pbx.loginAsWitness();
  }

  @AfterEach
  void end() {
    witness.close();
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

  @Test
  void aGateThatWouldStayClosedForEverIsTakenForAMistake() {
    ami.closeGate(Duration.ofHours(1));

    assertThat(carrier.call(pbx.sip(), NUMBER, SOON).answeredBy(pbx)).isTrue();
  }

  @Test
  void aGateSetToNonsenseIsOpen() {
    ami.setGlobal("LK_CLOSED_UNTIL", "tomorrow, maybe");

    assertThat(carrier.call(pbx.sip(), NUMBER, SOON).answeredBy(pbx)).isTrue();
  }

  @Test
  void anEngineerWhoReloadsAllDayDoesNotOpenTheGate() {
    ami.closeGate(Duration.ofMinutes(4));

    for (int i = 0; i < 20; i++) {
      pbx.cli("dialplan reload");
    }
    pbx.reloadAll();

    assertThat(carrier.call(pbx.sip(), NUMBER, SOON).status()).isEqualTo(503);
  }

  @Test
  void theCanarySingsWhileTheGateIsOpen() {
    assertThat(canary("n-open")).containsEntry("Gate", "open");
  }

  @Test
  void theCanarySingsWhileTheGateIsClosed() {
    ami.closeGate(Duration.ofSeconds(30));

    assertThat(canary("n-closed")).containsEntry("Gate", "closed");
  }

  @Test
  void aStrangerWhoDialsTheCanaryLearnsNothing() {
    CallResult call = carrier.call(pbx.sip(), "lk-canary", SOON);

    assertThat(call.status()).isEqualTo(404);
    assertThat(canary("n-after-the-stranger")).isNotNull();
    assertThat(ami.packets())
        .filteredOn(packet -> "LinekeeperCanary".equals(packet.get("UserEvent")))
        .allSatisfy(packet -> assertThat(packet.get("Nonce")).startsWith("n-"));
  }

  @Test
  void aPhonesOwnCallPassesAClosedGate() {
    ami.closeGate(Duration.ofSeconds(30));

    assertThat(phone.call(pbx.sip(), "600", SOON).answeredBy(pbx)).isTrue();
  }

  @Test
  void anEmergencyCallPassesAClosedGate() {
    ami.closeGate(Duration.ofSeconds(30));

    try (SipAnswerer emergency = SipAnswerer.at(network.emergencySip())) {
      assertThat(phone.call(pbx.sip(), "999", SOON).answeredBy(pbx)).isTrue();
      assertThat(emergency.awaitCall(SOON)).isEqualTo("999");
    }
  }

  @Test
  void alicePutsSalesOnMobilesFromADeskPhone() {
    try (SipCall call = phone.start(pbx.sip(), "*5411", SOON)) {
      awaitDialTone();
      call.press("1234#5678#");

      Map<String, String> command = command("5678");
      assertThat(command)
          .containsEntry("Caller", "100")
          .containsEntry("Staff", "1234")
          .containsEntry("Text", "DIVERT SALES");
      reply(command, "OK");
      assertThat(heard(command)).startsWith("!440/");
    }
  }

  @Test
  void aRefusalIsHeard() {
    try (SipCall call = phone.start(pbx.sip(), "*5400", SOON)) {
      awaitDialTone();
      call.press("1234#1111#");

      Map<String, String> command = command("1111");
      assertThat(command).containsEntry("Text", "RETURN ALL");
      reply(command, "NO");
      assertThat(heard(command)).startsWith("!950/");
    }
  }

  @Test
  void silenceFromLinekeeperIsHeardAsSuch() {
    try (SipCall call = phone.start(pbx.sip(), "*5412", SOON)) {
      awaitDialTone();
      call.press("1234#2222#");

      assertThat(heard(command("2222"))).startsWith("!480+620/");
    }
  }

  @Test
  void aGroupThatDoesNotExistIsRefusedBeforeAnyPin() {
    try (SipCall call = phone.start(pbx.sip(), "*5419", SOON)) {
      assertThat(call.result().status()).isEqualTo(200);
      witness.awaitEvent(
          "Newexten", SOON, packet -> packet.getOrDefault("AppData", "").startsWith("!950/"));
    }
  }

  @Test
  void aCallerFromOutsideCannotReachTheFeatureCodes() {
    assertThat(carrier.call(pbx.sip(), "*5411", SOON).status()).isEqualTo(404);
  }

  @Test
  void aWatcherIsKnownToSipAndMayCallNobody() {
    SipCaller watcher = new SipCaller(network.secondWatcher(), "linekeeper");
    SipCaller stranger = new SipCaller(network.stranger());

    assertThat(watcher.options(pbx.sip(), SOON).status()).isEqualTo(200);
    assertThat(stranger.options(pbx.sip(), SOON).status()).isEqualTo(401);
    assertThat(watcher.call(pbx.sip(), "600", SOON).status()).isEqualTo(404);
    assertThat(watcher.call(pbx.sip(), NUMBER, SOON).status()).isEqualTo(404);
  }

  @Test
  void aPhoneOnTheWatchersOwnMachineIsAPhone() {
    SipCaller softphone = new SipCaller(network.secondWatcher(), "softphone");

    assertThat(softphone.register(pbx.sip(), SOON).status()).isEqualTo(200);
    assertThat(softphone.call(pbx.sip(), "600", SOON).answeredBy(pbx)).isTrue();
    try (SipAnswerer emergency = SipAnswerer.at(network.emergencySip())) {
      assertThat(softphone.call(pbx.sip(), "999", SOON).answeredBy(pbx)).isTrue();
      assertThat(emergency.awaitCall(SOON)).isEqualTo("999");
    }
  }

  @Test
  void theManagerUserMayDoWhatLinekeeperNeedsAndNoMore() {
    for (String action :
        List.of("CoreStatus", "CoreShowChannels", "PJSIPShowRegistrationsOutbound")) {
      assertThat(ami.action(action, Map.of()).get("Response")).as(action).isEqualTo("Success");
    }
    // lists come as events, which the user's event filter must let through
    ami.action("ShowDialPlan", Map.of("Context", carrierContext(), "Extension", "lk-canary"));
    ami.awaitEvent("ListDialplan", SOON, line -> "Gosub".equals(line.get("Application")));
    assertThat(ami.action("PJSIPRegister", Map.of("Registration", "none")).get("Message"))
        .doesNotContainIgnoringCase("permission");
    assertThat(pbx.cli("manager show user " + pbx.amiUser()))
        .containsPattern("read perm: *system,user\\s")
        .containsPattern("write perm: *call,reporting,originate\\s");
    Map<String, Map<String, String>> forbidden =
        Map.of(
            "Command", Map.of("Command", "core show version"),
            "UpdateConfig", Map.of("SrcFilename", "manager.conf", "DstFilename", "manager.conf"),
            "DBPut", Map.of("Family", "lab", "Key", "key", "Val", "value"),
            "Originate",
                Map.of(
                    "Channel", "Local/lk-canary@" + carrierContext(),
                    "Application", "System",
                    "Data", "true",
                    "Async", "true"));
    forbidden.forEach(
        (action, headers) ->
            assertThat(ami.action(action, headers).get("Response")).as(action).isEqualTo("Error"));
  }

  private Map<String, String> canary(String nonce) {
    long start = System.nanoTime();
    ami.action(
        "Originate",
        Map.of(
            "Channel", "Local/lk-canary@" + carrierContext() + "/n",
            "Application", "Wait",
            "Data", "1",
            "Variable", "LK_NONCE=" + nonce,
            "Async", "true"));
    Map<String, String> event =
        ami.awaitUserEvent(
            "LinekeeperCanary", Duration.ofSeconds(1), p -> nonce.equals(p.get("Nonce")));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    return event;
  }

  /** People listen before they type; keys pressed before Read() listens are lost. */
  private void awaitDialTone() {
    witness.awaitEvent(
        "Newexten", SOON, packet -> packet.getOrDefault("AppData", "").startsWith("LK_STAFF,dial"));
  }

  private Map<String, String> command(String pin) {
    return ami.awaitUserEvent(
        "LinekeeperCommand", Duration.ofSeconds(5), packet -> pin.equals(packet.get("Pin")));
  }

  private void reply(Map<String, String> command, String reply) {
    ami.action(
        "Setvar",
        Map.of("Channel", command.get("Channel"), "Variable", "LK_REPLY", "Value", reply));
  }

  /** The tones played on the channel that gave this command, from Asterisk's own account. */
  private String heard(Map<String, String> command) {
    return witness
        .awaitEvent(
            "Newexten",
            Duration.ofSeconds(8),
            packet ->
                command.get("Channel").equals(packet.get("Channel"))
                    && "Playtones".equalsIgnoreCase(packet.get("Application")))
        .get("AppData");
  }
}
