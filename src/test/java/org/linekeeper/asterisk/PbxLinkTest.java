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

    AmiAnswer<Gate> closed = get(link.closeGate(Duration.ofSeconds(10), new Epoch(7), SOON));

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
    get(link.closeGate(Duration.ofSeconds(10), new Epoch(7), SOON));

    AmiAnswer<Gate> opened = get(link.openGate(new Epoch(8), SOON));

    assertThat(opened.value().orElseThrow().closed()).isFalse();
    assertThat(pbx.gateClosed()).isFalse();
    assertThat(get(link.gate(SOON)).value().orElseThrow().epoch()).isEqualTo(new Epoch(8));
  }

  @Test
  void aRenewalThatIsUnderWayDoesNotCloseAGateThatIsOpenedMeanwhile() throws Exception {
    PbxLink link = connected();
    CompletionStage<AmiAnswer<Gate>> renewal =
        link.closeGate(Duration.ofSeconds(5), new Epoch(3), SOON);
    AmiAnswer<Gate> opened = get(link.openGate(new Epoch(4), SOON));
    get(renewal);

    assertThat(opened.ok()).isTrue();
    assertThat(pbx.gateClosed()).isFalse();
  }

  @Test
  void aGateIsNeverClosedForLongerThanTheDialplanBelieves() throws Exception {
    PbxLink link = connected();

    assertThatThrownBy(() -> link.closeGate(Duration.ofMinutes(5), new Epoch(1), SOON))
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

    get(link.closeGate(Duration.ofSeconds(10), new Epoch(7), SOON));
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
  void registrationsAreListedTakenAwayAndBroughtBack() throws Exception {
    PbxLink link = connected();
    assertThat(get(link.registrations(SOON)).value().orElseThrow())
        .extracting(Registration::name, Registration::registered)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("carrier", true));

    assertThat(get(link.unregister("carrier", SOON)).ok()).isTrue();
    Await.until("taken away", LIMIT, () -> !registered(link));
    assertThat(get(link.register("carrier", SOON)).ok()).isTrue();
    Await.until("registered again", LIMIT, () -> registered(link));
    assertThat(get(link.register("no-such", SOON)).kind()).isEqualTo(AmiAnswer.Kind.REFUSED);
  }

  private static boolean registered(PbxLink link) {
    return get(link.registrations(SOON)).value().orElseThrow().get(0).registered();
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
