package org.linekeeper.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.linekeeper.asterisk.AmiAccess;
import org.linekeeper.asterisk.AmiAnswer;
import org.linekeeper.asterisk.CallLimit;
import org.linekeeper.asterisk.FeatureCodeCall;
import org.linekeeper.asterisk.Gate;
import org.linekeeper.asterisk.PbxLink;
import org.linekeeper.asterisk.PbxListener;
import org.linekeeper.asterisk.Workers;
import org.linekeeper.check.CheckResult;
import org.linekeeper.estate.PbxId;
import org.linekeeper.lab.AsteriskRoot;
import org.linekeeper.lab.Await;
import org.linekeeper.lab.LabAmi;
import org.linekeeper.lab.LabNetwork;
import org.linekeeper.lab.LabPbx;
import org.linekeeper.net.IoLoop;
import org.linekeeper.secret.Secret;
import org.linekeeper.sip.SipTransport;
import org.linekeeper.state.Epoch;
import org.linekeeper.time.Ticker;
import org.linekeeper.verdict.Observation;
import org.linekeeper.verdict.Observation.Probe;
import org.linekeeper.verdict.Observation.Seen;
import org.linekeeper.verdict.Profile;

/** The link and the probes with a real Asterisk and the shipped dialplan and manager user. */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealAsteriskIT {
  static final PbxId PRIMARY = new PbxId("primary");
  static final Duration SOON = Duration.ofMillis(500);
  static final Duration LIMIT = Duration.ofSeconds(5);

  final Ticker ticker = Ticker.system();
  final Workers workers = Workers.start(ticker);
  final IoLoop loop = IoLoop.start("real-asterisk-it", ticker);
  final List<Observation> seen = new CopyOnWriteArrayList<>();
  final List<FeatureCodeCall> codes = new CopyOnWriteArrayList<>();
  LabNetwork network;
  LabPbx pbx;
  PbxLink link;
  PbxProber prober;
  OwnLiveness liveness;

  LabPbx install(LabNetwork on) {
    return LabPbx.plain(on, "primary", AsteriskRoot.v22());
  }

  String context() {
    return "from-carrier";
  }

  String version() {
    return "22.";
  }

  @BeforeAll
  void install() {
    network = LabNetwork.create();
    pbx = install(network);
  }

  @AfterAll
  void remove() {
    workers.close();
    loop.close();
    network.close();
  }

  AmiAccess ami() {
    return new AmiAccess(
        PRIMARY,
        pbx.ami().getHostString(),
        pbx.ami().getPort(),
        false,
        Optional.empty(),
        pbx.amiUser(),
        Secret.of(pbx.amiSecret()));
  }

  SipAccess sip() {
    return new SipAccess(
        PRIMARY,
        pbx.sip().getHostString(),
        pbx.sip().getPort(),
        SipTransport.UDP,
        Optional.empty());
  }

  @BeforeEach
  void watch() {
    if (!pbx.isRunning()) {
      pbx.start();
    }
    seen.clear();
    liveness = new OwnLiveness(workers, stall -> {});
    link = new PbxLink(ami(), Profile.lan(), workers);
    prober =
        new PbxProber(
            link,
            sip(),
            new Scope(Optional.of(context()), List.of()),
            Profile.lan(),
            workers,
            loop,
            liveness,
            seen::add);
    liveness.start();
    link.add(
        new PbxListener() {
          @Override
          public void onFeatureCode(FeatureCodeCall call) {
            codes.add(call);
          }
        });
    link.start();
    prober.start();
    Await.until("both sessions", LIMIT, () -> link.isUp() && link.hears());
    await(Probe.SIP_OPTIONS, Seen.ANSWERED, LIMIT);
    await(Probe.CANARY, Seen.ANSWERED, LIMIT);
    seen.clear();
  }

  @AfterEach
  void stopWatching() {
    prober.close();
    link.close();
    liveness.close();
  }

  Observation await(Probe probe, Seen what, Duration within) {
    Predicate<Observation> which = o -> o.probe() == probe && o.seen() == what;
    try {
      return Await.value(probe + " " + what, within, () -> seen.stream().filter(which).findFirst());
    } catch (AssertionError never) {
      List<Observation> bad = seen.stream().filter(o -> o.seen() != Seen.ANSWERED).toList();
      throw new AssertionError(never.getMessage() + "; not answered were " + bad, never);
    }
  }

  static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Test
  void theGateIsClosedReadBackSeenByTheTestCallAndOpened() {
    Gate closed =
        get(link.closeGate(Duration.ofSeconds(10), new Epoch(3), () -> true, SOON))
            .value()
            .orElseThrow();
    assertThat(closed.closed()).isTrue();
    assertThat(closed.epoch()).isEqualTo(new Epoch(3));
    assertThat(get(link.canary(context(), SOON)).value()).contains("closed");

    assertThat(get(link.openGate(new Epoch(4), SOON)).ok()).isTrue();
    assertThat(get(link.canary(context(), SOON)).value()).contains("open");
  }

  @Test
  void whatItSaysAboutItselfIsUnderstood() {
    assertThat(get(link.version(SOON)).value().orElseThrow()).startsWith(version());
    CallLimit limit = get(link.callLimit(SOON)).value().orElseThrow();
    assertThat(limit.reached()).isFalse();
    assertThat(get(link.registrations(SOON)).ok()).isTrue();
    assertThat(get(link.channels(SOON)).ok()).isTrue();
    assertThat(get(link.dialplan("linekeeper-gate", "s", SOON)).value().orElseThrow()).isNotEmpty();
    assertThat(get(link.dialplan("no-such", "s", SOON)).said()).contains("context");
    assertThat(get(link.dialplan(context(), "lk-no-such", SOON)).said())
        .contains("Did not find extension"); // which CallProbe goes by
    assertThat(get(link.ping()).ok()).isTrue();
  }

  @Test
  void aRegistrationThatDoesNotExistIsRefusedByName() {
    assertThat(get(link.register("no-such", SOON)).kind()).isEqualTo(AmiAnswer.Kind.REFUSED);
    assertThat(get(link.unregister("no-such", SOON)).said()).contains("egistration");
  }

  @Test
  void aFeatureCodesEventIsUnderstoodWithItsChannel() {
    try (LabAmi witness = pbx.loginAsWitness()) {
      witness.action(
          "UserEvent",
          Map.of(
              "UserEvent", "LinekeeperCommand",
              "Channel", "PJSIP/100-00000001",
              "Caller", "100",
              "Staff", "1234",
              "Pin", "5678",
              "Text", "DIVERT SALES"));
      Await.until("the event", LIMIT, () -> !codes.isEmpty());
    }
    assertThat(codes)
        .containsExactly(
            new FeatureCodeCall(
                PRIMARY, "PJSIP/100-00000001", "100", "1234", Secret.of("5678"), "DIVERT SALES"));
    assertThat(get(link.reply(codes.get(0), true, SOON)).kind())
        .isEqualTo(AmiAnswer.Kind.REFUSED); // there is no such channel any more
  }

  @Test
  void checkFindsNothingToComplainOf() {
    List<CheckResult> results =
        new AsteriskChecks(workers, loop, InstantSource.system(), Profile.lan())
            .look(
                ami(),
                sip(),
                new Scope(
                    Optional.of(context()),
                    List.of(),
                    true,
                    Optional.of(new Scope.Peer("linekeeper-peer", SipTransport.UDP))),
                false);

    assertThat(results).allMatch(r -> r.level() == CheckResult.Level.OK);
    assertThat(results)
        .extracting(CheckResult::what)
        .contains(
            "role gate at primary",
            "carrier's test call at primary",
            "way of the echo call from primary");
  }

  @Test
  void checkMissesTheGateWhereThereIsNone() {
    List<CheckResult> results =
        new AsteriskChecks(workers, loop, InstantSource.system(), Profile.lan())
            .look(ami(), sip(), new Scope(Optional.of("phones"), List.of()), false);

    assertThat(results)
        .filteredOn(r -> r.level() == CheckResult.Level.FAILURE)
        .extracting(CheckResult::what)
        .containsExactly("role gate at primary", "test call at primary");
  }

  @Test
  void aKilledAsteriskIsGoneWithinMillisecondsAndBackWithItsGateOpen() {
    pbx.kill9();

    await(Probe.AMI_SESSION, Seen.CLOSED, SOON);
    await(Probe.AMI_CONNECT, Seen.REFUSED, SOON);
    pbx.start();
    Await.until("a new session", Duration.ofSeconds(1), link::isUp);
    assertThat(get(link.gate(SOON)).value().orElseThrow().closed()).isFalse();
  }

  @Test
  void aStoppedAsteriskIsSilentWhileItsHostAnswers() {
    pbx.sigstop();
    try {
      await(Probe.AMI_PING, Seen.SILENT, Duration.ofMillis(1300));
      await(Probe.SIP_OPTIONS, Seen.SILENT, Duration.ofMillis(1300));
      await(Probe.AMI_CONNECT, Seen.ANSWERED, Duration.ofMillis(1300));
      Await.until("the session given up", LIMIT, () -> !link.isUp());
    } finally {
      pbx.sigcont();
    }
    Await.until("a new session", Duration.ofSeconds(2), link::isUp);
  }

  @Test
  void aStopByHandIsAnnounced() {
    pbx.coreStopNow();

    await(Probe.SHUTDOWN, Seen.TURNED_AWAY, LIMIT);
  }

  @Test
  void reloadsAreNoticedByNobody() {
    for (int i = 0; i < 3; i++) {
      pbx.reloadAll();
    }
    Await.pause(Duration.ofSeconds(1));

    assertThat(seen).allMatch(o -> o.seen() == Seen.ANSWERED);
    assertThat(pbx.complaints()).isEmpty();
  }
}
