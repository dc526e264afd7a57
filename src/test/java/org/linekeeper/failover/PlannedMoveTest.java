package org.linekeeper.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.linekeeper.actuator.PbxControl;
import org.linekeeper.carrier.Answer;
import org.linekeeper.carrier.Carrier;
import org.linekeeper.estate.Offices;
import org.linekeeper.estate.PbxId;
import org.linekeeper.journal.InMemoryJournal;
import org.linekeeper.state.Entry;
import org.linekeeper.state.Outcome;
import org.linekeeper.state.Plan;
import org.linekeeper.time.Ticker;
import org.linekeeper.verdict.Observation;
import org.linekeeper.verdict.Observation.Probe;
import org.linekeeper.verdict.Observation.Seen;
import org.linekeeper.verdict.Profile;
import org.linekeeper.verdict.Verdict;

/** Moves between two PBXs that register with their provider, which takes seconds to answer. */
class PlannedMoveTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final Duration SOON = Duration.ofSeconds(5);

  private final InMemoryJournal journal = new InMemoryJournal();
  private final PbxControl pbxs = mock(PbxControl.class);
  private final Carrier carrier = mock(Carrier.class);
  private final ExecutorService io = Executors.newFixedThreadPool(2);
  private final Ticker ticker = Ticker.system();
  private final AtomicInteger ids = new AtomicInteger();
  private final List<String> alarms = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Outcome> providerAnswers = new CompletableFuture<>();
  private ControlLoop loop;
  private Answering answering;

  @BeforeEach
  void primaryServes() {
    CompletableFuture<Outcome> done = CompletableFuture.completedFuture(Outcome.applied("done"));
    when(pbxs.openGate(any(), any())).thenReturn(done);
    when(pbxs.closeGate(any(), any(), any(), any())).thenReturn(done);
    when(pbxs.register(any(), anyString(), anyBoolean())).thenReturn(done);
    when(pbxs.register(Offices.STANDBY, "provider", true)).thenReturn(providerAnswers);
    when(pbxs.stayUnregistered(any(), anyString())).thenReturn(done);
    when(carrier.originationUrls(any())).thenReturn(Answer.of(List.of()));
    when(carrier.alertsSince(any())).thenReturn(Answer.of(List.of()));
    when(carrier.numbers()).thenReturn(Answer.of(List.of()));
    journal.append(List.of(new Entry.SettingsAccepted(NOON, "w1", "hash", Offices.registering())));
    journal.onCommit(
        records ->
            records.stream()
                .map(record -> record.entry())
                .filter(e -> e instanceof Entry.Noted n && n.weight() == Entry.Noted.Weight.ALARM)
                .forEach(entry -> alarms.add(entry.sentence())));
    Core core =
        new Core(
            "w1",
            journal,
            pbxs,
            carrier,
            io,
            io,
            Clock.fixed(NOON, ZoneOffset.UTC),
            ticker,
            () -> "id" + ids.incrementAndGet());
    loop = new ControlLoop(core, Profile.lan(), List.of(Offices.PRIMARY, Offices.STANDBY));
    answering = new Answering(loop, this::seen);
    loop.start(() -> {});
    bothAreHealthy();
  }

  @AfterEach
  void close() {
    answering.close();
    loop.close();
    io.shutdownNow();
  }

  @Test
  void theOldPbxServesUntilTheNewOneIsRegistered() throws InterruptedException {
    patSwitches();
    verify(pbxs, timeout(5000)).register(Offices.STANDBY, "provider", true);
    verify(pbxs, timeout(5000)).openGate(eq(Offices.STANDBY), any());
    Thread.sleep(Duration.ofMillis(500).toMillis());
    nothingWasTakenFromThePrimary();

    providerAnswers.complete(Outcome.applied("standby registers provider"));
    verify(pbxs, timeout(5000).atLeastOnce()).register(Offices.PRIMARY, "provider", false);
    verify(pbxs, timeout(5000).atLeastOnce()).closeGate(eq(Offices.PRIMARY), any(), any(), any());
    await().atMost(SOON).until(() -> journal.state().openPlans().isEmpty());
    assertThat(journal.state().active()).contains(Offices.STANDBY);
    assertThat(alarms).isEmpty();
  }

  @Test
  void ifTheProviderRefusesTheOldPbxServesOnAndPeopleAreTold() {
    patSwitches();
    providerAnswers.complete(Outcome.rejected("sip:provider refuses to register provider"));
    await().atMost(SOON).until(() -> journal.state().epoch().number() == 2);
    await().atMost(SOON).until(() -> journal.state().openPlans().isEmpty());
    assertThat(journal.state().active()).contains(Offices.PRIMARY);
    assertThat(alarms)
        .hasSize(1)
        .first()
        .asString()
        .contains("primary goes on serving")
        .contains("refuses");
    nothingWasTakenFromThePrimary();
    verify(pbxs, timeout(5000).atLeastOnce()).register(Offices.STANDBY, "provider", false);
  }

  @Test
  void ifTheProviderTakesNeitherNobodyMovesToAndFro() throws InterruptedException {
    when(pbxs.register(Offices.PRIMARY, "provider", true))
        .thenReturn(CompletableFuture.completedFuture(Outcome.rejected("refused as well")));
    patSwitches();
    providerAnswers.complete(Outcome.rejected("refused"));
    await().atMost(SOON).until(() -> journal.state().epoch().number() == 2);
    Thread.sleep(Duration.ofMillis(500).toMillis());
    assertThat(journal.state().epoch().number()).isEqualTo(2);
    nothingWasTakenFromThePrimary();
  }

  @Test
  void aDeadPrimaryIsNotWaitedFor() {
    answering.begin(Offices.STANDBY);
    loop.observed(seen(Offices.PRIMARY, Probe.AMI_SESSION, Seen.CLOSED));
    loop.observed(seen(Offices.PRIMARY, Probe.AMI_CONNECT, Seen.REFUSED));
    verify(pbxs, timeout(5000)).register(Offices.STANDBY, "provider", true);
    verify(pbxs, timeout(5000).atLeastOnce()).register(Offices.PRIMARY, "provider", false);
    verify(pbxs, timeout(5000).atLeastOnce()).closeGate(eq(Offices.PRIMARY), any(), any(), any());
    assertThat(providerAnswers).isNotDone();
  }

  private void patSwitches() {
    loop.with(
        parts -> {
          parts
              .roles()
              .begin(
                  parts.picture(),
                  Plan.Kind.SWITCHOVER,
                  Offices.STANDBY,
                  "pat switched to standby");
          return CompletableFuture.completedFuture(true);
        });
    await().atMost(SOON).until(() -> journal.state().epoch().number() >= 1);
  }

  private void nothingWasTakenFromThePrimary() {
    verify(pbxs, never()).register(Offices.PRIMARY, "provider", false);
    verify(pbxs, never()).closeGate(eq(Offices.PRIMARY), any(), any(), any());
  }

  private void bothAreHealthy() {
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

  private Observation seen(PbxId pbx, Probe probe, Seen seen) {
    return new Observation(pbx, probe, seen, ticker.now(), Duration.ZERO, "as seen");
  }
}
