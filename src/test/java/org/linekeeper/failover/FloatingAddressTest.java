package org.linekeeper.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.after;
import static org.mockito.Mockito.atLeast;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.linekeeper.actuator.Addresses;
import org.linekeeper.actuator.HostCommands;
import org.linekeeper.actuator.Names;
import org.linekeeper.actuator.PbxControl;
import org.linekeeper.actuator.Surroundings;
import org.linekeeper.carrier.Answer;
import org.linekeeper.carrier.Carrier;
import org.linekeeper.estate.Movings;
import org.linekeeper.estate.Offices;
import org.linekeeper.estate.PbxId;
import org.linekeeper.journal.InMemoryJournal;
import org.linekeeper.state.Entry;
import org.linekeeper.state.Epoch;
import org.linekeeper.state.OpenPlan;
import org.linekeeper.state.OriginationUrl;
import org.linekeeper.state.Outcome;
import org.linekeeper.state.Plan;
import org.linekeeper.state.Step;
import org.linekeeper.state.Step.RunCommand.Use;
import org.linekeeper.time.Ticker;
import org.linekeeper.verdict.Observation;
import org.linekeeper.verdict.Observation.Probe;
import org.linekeeper.verdict.Observation.Seen;
import org.linekeeper.verdict.Profile;
import org.linekeeper.verdict.Verdict;

/** The address goes where the service goes, and never before the other host has let go of it. */
class FloatingAddressTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final CompletableFuture<Outcome> DONE =
      CompletableFuture.completedFuture(Outcome.applied("done"));

  private final InMemoryJournal journal = new InMemoryJournal();
  private final PbxControl pbxs = mock(PbxControl.class);
  private final Carrier carrier = mock(Carrier.class);
  private final HostCommands commands = mock(HostCommands.class);
  private final Addresses addresses = mock(Addresses.class);
  private final Names names = mock(Names.class);
  private final ExecutorService io = Executors.newFixedThreadPool(2);
  private final Ticker ticker = Ticker.system();
  private final AtomicInteger ids = new AtomicInteger();
  private final List<String> alarms = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Outcome> fence = new CompletableFuture<>();
  private final ControlLoop loop =
      new ControlLoop(
          new Core(
              "w1",
              journal,
              pbxs,
              carrier,
              new Surroundings(commands, addresses, names),
              io,
              io,
              Clock.fixed(NOON, ZoneOffset.UTC),
              ticker,
              () -> "id" + ids.incrementAndGet(),
              Others.NONE),
          Profile.lan(),
          List.of(Offices.PRIMARY, Offices.STANDBY));
  private final Answering answering = new Answering(loop, this::seen);

  @BeforeEach
  void officeWithAFloatingAddress() {
    when(pbxs.openGate(any(), any())).thenReturn(DONE);
    when(pbxs.closeGate(any(), any(), any(), any())).thenReturn(DONE);
    when(carrier.originationUrls(any())).thenReturn(Answer.of(List.of()));
    when(carrier.alertsSince(any())).thenReturn(Answer.of(List.of()));
    when(carrier.numbers()).thenReturn(Answer.of(List.of()));
    when(commands.run(any(), any())).thenReturn(DONE);
    when(commands.run(use(Use.FREE_ADDRESS), any())).thenReturn(fence);
    when(addresses.take(any(), any())).thenReturn(DONE);
    when(addresses.giveUp(any())).thenReturn(DONE);
    when(addresses.keep(any(), any())).thenReturn(DONE);
    when(names.point(any())).thenReturn(DONE);
    when(names.read(any())).thenReturn(CompletableFuture.completedFuture(Optional.empty()));
    journal.append(
        List.of(
            new Entry.SettingsAccepted(
                NOON, "w1", "hash", Offices.accountants().with(Movings.all()))));
    journal.onCommit(
        records ->
            records.stream()
                .map(record -> record.entry())
                .filter(e -> e instanceof Entry.Noted n && n.weight() == Entry.Noted.Weight.ALARM)
                .forEach(entry -> alarms.add(entry.sentence())));
  }

  @AfterEach
  void close() {
    answering.close();
    loop.close();
    io.shutdownNow();
  }

  @Test
  void itIsTakenOnceThePrimarysHostIsFencedAndKeptFromThenOn() {
    thePrimaryDies();
    verify(commands, timeout(5000)).run(use(Use.FREE_ADDRESS), any());
    verify(pbxs, timeout(5000)).openGate(eq(Offices.STANDBY), any());
    verify(addresses, never()).take(any(), any());

    fence.complete(Outcome.applied("cut-power succeeded: socket 4 is off"));
    verify(addresses, timeout(5000)).take(any(), eq(new Epoch(1)));
    verify(commands, timeout(5000)).run(use(Use.PROMOTED), any());
    verify(names, timeout(5000)).point(any());
    await().atMost(SOON).until(() -> journal.state().openPlans().isEmpty());
    assertThat(journal.state().held()).map(Step.HoldAddress::pbx).contains(Offices.STANDBY);
    verify(addresses, timeout(5000).atLeastOnce()).keep(any(), eq(new Epoch(1)));
    assertThat(alarms).isEmpty();
  }

  @Test
  void aFenceThatFailsLeavesTheAddressAloneAndTheRestGoesOn() {
    thePrimaryDies();
    fence.complete(Outcome.rejected("cut-power failed with status 1: no answer from the socket"));
    await().atMost(SOON).until(() -> journal.state().epoch().number() == 1);
    await().atMost(SOON).until(() -> journal.state().openPlans().isEmpty());
    verify(addresses, never()).take(any(), any());
    verify(pbxs, atLeastOnce()).openGate(eq(Offices.STANDBY), any());
    verify(names).point(any());
    assertThat(journal.state().active()).contains(Offices.STANDBY);
    assertThat(journal.state().held()).isEmpty();
    await().atMost(SOON).until(() -> !alarms.isEmpty());
    assertThat(alarms)
        .singleElement()
        .asString()
        .contains("standby's host did not take 192.0.2.100/24")
        .contains("no answer from the socket")
        .contains("ip addr add 192.0.2.100/24 dev eth0");
  }

  @Test
  void aPrimaryThatMayStillHaveTheAddressIsNotTurnedIntoADeadEndForThoseWhoCallIt() {
    callsAreOfferedToTheStandbyFirst();
    thePrimaryDies();
    verify(commands, timeout(5000)).run(use(Use.FREE_ADDRESS), any());
    verify(pbxs, after(300).never()).closeGate(eq(Offices.PRIMARY), any(), any(), any());
    fence.complete(Outcome.rejected("cut-power failed with status 1: no answer from the socket"));
    await().atMost(SOON).until(() -> journal.state().epoch().number() == 1);
    await().atMost(SOON).until(() -> journal.state().openPlans().isEmpty());
    verify(pbxs, after(500).never()).closeGate(eq(Offices.PRIMARY), any(), any(), any());
  }

  @Test
  void itsGateIsClosedAsSoonAsTheStandbyHasTheAddress() {
    thePrimaryDies();
    fence.complete(Outcome.applied("cut-power succeeded: socket 4 is off"));
    verify(addresses, timeout(5000)).take(any(), any());
    verify(pbxs, timeout(5000).atLeastOnce()).closeGate(eq(Offices.PRIMARY), any(), any(), any());
  }

  @Test
  void aNameThatDidNotFollowIsTriedAgainAndThatIsWrittenDownBefore() {
    Step.PointName first =
        (Step.PointName)
            Moving.names(
                    Offices.accountants().with(Movings.all()),
                    Map.of(),
                    Offices.PRIMARY,
                    Offices.STANDBY)
                .get(0);
    when(names.read(any()))
        .thenReturn(CompletableFuture.completedFuture(Optional.of(first.before())));
    List<String> intents = new CopyOnWriteArrayList<>();
    when(names.point(any()))
        .thenAnswer(
            call -> {
              journal.state().openPlans().values().stream()
                  .map(OpenPlan::plan)
                  .filter(plan -> plan.steps().contains(call.<Step>getArgument(0)))
                  .forEach(plan -> intents.add(plan.kind() + " " + plan.reason()));
              return intents.size() < 2 ? done(Outcome.rejected("the server refuses")) : DONE;
            });
    thePrimaryDies();
    fence.complete(Outcome.applied("off"));
    verify(names, timeout(12_000).times(2)).point(any());
    assertThat(intents).hasSize(2).first().asString().startsWith("FAILOVER");
    assertThat(intents).last().asString().startsWith("REDIRECT").contains("has not followed");
    await().atMost(SOON).until(() -> journal.state().openPlans().isEmpty());
    assertThat(alarms).as("told of once").hasSize(1);
  }

  @Test
  void killedBetweenFenceAndTakeTheNextLifeTakesItAskingFirstAndWithoutFencingAgain() {
    intended(Plan.Kind.FAILOVER, Map.of(0, Outcome.applied("cut-power succeeded")));
    loop.start(() -> {});
    verify(addresses, timeout(5000).atLeastOnce()).keep(any(), eq(new Epoch(1)));
    verify(addresses, never()).take(any(), any());
    verify(commands, never()).run(any(), any());
    await().atMost(SOON).until(() -> journal.state().held().isPresent());
  }

  @Test
  void killedDuringTheFenceTheNextLifeFencesAgainBeforeItTakes() {
    intended(Plan.Kind.FAILOVER, Map.of());
    loop.start(() -> {});
    for (Probe probe : List.of(Probe.AMI_PING, Probe.SIP_OPTIONS, Probe.AMI_CONNECT)) {
      loop.observed(seen(Offices.PRIMARY, probe, Seen.SILENT));
    }
    verify(commands, timeout(10_000)).run(use(Use.FREE_ADDRESS), any());
    verify(addresses, never()).keep(any(), any());
    fence.complete(Outcome.applied("off"));
    verify(addresses, timeout(5000).atLeastOnce()).keep(any(), any());
  }

  @Test
  void aPrimaryThatHasItsPowerBackIsNotFencedByTheNextLifeAndItsCallersAreNotTurnedAway() {
    callsAreOfferedToTheStandbyFirst();
    intended(Plan.Kind.FAILOVER, Map.of());
    start();
    loop.loggedIn(Offices.PRIMARY);
    await().atMost(SOON).until(() -> journal.state().openPlans().isEmpty());
    verify(commands, never()).run(any(), any());
    verify(addresses, never()).take(any(), any());
    verify(addresses, never()).keep(any(), any());
    verify(pbxs, after(1500).never()).closeGate(eq(Offices.PRIMARY), any(), any(), any());
    assertThat(journal.state().held()).isEmpty();
    assertThat(alarms).anyMatch(words -> words.contains("is not fenced again"));
  }

  @Test
  void whatWasDoneWhileTheJournalRefusedIsWrittenLaterAndNotDoneAgain() {
    start();
    answering.begin(Offices.STANDBY);
    loop.observed(seen(Offices.PRIMARY, Probe.AMI_SESSION, Seen.CLOSED));
    loop.observed(seen(Offices.PRIMARY, Probe.AMI_CONNECT, Seen.REFUSED));
    verify(commands, timeout(5000)).run(use(Use.FREE_ADDRESS), any());
    journal.refuse(true);
    fence.complete(Outcome.applied("off"));
    verify(addresses, timeout(5000)).take(any(), any());
    verify(commands, after(2500)).run(use(Use.FREE_ADDRESS), any());
    journal.refuse(false);
    await().atMost(SOON).until(() -> journal.state().openPlans().isEmpty());
    verify(commands).run(use(Use.FREE_ADDRESS), any());
    verify(commands).run(use(Use.PROMOTED), any());
    verify(addresses).take(any(), any());
    assertThat(journal.state().held()).isPresent();
  }

  @Test
  void oneTakeThatFailsAfterTheFenceIsTriedAgainEverySecond() {
    when(addresses.take(any(), any()))
        .thenReturn(done(Outcome.unknown("ip had to be ended after 2 s")));
    thePrimaryDies();
    fence.complete(Outcome.applied("off"));
    await().atMost(SOON).until(() -> journal.state().held().isPresent());
    verify(addresses, timeout(5000).atLeast(2)).keep(any(), eq(new Epoch(1)));
  }

  @Test
  void aPrimaryBackWithTheAddressIsTurnedAwayOnlyOnceTheStandbyReallyHasIt() {
    AtomicReference<Outcome> kept =
        new AtomicReference<>(Outcome.rejected("02:00:00:00:00:01 answers for 192.0.2.100/24"));
    when(addresses.keep(any(), any())).thenAnswer(call -> done(kept.get()));
    callsAreOfferedToTheStandbyFirst();
    intended(Plan.Kind.FAILOVER, Map.of(0, Outcome.applied("off"), 1, Outcome.applied("held")));
    start();
    loop.loggedIn(Offices.PRIMARY);
    verify(addresses, timeout(5000).atLeastOnce()).keep(any(), any());
    verify(pbxs, after(1500).never()).closeGate(eq(Offices.PRIMARY), any(), any(), any());
    kept.set(Outcome.already("held and renewed"));
    verify(pbxs, timeout(5000).atLeastOnce()).closeGate(eq(Offices.PRIMARY), any(), any(), any());
  }

  @Test
  void whatCouldNotBeSeenToBeGivenUpIsGivenUpUntilItIsAndNotTakenBack() {
    intended(Plan.Kind.FAILOVER, Map.of(0, Outcome.applied("off"), 1, Outcome.applied("held")));
    Step.HoldAddress up = journal.state().held().orElseThrow().givenUp();
    Plan back =
        new Plan(
            "p1",
            new Epoch(2),
            Plan.Kind.FAILOVER,
            "standby is gone",
            NOON,
            Optional.of(Offices.STANDBY),
            Optional.of(Offices.PRIMARY),
            List.of(up));
    journal.append(
        List.of(
            new Entry.Intended(NOON, back),
            Entry.Done.of(NOON, "p1", Map.of(0, Outcome.unknown("no answer from ip")))));
    assertThat(journal.state().held()).isPresent();
    when(addresses.giveUp(any()))
        .thenReturn(done(Outcome.unknown("no answer from ip")))
        .thenReturn(done(Outcome.applied("gone")));
    loop.start(() -> {});
    await().atMost(SOON).until(() -> journal.state().held().isEmpty());
    verify(addresses, atLeast(2)).giveUp(up);
    verify(addresses, never()).keep(any(), any());
    assertThat(journal.state().openPlans()).isEmpty();
    assertThat(journal.state().active()).contains(Offices.PRIMARY);
  }

  private void callsAreOfferedToTheStandbyFirst() {
    when(carrier.originationUrls(any()))
        .thenReturn(
            Answer.of(
                List.of(
                    new OriginationUrl(Offices.PRIMARY_ROW, "sip:pbx1.example.com", 20, 1, true),
                    new OriginationUrl(Offices.STANDBY_ROW, "sip:pbx2.example.com", 10, 1, true))));
  }

  private static CompletableFuture<Outcome> done(Outcome outcome) {
    return CompletableFuture.completedFuture(outcome);
  }

  @Test
  void aRestartLaterOnKeepsIt() {
    intended(Plan.Kind.FAILOVER, Map.of(0, Outcome.applied("off"), 1, Outcome.applied("held")));
    loop.start(() -> {});
    verify(addresses, timeout(5000)).keep(any(), eq(new Epoch(1)));
    verify(addresses, never()).take(any(), any());
  }

  @Test
  void aSwitchoverThatThePrimaryDoesNotLetGoOfIsUndone() {
    start();
    loop.with(
        parts -> {
          parts
              .roles()
              .begin(parts.picture(), Plan.Kind.SWITCHOVER, Offices.STANDBY, "pat switched");
          return CompletableFuture.completedFuture(true);
        });
    fence.complete(Outcome.rejected("release-address failed with status 255"));
    await().atMost(SOON).until(() -> journal.state().epoch().number() == 2);
    await().atMost(SOON).until(() -> journal.state().openPlans().isEmpty());
    verify(addresses, never()).take(any(), any());
    verify(pbxs, never()).closeGate(eq(Offices.PRIMARY), any(), any(), any());
    verify(commands, timeout(5000)).run(use(Use.GIVE_ADDRESS), any());
    assertThat(journal.state().active()).contains(Offices.PRIMARY);
    assertThat(alarms).anyMatch(words -> words.contains("primary goes on serving"));
  }

  private void intended(Plan.Kind kind, Map<Integer, Outcome> outcomes) {
    Plan plan =
        new Plan(
            "p0",
            new Epoch(1),
            kind,
            "primary is gone",
            NOON,
            Optional.of(Offices.PRIMARY),
            Optional.of(Offices.STANDBY),
            List.of(
                new Step.RunCommand(Offices.PRIMARY, Use.FREE_ADDRESS, List.of(Movings.FENCE)),
                new Step.HoldAddress(
                    Offices.STANDBY,
                    List.of("192.0.2.100/24"),
                    "eth0",
                    Duration.ofSeconds(15),
                    true)));
    journal.append(List.of(new Entry.Intended(NOON, plan)));
    if (!outcomes.isEmpty()) {
      journal.append(List.of(Entry.Done.of(NOON, "p0", outcomes)));
    }
  }

  private void thePrimaryDies() {
    start();
    answering.begin(Offices.STANDBY);
    loop.observed(seen(Offices.PRIMARY, Probe.AMI_SESSION, Seen.CLOSED));
    loop.observed(seen(Offices.PRIMARY, Probe.AMI_CONNECT, Seen.REFUSED));
  }

  private void start() {
    loop.start(() -> {});
    for (PbxId pbx : List.of(Offices.PRIMARY, Offices.STANDBY)) {
      loop.observed(seen(pbx, Probe.AMI_SESSION, Seen.ANSWERED));
      loop.observed(seen(pbx, Probe.AMI_PING, Seen.ANSWERED));
      loop.observed(seen(pbx, Probe.SIP_OPTIONS, Seen.ANSWERED));
    }
    await()
        .atMost(SOON)
        .until(
            () ->
                loop.overview().verdicts().size() == 2
                    && loop.overview().verdicts().values().stream()
                        .allMatch(v -> v.kind() == Verdict.Kind.HEALTHY));
  }

  private static Step.RunCommand use(Use use) {
    return argThat(step -> step != null && step.use() == use);
  }

  private Observation seen(PbxId pbx, Probe probe, Seen seen) {
    return new Observation(pbx, probe, seen, ticker.now(), Duration.ZERO, "as seen");
  }
}
