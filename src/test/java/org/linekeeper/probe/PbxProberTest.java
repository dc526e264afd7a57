package org.linekeeper.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.linekeeper.asterisk.AmiAccess;
import org.linekeeper.asterisk.PbxLink;
import org.linekeeper.asterisk.Workers;
import org.linekeeper.demo.pbx.AmiClass;
import org.linekeeper.demo.pbx.PbxSettings;
import org.linekeeper.demo.pbx.SimulatedPbx;
import org.linekeeper.estate.PbxId;
import org.linekeeper.lab.Await;
import org.linekeeper.net.IoLoop;
import org.linekeeper.secret.Secret;
import org.linekeeper.sip.SipTransport;
import org.linekeeper.time.Ticker;
import org.linekeeper.verdict.Observation;
import org.linekeeper.verdict.Observation.Probe;
import org.linekeeper.verdict.Observation.Seen;
import org.linekeeper.verdict.Profile;

/** What the probes report of a PBX on a good day, and on each kind of bad one. */
@Timeout(60)
class PbxProberTest {
  static final PbxId WEST = new PbxId("west");
  static final Duration LIMIT = Duration.ofSeconds(5);

  /** Profile lan: 100 ms until the next question, 500 ms deadline, and a busy test machine. */
  static final Duration MISSED = Duration.ofMillis(1300);

  final Ticker ticker = Ticker.system();
  final Workers workers = Workers.start(ticker);
  final IoLoop loop = IoLoop.start("prober-test", ticker);
  final List<Observation> seen = new CopyOnWriteArrayList<>();
  final OwnLiveness liveness = new OwnLiveness(workers, stall -> {});
  SimulatedPbx pbx;
  PbxLink link;
  PbxProber prober;

  void watch(PbxSettings settings, String... registrations) throws Exception {
    pbx = new SimulatedPbx(loop, () -> Instant.parse("2026-11-23T15:30:00.250Z"), settings);
    pbx.start();
    link =
        new PbxLink(
            new AmiAccess(
                WEST,
                pbx.amiAddress().getHostString(),
                pbx.amiAddress().getPort(),
                false,
                Optional.empty(),
                "linekeeper",
                Secret.of("s3cret")),
            Profile.lan(),
            workers);
    prober =
        new PbxProber(
            link,
            new SipAccess(
                WEST,
                pbx.sipAddress().getHostString(),
                pbx.sipAddress().getPort(),
                SipTransport.UDP,
                Optional.empty()),
            new Scope(Optional.of("from-carrier"), List.of(registrations)),
            Profile.lan(),
            workers,
            loop,
            liveness,
            seen::add);
    liveness.start();
    link.start();
    prober.start();
    await(Probe.AMI_PING, Seen.ANSWERED, LIMIT);
    await(Probe.SIP_OPTIONS, Seen.ANSWERED, LIMIT);
  }

  static PbxSettings west() {
    return PbxSettings.onLoopback("west", "linekeeper", "s3cret").registering(List.of("carrier"));
  }

  @AfterEach
  void stop() {
    prober.close();
    link.close();
    pbx.close();
    liveness.close();
    workers.close();
    loop.close();
  }

  Observation await(Probe probe, Seen what, Duration within) {
    return await(within, o -> o.probe() == probe && o.seen() == what);
  }

  Observation await(Duration within, Predicate<Observation> which) {
    return Await.value(
        "the observation; seen " + seen.size(),
        within,
        () -> seen.stream().filter(which).findFirst());
  }

  @Test
  void onAGoodDayEveryProbeAnswers() throws Exception {
    watch(west(), "carrier");

    for (Probe probe :
        List.of(
            Probe.AMI_SESSION,
            Probe.AMI_PING,
            Probe.AMI_CONNECT,
            Probe.AMI_LOGIN,
            Probe.SIP_OPTIONS,
            Probe.CANARY,
            Probe.REGISTRATIONS,
            Probe.CALL_LIMIT)) {
      await(probe, Seen.ANSWERED, Duration.ofSeconds(8));
    }
    assertThat(seen).allMatch(o -> o.seen() == Seen.ANSWERED);
  }

  @Test
  void thePowerFails() throws Exception {
    watch(west());
    seen.clear();

    pbx.kill();

    await(Probe.AMI_SESSION, Seen.CLOSED, Duration.ofMillis(300));
    await(Probe.AMI_CONNECT, Seen.REFUSED, Duration.ofMillis(300));
    // loopback says so at once; a real network is mostly silent
    await(MISSED, o -> o.probe() == Probe.SIP_OPTIONS && o.seen() != Seen.ANSWERED);
  }

  @Test
  void aHungPbxIsSilentButItsHostAnswers() throws Exception {
    watch(west());
    seen.clear();

    pbx.hang();

    Observation ping = await(Probe.AMI_PING, Seen.SILENT, MISSED);
    assertThat(ping.took()).isBetween(Duration.ofMillis(499), Duration.ofMillis(700));
    await(Probe.SIP_OPTIONS, Seen.SILENT, MISSED);
    await(Probe.AMI_CONNECT, Seen.ANSWERED, MISSED);
    await(Probe.AMI_LOGIN, Seen.SILENT, Duration.ofSeconds(4));
    long connects = count(Probe.AMI_CONNECT);
    Await.pause(Duration.ofSeconds(2));
    assertThat(count(Probe.AMI_CONNECT) - connects).isLessThanOrEqualTo(6);
  }

  private long count(Probe probe) {
    return seen.stream().filter(o -> o.probe() == probe).count();
  }

  @Test
  void theCableIsPulled() throws Exception {
    watch(west());
    seen.clear();

    pbx.cutOff();

    await(Probe.AMI_PING, Seen.SILENT, MISSED);
    await(Probe.SIP_OPTIONS, Seen.SILENT, MISSED);
    await(Probe.AMI_CONNECT, Seen.SILENT, Duration.ofSeconds(2));
  }

  @Test
  void afterAnOutageEverythingAnswersAgain() throws Exception {
    watch(west());
    pbx.cutOff();
    await(Probe.AMI_SESSION, Seen.SILENT, LIMIT);
    seen.clear();

    pbx.reconnect();

    await(Probe.AMI_SESSION, Seen.ANSWERED, Duration.ofSeconds(2));
    await(Probe.AMI_PING, Seen.ANSWERED, Duration.ofSeconds(2));
    await(Probe.SIP_OPTIONS, Seen.ANSWERED, Duration.ofSeconds(2));
  }

  @Test
  void sipAloneFallsSilent() throws Exception {
    watch(west());
    seen.clear();

    pbx.sipOnlyLoss();

    await(Probe.SIP_OPTIONS, Seen.SILENT, MISSED);
    assertThat(seen).noneMatch(o -> o.probe() == Probe.AMI_PING && o.seen() != Seen.ANSWERED);
  }

  @Test
  void somebodyStopsAsterisk() throws Exception {
    watch(west());
    seen.clear();

    pbx.shutDownNow();

    await(Probe.SHUTDOWN, Seen.TURNED_AWAY, Duration.ofMillis(500));
    Observation sip = await(Probe.SIP_OPTIONS, Seen.TURNED_AWAY, Duration.ofSeconds(1));
    assertThat(sip.said()).isEqualTo("503 Service Unavailable");
  }

  @Test
  void aBrokenDialplanFailsTestCallsWhileSipAnswers() throws Exception {
    watch(west());
    seen.clear();

    pbx.breakDialplan(true);

    await(Probe.CANARY, Seen.FAILED, Duration.ofSeconds(6));
    Observation limit = await(Probe.CALL_LIMIT, Seen.ANSWERED, LIMIT);
    assertThat(limit.said()).contains("no limit set");
    assertThat(seen).noneMatch(o -> o.probe() == Probe.SIP_OPTIONS && o.seen() != Seen.ANSWERED);
  }

  @Test
  void aLostRegistrationIsNamed() throws Exception {
    watch(west(), "carrier", "other-carrier");

    Observation lost = await(Probe.REGISTRATIONS, Seen.FAILED, Duration.ofSeconds(8));

    assertThat(lost.said()).isEqualTo("other-carrier is not configured");
  }

  @Test
  void somebodyTookTheUsersRightsAwayAndThatSaysNothingOfCalls() throws Exception {
    watch(
        west().allowing(EnumSet.of(AmiClass.SYSTEM, AmiClass.USER), EnumSet.of(AmiClass.CALL)),
        "carrier");

    Observation canary = await(Probe.CANARY, Seen.NOT_ASKED, LIMIT);
    Observation registrations = await(Probe.REGISTRATIONS, Seen.NOT_ASKED, LIMIT);

    assertThat(canary.said()).contains("Permission denied").contains("add originate");
    assertThat(registrations.said()).contains("Permission denied").contains("add reporting");
    assertThat(seen)
        .filteredOn(o -> o.probe() == Probe.CANARY || o.probe() == Probe.REGISTRATIONS)
        .allMatch(o -> o.seen() == Seen.NOT_ASKED);
  }
}
