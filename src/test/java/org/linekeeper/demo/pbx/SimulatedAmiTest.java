package org.linekeeper.demo.pbx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The manager interface, line by line as Asterisk 22's manager.c writes it. */
class SimulatedAmiTest extends PbxFixture {
  @Test
  void loggingInWithASecret() throws Exception {
    try (AmiClient client = new AmiClient(pbx)) {
      assertThat(client.banner).isEqualTo("Asterisk Call Manager/11.0.0");
      assertThat(client.ask("Action: Ping"))
          .containsExactly("Response: Error", "Message: Permission denied");
      assertThat(
              client.ask(
                  "action: login", "ActionID: a#1", "Username: linekeeper", "Secret: s3cret"))
          .containsExactly(
              "Response: Success", "ActionID: a#1", "Message: Authentication accepted");
      assertThat(client.read())
          .containsExactly(
              "Event: FullyBooted",
              "Privilege: system,all",
              "Uptime: 0",
              "LastReload: 0",
              "Status: Fully Booted");
      now = now.plusSeconds(5);
      assertThat(client.ask("Action: Login")).contains("Message: Already authenticated");
      assertThat(client.ask("Action: Logoff"))
          .containsExactly("Response: Goodbye", "Message: Thanks for all the fish.");
      assertThat(client.atEnd()).isTrue();
    }
  }

  @Test
  void loggingInByChallengeWithEventsOff() throws Exception {
    try (AmiClient client = new AmiClient(pbx)) {
      List<String> answer = client.ask("Action: Challenge", "AuthType: MD5");
      assertThat(answer).hasSize(2).first().isEqualTo("Response: Success");
      String key = md5(answer.get(1).substring("Challenge: ".length()) + "s3cret");
      assertThat(
              client.ask(
                  "Action: Login",
                  "AuthType: MD5",
                  "Username: linekeeper",
                  "Key: " + key,
                  "Events: off"))
          .contains("Message: Authentication accepted");
      assertThat(client.ask("Action: Ping")).contains("Ping: Pong"); // no FullyBooted before it
      assertThat(client.ask("Action: Challenge")).contains("Message: Must specify AuthType");
    }
  }

  private static String md5(String text) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aWrongLoginIsRefusedAfterASecondAndTheConnectionEnds() throws Exception {
    for (String[] wrong :
        new String[][] {
          {"Action: Login", "Username: linekeeper", "Secret: wrong"},
          {"Action: Login", "Username: nobody", "Secret: s3cret"},
          {"Action: Login"},
          {"Action: Login", "AuthType: MD5", "Username: linekeeper", "Key: " + md5("s3cret")}
        }) {
      try (AmiClient client = new AmiClient(pbx)) {
        long began = System.nanoTime();
        assertThat(client.ask(wrong))
            .containsExactly("Response: Error", "Message: Authentication failed");
        assertThat(System.nanoTime() - began).isGreaterThan(900_000_000L);
        assertThat(client.atEnd()).isTrue();
      }
    }
  }

  @Test
  void thePbxsOwnClockIsInEveryPingAndInEpoch() throws Exception {
    try (AmiClient client = AmiClient.loggedIn(pbx)) {
      assertThat(client.ask("Action: Ping", "ActionID: 1"))
          .containsExactly(
              "Response: Success",
              "ActionID: 1",
              "Ping: Pong",
              "Timestamp: " + HALF_PAST_THREE.getEpochSecond() + ".250000");
      assertThat(client.ask("Action: Getvar", "Variable: EPOCH"))
          .containsExactly(
              "Response: Success", "Variable: EPOCH", "Value: " + HALF_PAST_THREE.getEpochSecond());
    }
  }

  @Test
  void globalsAreKeptAsTextAndReadBack() throws Exception {
    try (AmiClient client = AmiClient.loggedIn(pbx)) {
      assertThat(client.ask("Action: Setvar", "Variable: LK_EPOCH", "Value: $[${EPOCH}+30]"))
          .contains("Message: Variable Set");
      assertThat(client.ask("Action: Getvar", "Variable: LK_EPOCH"))
          .containsExactly("Response: Success", "Variable: LK_EPOCH", "Value: $[${EPOCH}+30]");
      assertThat(client.ask("Action: Getvar", "Variable: GLOBAL(LK_EPOCH)"))
          .contains("Value: $[${EPOCH}+30]");
      assertThat(pbx.global("LK_EPOCH")).isEqualTo("$[${EPOCH}+30]");
      assertThat(client.ask("Action: Getvar", "Variable: NEVER_SET")).contains("Value: ");
      assertThat(
              client.ask("Action: Getvar", "Variable: DIALPLAN_EXISTS(from-carrier,lk-canary,1)"))
          .contains("Value: 1");
      assertThat(client.ask("Action: Getvar", "Variable: DIALPLAN_EXISTS(nowhere,s,1)"))
          .contains("Value: 0");
      assertThat(client.ask("Action: Getvar")).contains("Message: No variable specified");
      assertThat(client.ask("Action: Setvar")).contains("Message: No variable specified");
      assertThat(client.ask("Action: Setvar", "Channel: PJSIP/9", "Variable: A"))
          .contains("Message: No such channel");
    }
  }

  @Test
  void theCanaryComesBackOnTheOtherConnectionWithItsNonceAndTheGate() throws Exception {
    try (AmiClient events = AmiClient.loggedIn(pbx);
        AmiClient probe = AmiClient.loggedIn(pbx)) {
      probe.ask("Action: Events", "EventMask: off");
      assertThat(originate(probe))
          .containsExactly(
              "Response: Success", "ActionID: o1", "Message: Originate successfully queued");
      List<String> event = events.read();
      assertThat(event)
          .startsWith("Event: UserEvent", "Privilege: user,all")
          .endsWith("UserEvent: LinekeeperCanary", "Nonce: n-17", "Gate: open");
      assertThat(event).anyMatch(l -> l.matches("Channel: Local/lk-canary@from-carrier-.*;2"));
      assertThat(events.read())
          .startsWith(
              "Event: OriginateResponse", "Privilege: call,all", "SystemName: west", "ActionID: o1")
          .contains("Response: Failure", "Application: Wait", "Data: 1");
      probe.ask(
          "Action: Setvar", "Variable: LK_CLOSED_UNTIL", "Value: " + (now.getEpochSecond() + 9));
      originate(probe);
      assertThat(events.read()).endsWith("Gate: closed");
      events.read();
      pbx.breakDialplan(true);
      originate(probe);
      assertThat(events.read()).startsWith("Event: OriginateResponse");
    }
  }

  private static List<String> originate(AmiClient client) throws Exception {
    return client.ask(
        "Action: Originate",
        "ActionID: o1",
        "Channel: Local/lk-canary@from-carrier/n",
        "Application: Wait",
        "Data: 1",
        "Variable: LK_NONCE=n-17",
        "Async: true");
  }

  @Test
  void aWrongOriginateIsRefused() throws Exception {
    try (AmiClient client = AmiClient.loggedIn(pbx)) {
      assertThat(client.ask("Action: Originate")).contains("Message: Channel not specified");
      assertThat(client.ask("Action: Originate", "Channel: x"))
          .contains("Message: Invalid channel");
      assertThat(client.ask("Action: Originate", "Channel: PJSIP/101", "Application: Wait"))
          .contains("Message: Originate failed");
    }
  }

  @Test
  void theAstDb() throws Exception {
    try (AmiClient client = AmiClient.loggedIn(pbx)) {
      assertThat(client.ask("Action: DBPut", "Family: linekeeper", "Key: beat", "Val: 1"))
          .containsExactly("Response: Success", "Message: Updated database successfully");
      assertThat(client.ask("Action: DBGet", "ActionID: d", "Family: linekeeper", "Key: beat"))
          .containsExactly(
              "Response: Success",
              "ActionID: d",
              "EventList: start",
              "Message: Result will follow");
      assertThat(client.read())
          .containsExactly(
              "Event: DBGetResponse", "Family: linekeeper", "Key: beat", "Val: 1", "ActionID: d");
      assertThat(client.read())
          .containsExactly(
              "Event: DBGetComplete", "ActionID: d", "EventList: Complete", "ListItems: 1");
      assertThat(client.ask("Action: DBDel", "Family: linekeeper", "Key: beat"))
          .contains("Message: Key deleted successfully");
      assertThat(client.ask("Action: DBGet", "Family: linekeeper", "Key: beat"))
          .containsExactly("Response: Error", "Message: Database entry not found");
      assertThat(client.ask("Action: DBDel", "Family: linekeeper", "Key: beat"))
          .contains("Message: Database entry could not be deleted");
      assertThat(client.ask("Action: DBPut", "Key: k")).contains("Message: No family specified");
      assertThat(client.ask("Action: DBGet", "Family: f")).contains("Message: No key specified.");
      assertThat(client.ask("Action: DBDel", "Family: f")).contains("Response: Error");
    }
  }

  @Test
  void theTrunksRegistration() throws Exception {
    try (AmiClient client = AmiClient.loggedIn(pbx)) {
      assertThat(registrationStatus(client)).contains("Status: Registered");
      assertThat(client.ask("Action: PJSIPUnregister", "Registration: carrier"))
          .contains("Message: Unregistration sent");
      assertThat(client.read()).startsWith("Event: Registry").contains("Status: Unregistered");
      assertThat(registrationStatus(client)).contains("Status: Unregistered");
      assertThat(client.ask("Action: PJSIPRegister", "Registration: *all"))
          .contains("Message: Reregistrations queued.");
      assertThat(client.read()).startsWith("Event: Registry").contains("Status: Registered");
      pbx.registration("carrier", false);
      assertThat(client.read()).startsWith("Event: Registry").contains("Status: Rejected");
      assertThat(client.ask("Action: PJSIPRegister")).contains("Response: Error");
      assertThat(client.ask("Action: PJSIPRegister", "Registration: nowhere"))
          .contains("Response: Error");
    }
  }

  private static List<String> registrationStatus(AmiClient client) throws Exception {
    client.send("Action: PJSIPShowRegistrationsOutbound", "ActionID: r");
    assertThat(client.read())
        .containsExactly(
            "Response: Success",
            "ActionID: r",
            "EventList: start",
            "Message: Following are Events for each Outbound registration");
    List<String> detail = client.read();
    assertThat(detail).contains("Event: OutboundRegistrationDetail", "ObjectName: carrier");
    assertThat(client.read())
        .startsWith(
            "Event: OutboundRegistrationDetailComplete",
            "ActionID: r",
            "EventList: Complete",
            "ListItems: 1");
    return detail;
  }

  @Test
  void whatIsGoingOn() throws Exception {
    try (AmiClient client = AmiClient.loggedIn(pbx)) {
      assertThat(client.ask("Action: CoreSettings"))
          .contains("AMIversion: 11.0.0", "AsteriskVersion: 22.10.1", "CoreMaxCalls: 0");
      assertThat(client.ask("Action: CoreStatus")).contains("CoreCurrentCalls: 0");
      pbx.dialFeatureCode(new FeatureCode("101", "1", "2", "STATUS"));
      client.read();
      client.send("Action: CoreShowChannels", "ActionID: c");
      assertThat(client.read()).contains("EventList: start");
      assertThat(client.read()).startsWith("Event: CoreShowChannel", "ActionID: c");
      assertThat(client.read()).contains("Event: CoreShowChannelsComplete", "ListItems: 1");
      assertThat(client.ask("Action: ListCommands"))
          .contains("Ping: Keepalive command.  (Priv: <none>)")
          .noneMatch(l -> l.startsWith("Command:"));
    }
  }

  @Test
  void eventsOfTheOffice() throws Exception {
    pbx.close();
    pbx = pbx(settings().allowing(Set.of(AmiClass.USER), Set.of(AmiClass.USER, AmiClass.COMMAND)));
    pbx.start();
    try (AmiClient client = new AmiClient(pbx)) {
      client.ask("Action: Login", "Username: linekeeper", "Secret: s3cret");
      // no right to read system events: no FullyBooted
      assertThat(client.ask("Action: UserEvent", "UserEvent: Hello", "From: me"))
          .containsExactly("Response: Success", "Message: Event Sent");
      assertThat(client.read())
          .containsExactly(
              "Event: UserEvent",
              "Privilege: user,all",
              "SystemName: west",
              "UserEvent: Hello",
              "From: me");
      assertThat(client.ask("Action: Events", "EventMask: system"))
          .containsExactly("Response: Success", "Events: On");
      client.ask("Action: UserEvent", "UserEvent: Unheard");
      assertThat(client.ask("Action: Events", "EventMask: 64")).contains("Events: On");
      client.ask("Action: UserEvent", "UserEvent: Heard");
      assertThat(client.read()).contains("UserEvent: Heard");
      assertThat(client.ask("Action: Events")).contains("Message: Invalid event mask");
      assertThat(client.ask("Action: Command", "Command: core show version"))
          .startsWith(
              "Response: Success",
              "Message: Command output follows",
              "Output: Asterisk 22.10.1 built by Linekeeper's demo");
      assertThat(client.ask("Action: Command", "Command: core dance")).contains("Response: Error");
      assertThat(client.ask("Action: Command")).contains("Message: No command provided");
      // and what this user may not do
      assertThat(client.ask("Action: Setvar", "Variable: A", "Value: 1"))
          .containsExactly("Response: Error", "Message: Permission denied");
    }
  }

  @Test
  void anUnknownActionIsRefusedInAsterisksWords() throws Exception {
    try (AmiClient client = AmiClient.loggedIn(pbx)) {
      assertThat(client.ask("Action: Dance", "ActionID: x"))
          .containsExactly(
              "Response: Error",
              "ActionID: x",
              "Message: Invalid/unknown command: Dance. Use Action: ListCommands to show available"
                  + " commands.");
      assertThat(client.ask("ActionID: x"))
          .containsExactly("Response: Error", "ActionID: x", "Message: Missing action in request");
    }
  }

  @Test
  void malformedInputIsRefusedAndTheConnectionGoesOn() throws Exception {
    try (AmiClient client = AmiClient.loggedIn(pbx)) {
      assertThat(client.ask("Action: Ping", "X: " + "y".repeat(5000)))
          .containsExactly("Response: Error", "Message: Failed to parse message: line too long");
      client.raw("Action: Ping\r\n" + "X: y\r\n".repeat(200) + "\r\n");
      assertThat(client.read())
          .containsExactly(
              "Response: Error", "Message: Too many lines in message or allocation failure");
      client.raw("\r\n");
      assertThat(client.read()).contains("Message: Missing action in request");
      client.raw("Action: Setvar\nVariable: A\rB\nValue: 1\r2\0\n\n");
      assertThat(client.read()).contains("Message: Variable Set");
      assertThat(client.ask("Action: Getvar", "Variable: AB")).contains("Value: 12");
    }
  }

  @Test
  void randomBytesNeverStopIt() throws Exception {
    Random random = new Random(5038);
    for (int i = 0; i < 50; i++) {
      try (AmiClient client = AmiClient.loggedIn(pbx)) {
        StringBuilder noise = new StringBuilder();
        for (int n = random.nextInt(2000); n > 0; n--) {
          noise.append((char) random.nextInt(i % 2 == 0 ? 128 : 0x800));
        }
        client.raw(noise.toString());
      }
    }
    try (AmiClient client = AmiClient.loggedIn(pbx)) {
      assertThat(client.ask("Action: Ping")).contains("Ping: Pong");
    }
  }

  @Test
  void aClientThatNeverReadsIsDroppedAndTheOthersAreServed() throws Exception {
    pbx.close();
    pbx = pbx(settings().allowing(Set.of(AmiClass.USER, AmiClass.SYSTEM), Set.of(AmiClass.USER)));
    pbx.start();
    String filler = "Text: " + "x".repeat(1000);
    try (AmiClient lazy = AmiClient.loggedIn(pbx);
        AmiClient busy = AmiClient.loggedIn(pbx)) {
      busy.ask("Action: Events", "EventMask: off");
      String[] event = new String[101];
      Arrays.fill(event, filler);
      event[0] = "Action: UserEvent";
      for (int n = 0; n < 200; n++) {
        assertThat(busy.ask(event)).contains("Message: Event Sent");
      }
      long read = 0;
      while (!lazy.read().isEmpty()) {
        read++;
      }
      assertThat(read).isLessThan(200);
    }
  }

  @Test
  void tooManyConnectionsAreClosedAtOnce() throws Exception {
    List<AmiClient> clients = new ArrayList<>();
    try {
      for (int n = 0; n < 200; n++) {
        clients.add(new AmiClient(pbx));
      }
      AmiClient tooMany = new AmiClient(pbx);
      clients.add(tooMany);
      assertThat(tooMany.banner).isEmpty();
      clients.get(0).close();
      await(
          () -> {
            try (AmiClient next = new AmiClient(pbx)) {
              return !next.banner.isEmpty();
            } catch (SocketTimeoutException e) {
              return false;
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          });
    } finally {
      for (AmiClient client : clients) {
        client.close();
      }
    }
    assertThatThrownBy(() -> pbx.settings().write().add(AmiClass.LOG))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
