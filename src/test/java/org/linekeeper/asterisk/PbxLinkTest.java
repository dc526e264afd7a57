package org.linekeeper.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.linekeeper.demo.pbx.AmiClass;
import org.linekeeper.demo.pbx.FeatureCode;
import org.linekeeper.demo.pbx.PbxSettings;
import org.linekeeper.demo.pbx.Registrar;
import org.linekeeper.demo.pbx.SimulatedPbx;
import org.linekeeper.lab.Await;
import org.linekeeper.net.IoLoop;
import org.linekeeper.secret.Secret;
import org.linekeeper.state.Epoch;

/** What the link does with a PBX that does what it should, and with one that ends. */
class PbxLinkTest extends LinkFixture {
  static final Instant PBX_TIME = Instant.parse("2026-11-23T15:30:00.250Z");
  static final Duration LIMIT = Duration.ofSeconds(5);

  final IoLoop loop = IoLoop.start("pbx-link-test", ticker);
  PbxSettings settings =
      PbxSettings.onLoopback("west", "linekeeper", "s3cret").registering(List.of("carrier"));
  SimulatedPbx pbx;

  PbxLink connected() throws Exception {
    pbx = new SimulatedPbx(loop, () -> PBX_TIME, settings);
    pbx.start();
    PbxLink link = start(access(pbx.amiAddress(), "s3cret"));
    Await.until("both sessions", LIMIT, () -> link.isUp() && link.hears());
    assertThat(next(LIMIT).kind()).isEqualTo(SessionNews.Kind.UP);
    return link;
  }

  @AfterEach
  void stop() {
    pbx.close();
    loop.close();
  }

  @Test
  void aGateIsClosedByThePbxsOwnClockAndReadBack() throws Exception {
    PbxLink link = connected();

    AmiAnswer<Gate> closed =
        get(link.closeGate(Duration.ofSeconds(10), new Epoch(7), () -> true, SOON));

    assertThat(closed.ok()).as(closed.said()).isTrue();
    Gate gate = closed.value().orElseThrow();
    // a quarter past the second: rounded up, so that it never opens early
    assertThat(gate.closedUntil()).contains(Instant.parse("2026-11-23T15:30:11Z"));
    assertThat(gate.closed()).isTrue();
    assertThat(gate.epoch()).isEqualTo(new Epoch(7));
    assertThat(pbx.gateClosed()).isTrue();
  }

  @Test
  void anOpenedGateLetsCallsInAtOnce() throws Exception {
    PbxLink link = connected();
    get(link.closeGate(Duration.ofSeconds(10), new Epoch(7), () -> true, SOON));

    AmiAnswer<Gate> opened = get(link.openGate(new Epoch(8), SOON));

    assertThat(opened.value().orElseThrow().closed()).isFalse();
    assertThat(pbx.gateClosed()).isFalse();
    assertThat(get(link.gate(SOON)).value().orElseThrow().epoch()).isEqualTo(new Epoch(8));
  }

  @Test
  void aRenewalThatIsUnderWayDoesNotCloseAGateThatIsOpenedMeanwhile() throws Exception {
    PbxLink link = connected();
    CompletionStage<AmiAnswer<Gate>> renewal =
        link.closeGate(Duration.ofSeconds(5), new Epoch(3), () -> true, SOON);
    AmiAnswer<Gate> opened = get(link.openGate(new Epoch(4), SOON));
    get(renewal);

    assertThat(opened.ok()).isTrue();
    assertThat(pbx.gateClosed()).isFalse();
  }

  @Test
  void oneThatIsNotToBeClosedAnyMoreWhenThePbxHasToldTheTimeStaysOpen() throws Exception {
    PbxLink link = connected();
    AmiAnswer<Gate> closed =
        get(link.closeGate(Duration.ofSeconds(5), new Epoch(3), () -> false, SOON));

    assertThat(closed.ok()).isFalse();
    assertThat(closed.said()).contains("not this watcher's to close any more");
    assertThat(pbx.gateClosed()).isFalse();
  }

  @Test
  void aGateIsNeverClosedForLongerThanTheDialplanBelieves() throws Exception {
    PbxLink link = connected();

    assertThatThrownBy(() -> link.closeGate(Duration.ofMinutes(5), new Epoch(1), () -> true, SOON))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void thePbxsClockIsReadForFree() throws Exception {
    assertThat(get(connected().ping()).value()).contains(PBX_TIME);
  }

  @Test
  void aTestCallProvesThatTheDialplanRunsAndTellsHowTheGateIs() throws Exception {
    PbxLink link = connected();
    assertThat(get(link.canary("from-carrier", SOON)).value()).contains("open");

    get(link.closeGate(Duration.ofSeconds(10), new Epoch(7), () -> true, SOON));
    assertThat(get(link.canary("from-carrier", SOON)).value()).contains("closed");
  }

  @Test
  void aTestCallThroughABrokenDialplanFailsByItsDeadline() throws Exception {
    PbxLink link = connected();
    pbx.breakDialplan(true);

    AmiAnswer<String> answer = get(link.canary("from-carrier", SOON));

    assertThat(answer.kind()).isEqualTo(AmiAnswer.Kind.REFUSED);
  }

  @Test
  void aTestCallThatAFrozenPbxNeverTookIsSilenceAndNoFailedCall() throws Exception {
    PbxLink link = connected();
    pbx.hang();

    AmiAnswer<String> answer = get(link.canary("from-carrier", SOON));

    assertThat(answer.kind()).as(answer.said()).isEqualTo(AmiAnswer.Kind.SILENT);
  }

  @Test
  void registrationsAreListedTakenAwayAndBroughtBackAndEachTimeThatIsReadBack() throws Exception {
    PbxLink link = connected();
    assertThat(status(link)).isEqualTo("Registered");

    assertThat(get(link.unregister("carrier", LIMIT)).said()).isEqualTo("carrier is unregistered");
    assertThat(status(link)).isEqualTo("Unregistered");
    assertThat(get(link.register("carrier", LIMIT)).value().orElseThrow().registered()).isTrue();
    assertThat(status(link)).isEqualTo("Registered");
    assertThat(get(link.register("no-such", LIMIT)).kind()).isEqualTo(AmiAnswer.Kind.REFUSED);
  }

  @Test
  void aProviderThatRefusesIsToldOfAtOnceAndByName() throws Exception {
    PbxLink link = connected();
    get(link.unregister("carrier", LIMIT));
    pbx.registrar(Registrar.REFUSES);

    AmiAnswer<Registration> refused = get(link.register("carrier", LIMIT));

    assertThat(refused.kind()).isEqualTo(AmiAnswer.Kind.REFUSED);
    assertThat(refused.said()).startsWith("sip:carrier.invalid refuses to register carrier");
    pbx.registrar(Registrar.ACCEPTS);
    assertThat(get(link.register("carrier", LIMIT)).ok()).as("the old refusal is over").isTrue();
  }

  @Test
  void aProviderThatSaysNothingLeavesItUnknownAtTheDeadline() throws Exception {
    PbxLink link = connected();
    pbx.registrar(Registrar.SILENT);

    AmiAnswer<Registration> unknown = get(link.unregister("carrier", Duration.ofSeconds(1)));

    assertThat(unknown.kind()).isEqualTo(AmiAnswer.Kind.SILENT);
    assertThat(unknown.said())
        .isEqualTo("told to unregister carrier, and then: carrier is registered");
  }

  @Test
  void aPbxThatDiesWhileItRegistersIsNotWaitedFor() throws Exception {
    PbxLink link = connected();
    pbx.registrar(Registrar.SILENT);
    CompletionStage<AmiAnswer<Registration>> answer =
        link.unregister("carrier", Duration.ofMinutes(1));
    Await.pause(Duration.ofMillis(400));
    pbx.kill();

    assertThat(get(answer).kind()).isEqualTo(AmiAnswer.Kind.SILENT);
  }

  @Test
  void whatIsRegisteredIsNotRegisteredAnewAsAsteriskWouldUnregisterItFirst() throws Exception {
    PbxLink link = connected();
    pbx.registrar(Registrar.REFUSES);

    assertThat(get(link.register("carrier", LIMIT)).ok()).isTrue();
    Await.pause(Duration.ofMillis(300));
    assertThat(status(link)).isEqualTo("Registered");
  }

  private static String status(PbxLink link) {
    return get(link.registrations(SOON)).value().orElseThrow().get(0).status();
  }

  @Test
  void theCallLimitIsReadWithTheCallsThatAreUp() throws Exception {
    settings = settings.limitedTo(30);
    CallLimit limit = get(connected().callLimit(SOON)).value().orElseThrow();

    assertThat(limit.words()).isEqualTo("0 of 30 calls up");
    assertThat(limit.reached()).isFalse();
  }

  @Test
  void whatTheUserMayDoIsListed() throws Exception {
    settings = settings.allowing(EnumSet.of(AmiClass.SYSTEM), EnumSet.of(AmiClass.REPORTING));
    PbxLink link = connected();

    List<String> allowed = get(link.allowedActions(SOON)).value().orElseThrow();

    assertThat(allowed).contains("getvar", "ping").doesNotContain("originate", "setvar");
    assertThat(get(link.openGate(new Epoch(1), SOON)).kind()).isEqualTo(AmiAnswer.Kind.NOT_ALLOWED);
  }

  @Test
  void aFeatureCodeIsHeardAndAnswered() throws Exception {
    PbxLink link = connected();

    CompletionStage<FeatureCode.Reply> heard =
        pbx.dialFeatureCode(new FeatureCode("101", "17", "4711", "DIVERT SALES"));
    FeatureCodeCall call = next(codes, LIMIT);

    assertThat(call.text()).isEqualTo("DIVERT SALES");
    assertThat(call.staff()).isEqualTo("17");
    assertThat(call.caller()).isEqualTo("101");
    assertThat(call.pin()).isEqualTo(Secret.of("4711"));
    assertThat(call.toString()).doesNotContain("4711");
    assertThat(get(link.reply(call, true, SOON)).ok()).isTrue();
    assertThat(get(heard)).isEqualTo(FeatureCode.Reply.ACCEPTED);
  }

  @Test
  void thePowerFailsAndThatIsKnownAtOnceAndSoIsItsReturn() throws Exception {
    PbxLink link = connected();

    pbx.kill();
    assertThat(next(Duration.ofMillis(200)).kind()).isEqualTo(SessionNews.Kind.CLOSED);
    Await.until("the other session's end", SOON, () -> eventsEnded.get() == 1);
    assertThat(next(Duration.ofMillis(600)).kind()).isEqualTo(SessionNews.Kind.REFUSED);
    assertThat(get(link.openGate(new Epoch(1), SOON)).kind())
        .isEqualTo(AmiAnswer.Kind.NOT_CONNECTED);

    pbx.start();
    Await.until("a new session", Duration.ofSeconds(1), link::isUp);
  }

  @Test
  void aPbxThatIsToldToStopSaysSo() throws Exception {
    connected();

    pbx.shutDownNow();

    Await.until("its word", LIMIT, () -> !shutdowns.isEmpty());
    assertThat(shutdowns).containsExactly("it is going down (Cleanly)");
  }

  @Test
  void aFreezeOfLessThanTheToleranceDoesNotCostTheSession() throws Exception {
    PbxLink link = connected();
    pbx.hang();
    AmiAnswer<Instant> missed = get(link.ping());
    Await.pause(Duration.ofMillis(200));
    pbx.resume();

    assertThat(missed.kind()).isEqualTo(AmiAnswer.Kind.SILENT);
    assertThat(get(link.ping()).ok()).isTrue();
    assertThat(news).isEmpty();
  }

  @Test
  void aHungPbxIsLetGoAndTakenBackWithinASecondOfItsReturn() throws Exception {
    PbxLink link = connected();
    pbx.hang();
    Await.until(
        "the session given up",
        Duration.ofSeconds(3),
        () -> {
          get(link.ping());
          return !link.isUp();
        });
    assertThat(next(LIMIT).kind()).isEqualTo(SessionNews.Kind.DROPPED);
    assertThat(next(LIMIT).kind()).isEqualTo(SessionNews.Kind.STALLED);

    pbx.resume();
    Await.until("a new session", Duration.ofSeconds(1), link::isUp);
  }

  @Test
  void theWrongPasswordIsToldAndNotTriedFourTimesASecond() throws Exception {
    pbx = new SimulatedPbx(loop, () -> PBX_TIME, settings);
    pbx.start();
    start(access(pbx.amiAddress(), "wr0ng"));

    SessionNews denied = next(LIMIT);
    assertThat(denied.kind()).isEqualTo(SessionNews.Kind.DENIED);
    assertThat(denied.said()).doesNotContain("wr0ng");
    Await.pause(Duration.ofMillis(800));
    assertThat(news).isEmpty();
  }
}
