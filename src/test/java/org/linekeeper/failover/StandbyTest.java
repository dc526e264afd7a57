package org.linekeeper.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.atMost;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.linekeeper.actuator.PbxControl;
import org.linekeeper.carrier.Carrier;
import org.linekeeper.estate.Offices;
import org.linekeeper.estate.PbxId;
import org.linekeeper.journal.InMemoryJournal;
import org.linekeeper.state.Entry;
import org.linekeeper.state.Outcome;
import org.linekeeper.time.Ticker;
import org.linekeeper.verdict.Verdict;

/** The PBX that does not serve: kept from serving, and watched as closely. */
class StandbyTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  private final InMemoryJournal journal = new InMemoryJournal();
  private final PbxControl pbxs = mock(PbxControl.class);
  private final ExecutorService nobody = mock(ExecutorService.class);
  private final Core core =
      new Core(
          "w1",
          journal,
          pbxs,
          mock(Carrier.class),
          nobody,
          nobody,
          Clock.fixed(NOON, ZoneOffset.UTC),
          Ticker.system(),
          () -> "id");
  private final List<String> alarms = new ArrayList<>();
  private Duration clock = Duration.ofHours(1);

  @BeforeEach
  void begin() {
    CompletableFuture<Outcome> done = CompletableFuture.completedFuture(Outcome.applied("done"));
    when(pbxs.closeGate(any(), any(), any(), any())).thenReturn(done);
    when(pbxs.openGate(any(), any())).thenReturn(done);
    when(pbxs.register(any(), anyString(), anyBoolean())).thenReturn(done);
    when(pbxs.stayUnregistered(any(), anyString())).thenReturn(done);
    journal.append(List.of(new Entry.SettingsAccepted(NOON, "w1", "hash", Offices.registering())));
    journal.onCommit(
        records ->
            records.stream()
                .map(record -> record.entry())
                .filter(entry -> entry instanceof Entry.Noted n && alarm(n))
                .forEach(entry -> alarms.add(entry.sentence())));
  }

  private static boolean alarm(Entry.Noted note) {
    return note.weight() == Entry.Noted.Weight.ALARM;
  }

  @Test
  void aPbxThatComesBackAndRegistersByItselfIsTakenOffTheTrunkAgain() {
    GateKeeper gates = new GateKeeper(core, held -> false);
    gates.loggedIn(picture(Verdict.Kind.HEALTHY, Verdict.Kind.INCONCLUSIVE), Offices.STANDBY);
    gates.turn(picture(Verdict.Kind.HEALTHY, Verdict.Kind.HEALTHY));
    gates.turn(picture(Verdict.Kind.HEALTHY, Verdict.Kind.TRUNK_DOWN));
    verify(pbxs, times(1)).register(Offices.STANDBY, "provider", false);
    gates.loggedIn(picture(Verdict.Kind.HEALTHY, Verdict.Kind.HEALTHY), Offices.STANDBY);
    gates.turn(picture(Verdict.Kind.HEALTHY, Verdict.Kind.HEALTHY));
    verify(pbxs, times(2)).register(Offices.STANDBY, "provider", false);
    verify(pbxs, never()).register(any(), anyString(), org.mockito.ArgumentMatchers.eq(true));
  }

  @Test
  void anOrderThatMetAPbxStillLoadingIsRepeatedUntilItWasHeard() {
    when(pbxs.register(Offices.STANDBY, "provider", false))
        .thenReturn(done(Outcome.rejected("it has no outbound registration provider now")))
        .thenReturn(done(Outcome.unknown("told, and then: provider is registered")))
        .thenReturn(done(Outcome.applied("provider is unregistered")));
    turnsFor(Duration.ofSeconds(10), Verdict.Kind.HEALTHY);
    verify(pbxs, times(3)).register(Offices.STANDBY, "provider", false);
  }

  @Test
  void aStandbyThatRegistersByItselfLaterIsLookedAtEveryTwoSeconds() {
    turnsFor(Duration.ofSeconds(10), Verdict.Kind.HEALTHY);
    verify(pbxs, times(1)).register(Offices.STANDBY, "provider", false);
    verify(pbxs, times(5)).stayUnregistered(Offices.STANDBY, "provider");
  }

  @Test
  void nothingIsTakenFromAStandbyWhileTheActivePbxIsNotSeenToServe() {
    turnsFor(Duration.ofSeconds(10), Verdict.Kind.HUNG);
    verify(pbxs, never()).register(any(), anyString(), anyBoolean());
    verify(pbxs, never()).stayUnregistered(any(), anyString());
  }

  @Test
  void aProviderThatRefusesIsAskedSeldomAndPeopleAreToldOnce() {
    when(pbxs.register(Offices.STANDBY, "provider", false))
        .thenReturn(done(Outcome.rejected("sip:provider refuses")));
    turnsFor(Duration.ofHours(1), Verdict.Kind.HEALTHY);
    verify(pbxs, atMost(70)).register(Offices.STANDBY, "provider", false);
    assertThat(alarms).hasSize(1).first().asString().contains("sip:provider refuses");
  }

  @Test
  void anOrderThatIsUnderWayIsNotGivenAgain() {
    when(pbxs.register(Offices.STANDBY, "provider", false)).thenReturn(new CompletableFuture<>());
    turnsFor(Duration.ofSeconds(10), Verdict.Kind.HEALTHY);
    verify(pbxs, times(1)).register(Offices.STANDBY, "provider", false);
  }

  /** The standby can take over all the time. */
  private void turnsFor(Duration time, Verdict.Kind primary) {
    GateKeeper gates = new GateKeeper(core, held -> false);
    for (Duration end = clock.plus(time); clock.compareTo(end) < 0; clock = clock.plusMillis(100)) {
      gates.turn(picture(primary, Verdict.Kind.HEALTHY));
    }
  }

  private static CompletableFuture<Outcome> done(Outcome outcome) {
    return CompletableFuture.completedFuture(outcome);
  }

  @Test
  void theServingPbxThatWasNotToldToRegisterIsTold() {
    GateKeeper gates = new GateKeeper(core, held -> false);
    gates.turn(picture(Verdict.Kind.TRUNK_DOWN, Verdict.Kind.HEALTHY));
    gates.turn(picture(Verdict.Kind.TRUNK_DOWN, Verdict.Kind.HEALTHY));
    verify(pbxs, times(1)).register(Offices.PRIMARY, "provider", true);
    verify(pbxs, never()).register(any(), anyString(), org.mockito.ArgumentMatchers.eq(false));
  }

  @Test
  void aDeadStandbyIsToldOfOnce() {
    Incidents incidents = new Incidents(core);
    Decision rest = Decision.rest("primary serves");
    incidents.turn(lasting(29, Verdict.Kind.HEALTHY, Verdict.Kind.PROCESS_GONE), rest);
    assertThat(alarms).isEmpty();
    incidents.turn(lasting(30, Verdict.Kind.HEALTHY, Verdict.Kind.PROCESS_GONE), rest);
    incidents.turn(lasting(90, Verdict.Kind.HEALTHY, Verdict.Kind.HUNG), rest);
    assertThat(alarms).hasSize(1).first().asString().startsWith("there is no standby");
  }

  @Test
  void aStandbyThatIsOnlyUnregisteredIsNoIncident() {
    Incidents incidents = new Incidents(core);
    incidents.turn(
        lasting(600, Verdict.Kind.HEALTHY, Verdict.Kind.TRUNK_DOWN), Decision.rest("serves"));
    assertThat(alarms).isEmpty();
  }

  @Test
  void peopleAreToldWhenLinekeeperHoldsWhileNobodyAnswers() {
    Incidents incidents = new Incidents(core);
    Decision hold = Decision.hold("there was a failover; no second one yet");
    incidents.turn(lasting(15, Verdict.Kind.HUNG, Verdict.Kind.HEALTHY), hold);
    assertThat(alarms).isEmpty();
    incidents.turn(lasting(16, Verdict.Kind.HUNG, Verdict.Kind.HEALTHY), hold);
    incidents.turn(lasting(40, Verdict.Kind.HUNG, Verdict.Kind.HEALTHY), hold);
    assertThat(alarms).hasSize(1).first().asString().contains("no second one yet");
  }

  @Test
  void aDegradedPbxIsToldOfOnceASpell() {
    Incidents incidents = new Incidents(core);
    Decision rest = Decision.rest("primary serves");
    for (int second = 0; second < 120; second++) {
      clock = clock.plusSeconds(1);
      // Seen well for a moment now and then: still the same trouble.
      boolean well = second > 40 && second % 20 == 0;
      incidents.turn(
          picture(well ? Verdict.Kind.HEALTHY : Verdict.Kind.DEGRADED, Verdict.Kind.HEALTHY), rest);
      if (second == 29) {
        assertThat(alarms).isEmpty();
      }
    }
    assertThat(alarms).singleElement().asString().contains("primary: degraded", "still serves");
    clock = clock.plusMinutes(3);
    incidents.turn(picture(Verdict.Kind.HEALTHY, Verdict.Kind.DEGRADED), rest);
    clock = clock.plusSeconds(30);
    incidents.turn(picture(Verdict.Kind.HEALTHY, Verdict.Kind.DEGRADED), rest);
    assertThat(alarms).hasSize(2).last().asString().contains("standby: degraded");
  }

  @Test
  void whereOnlySipIsSilentForThisWatcherAPersonIsAskedToCallInAndToldWhatToDoThen() {
    Incidents incidents = new Incidents(core);
    Decision hold = Decision.hold("primary: watcher path lost");
    String other = "not answer this watcher, but standby reaches its SIP";
    for (int i = 0; i < 2; i++) {
      Map<PbxId, Verdict> verdicts =
          Map.of(
              Offices.PRIMARY,
              new Verdict(
                  Offices.PRIMARY, Verdict.Kind.WATCHER_PATH_LOST, "SIP does " + other, clock),
              Offices.STANDBY,
              new Verdict(
                  Offices.STANDBY,
                  Verdict.Kind.WATCHER_PATH_LOST,
                  "AMI and SIP do " + other,
                  clock));
      incidents.turn(
          new Picture(
              journal.state(), verdicts, new CarrierSight(true, List.of(), List.of()), NOON, clock),
          hold);
      clock = clock.plusSeconds(31);
    }
    assertThat(alarms)
        .anySatisfy(
            alarm ->
                assertThat(alarm)
                    .contains("primary: watcher path lost")
                    .contains("Call an office number")
                    .contains("linekeeper switchover"))
        .anySatisfy(
            alarm ->
                assertThat(alarm)
                    .contains("standby: watcher path lost")
                    .contains("cannot watch or switch standby"));
  }

  private Picture lasting(long seconds, Verdict.Kind primary, Verdict.Kind standby) {
    Duration since = clock;
    clock = clock.plusSeconds(seconds);
    Picture picture = picture(primary, standby, since);
    clock = since;
    return picture;
  }

  private Picture picture(Verdict.Kind primary, Verdict.Kind standby) {
    return picture(primary, standby, clock);
  }

  private Picture picture(Verdict.Kind primary, Verdict.Kind standby, Duration since) {
    return new Picture(
        journal.state(),
        Map.of(
            Offices.PRIMARY, new Verdict(Offices.PRIMARY, primary, "seen", since),
            Offices.STANDBY, new Verdict(Offices.STANDBY, standby, "seen", since)),
        new CarrierSight(true, List.of(), List.of()),
        NOON,
        clock);
  }
}
