package org.linekeeper.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.linekeeper.actuator.PbxControl;
import org.linekeeper.carrier.Carrier;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.Movings;
import org.linekeeper.estate.Offices;
import org.linekeeper.estate.PbxId;
import org.linekeeper.estate.Rules;
import org.linekeeper.journal.Journal;
import org.linekeeper.journal.Standing;
import org.linekeeper.state.Actor;
import org.linekeeper.state.Entry;
import org.linekeeper.state.Epoch;
import org.linekeeper.state.Lease;
import org.linekeeper.state.LeaseSeen;
import org.linekeeper.state.LeaseWatch;
import org.linekeeper.state.Outcome;
import org.linekeeper.state.Plan;
import org.linekeeper.state.State;
import org.linekeeper.state.Step;
import org.linekeeper.verdict.Verdict;

/** On whose host the address cannot be, as the watcher that leads sees it. */
class LeaseKeeperTest {
  private static final Instant START = Instant.parse("2026-11-28T12:00:00Z");

  private final Journal journal = mock(Journal.class);
  private final ControlThread thread = mock(ControlThread.class);
  private Duration now = Duration.ofSeconds(100);
  private State state =
      State.evolve(
          State.EMPTY,
          new Entry.SettingsAccepted(
              START,
              "watcher-2",
              "hash",
              Offices.accountants().with(Movings.leased("watcher-1", "watcher-2"))));
  private final LeaseKeeper keeper =
      new LeaseKeeper(
          new Core(
              "watcher-2",
              journal,
              mock(PbxControl.class),
              mock(Carrier.class),
              mock(ExecutorService.class),
              mock(ExecutorService.class),
              () -> START.plus(now),
              () -> now,
              () -> "id"),
          thread);

  @BeforeEach
  void allAreThere() {
    absent();
    when(journal.state()).thenAnswer(call -> state);
  }

  private void absent(String... watchers) {
    when(journal.standing())
        .thenReturn(
            new Standing(
                true,
                Optional.empty(),
                List.of("watcher-1", "watcher-2", "witness"),
                Set.of(),
                Set.of(watchers),
                List.of()));
  }

  /** It was renewed just now, or so long ago. */
  private void look(Duration ago, boolean taken) {
    add(new Entry.LeaseRenewed(START, number(), "w-" + now.toNanos(), taken));
    see(new LeaseWatch(now.minus(ago), now.minus(ago), now, now.minus(Duration.ofHours(2))));
  }

  private void see(LeaseWatch watch) {
    when(journal.lease()).thenReturn(state.lease().map(lease -> new LeaseSeen(lease, watch)));
  }

  private void settings(Estate estate) {
    add(new Entry.SettingsAccepted(START, "watcher-2", "hash", estate));
  }

  private void add(Entry entry) {
    state = State.evolve(state, entry);
  }

  private long number() {
    return state.lease().orElseThrow().number();
  }

  @Test
  void oneThatWasNotRenewedForTheTenure() {
    look(Duration.ofMillis(1_050), true);
    assertThat(keeper.without()).isEmpty();
    look(Duration.ofMillis(1_070), true);
    assertThat(keeper.without()).containsExactly(Offices.PRIMARY);
  }

  @Test
  void whileNothingIsCommittedSilenceSaysNothingOfTheHolder() {
    look(Duration.ofSeconds(5), true);
    Duration renewed = now.minusSeconds(5);
    see(new LeaseWatch(renewed, renewed, now.minusMillis(600), renewed));
    assertThat(keeper.without()).as("the log stands still").isEmpty();
    see(new LeaseWatch(renewed, renewed, now, now.minusMillis(1_000)));
    assertThat(keeper.without()).as("it has just gone on").isEmpty();
    see(new LeaseWatch(renewed, renewed, now, now.minusMillis(1_070)));
    assertThat(keeper.without()).containsExactly(Offices.PRIMARY);
  }

  @Test
  void oneThatIsRenewedAndWasTakenBefore() {
    look(Duration.ZERO, true);
    assertThat(keeper.without()).isEmpty();
    assertThat(inVain(Duration.ofSeconds(3))).isEmpty();
    assertThat(inVain(Duration.ofSeconds(1))).containsExactly(Offices.PRIMARY);
    look(Duration.ZERO, true);
    assertThat(keeper.without()).isEmpty();
  }

  /** Three watchers that start together on cold machines: seen after five seconds and later. */
  @Test
  void oneThatIsRenewedAndNeverTakenHasMoreTime() {
    assertThat(inVain(Duration.ofSeconds(9))).isEmpty();
    assertThat(inVain(Duration.ofSeconds(2))).containsExactly(Offices.PRIMARY);
  }

  @Test
  void thatItWasTakenByAnEarlierLeaseSaysNothing() {
    look(Duration.ZERO, true);
    assertThat(keeper.without()).isEmpty();
    add(new Entry.LeasePassed(START, state.epoch(), number(), Offices.STANDBY));
    assertThat(inVain(Duration.ofSeconds(9))).isEmpty();
    assertThat(inVain(Duration.ofSeconds(2))).containsExactly(Offices.STANDBY);
  }

  @Test
  void whileNothingIsCommittedNobodyCouldHaveTakenIt() {
    inVain(Duration.ofSeconds(20));
    see(new LeaseWatch(now, now, now, now.minusSeconds(9)));
    assertThat(keeper.without()).as("it has just gone on").isEmpty();
    see(new LeaseWatch(now, now, now, now.minusSeconds(11)));
    assertThat(keeper.without()).containsExactly(Offices.PRIMARY);
  }

  @Test
  void whereNeitherCanTakeItCallsDoNotGoToAndFro() {
    add(new Entry.Intended(START.plus(now), plan(Plan.Kind.FAILOVER)));
    assertThat(inVain(Duration.ofMinutes(1))).as("it is being taken").isEmpty();
    add(Entry.Done.of(START.plus(now), "p1", Map.of(0, Outcome.unknown("no outcome"))));
    add(new Entry.LeasePassed(START.plus(now), new Epoch(1), number(), Offices.STANDBY));
    assertThat(inVain(Duration.ofMinutes(5))).isEmpty();
    assertThat(inVain(Duration.ofMinutes(60))).containsExactly(Offices.STANDBY);
  }

  @Test
  void whatWasWantedInAnEarlierEpochPassesNothing() {
    Lease before = state.lease().orElseThrow();
    add(new Entry.LeasePassed(START, state.epoch().next(), number(), Offices.STANDBY));
    assertThat(state.lease()).contains(before);
    add(new Entry.LeasePassed(START, state.epoch(), number(), Offices.STANDBY));
    assertThat(state.lease().orElseThrow().holder()).isEqualTo(Offices.STANDBY);
  }

  @Test
  void whereTheAddressIsLeasedNoMoreTheLeaseSaysNothingAndItsNumberGoesOn() {
    add(new Entry.LeasePassed(START, state.epoch(), number(), Offices.STANDBY));
    long earlier = number();
    settings(Offices.accountants());
    assertThat(state.leaseInForce()).isEmpty();
    settings(Offices.accountants().with(Movings.leased("watcher-1", "watcher-2")));
    assertThat(state.leaseInForce().orElseThrow().number()).isEqualTo(earlier);
  }

  /** Somebody takes the address out of the settings, and puts it back some days later. */
  @Test
  void whatIsLeasedAgainHasTimeToBeRenewed() {
    look(Duration.ZERO, true);
    assertThat(keeper.without()).isEmpty();
    settings(Offices.accountants());
    now = now.plus(Duration.ofDays(3));
    assertThat(keeper.without()).isEmpty();
    settings(Offices.accountants().with(Movings.leased("watcher-1", "watcher-2")));
    Duration days = now.minus(Duration.ofDays(3));
    see(new LeaseWatch(days, days, now, days));
    assertThat(keeper.without()).isEmpty();
    now = now.plusMillis(1_000);
    see(new LeaseWatch(days, days, now, days));
    assertThat(keeper.without()).isEmpty();
    now = now.plusMillis(100);
    see(new LeaseWatch(days, days, now, days));
    assertThat(keeper.without()).containsExactly(Offices.PRIMARY);
  }

  /** Its kernel has the address for another while, and its watcher has only just been started. */
  @Test
  void oneThatWasLeftToItsHostForARestartIsThatHostsStill() {
    look(Duration.ZERO, true);
    add(new Entry.LeaseKept(START, number(), "w", Duration.ofSeconds(30)));
    look(Duration.ZERO, true);
    assertThat(keeper.without()).isEmpty();
    now = now.plusSeconds(5);
    assertThat(keeper.without()).isEmpty();
    assertThat(renewedByALaterLife(Duration.ofSeconds(9))).isEmpty();
    assertThat(renewedByALaterLife(Duration.ofSeconds(2))).containsExactly(Offices.PRIMARY);
  }

  /** After a power cut nobody had time to leave anything to anybody. */
  @Test
  void whatAnEarlierLifeHadTakenALaterOneHasTimeToTake() {
    look(Duration.ZERO, true);
    assertThat(keeper.without()).isEmpty();
    assertThat(renewedByALaterLife(Duration.ofSeconds(9))).isEmpty();
    assertThat(renewedByALaterLife(Duration.ofSeconds(2))).containsExactly(Offices.PRIMARY);
  }

  /** It had let go a minute ago, and nobody renewed meanwhile. */
  @Test
  void whatComesBackToAHostHasTimeToBeRenewed() {
    look(Duration.ZERO, true);
    assertThat(keeper.without()).isEmpty();
    String last = state.lease().orElseThrow().renewal();
    add(new Entry.LeaseFreed(START, number(), Offices.PRIMARY, last, "it has let go"));
    Duration then = now;
    now = now.plusSeconds(60);
    see(new LeaseWatch(then, then, now, then));
    assertThat(keeper.without()).isEmpty();
    add(new Entry.LeasePassed(START, state.epoch(), number(), Offices.PRIMARY));
    see(new LeaseWatch(then, then, now, then));
    assertThat(keeper.without()).isEmpty();
    now = now.plusMillis(1_100);
    see(new LeaseWatch(then, then, now, then));
    assertThat(keeper.without()).containsExactly(Offices.PRIMARY);
  }

  private Set<PbxId> renewedByALaterLife(Duration lasts) {
    for (Duration end = now.plus(lasts); now.compareTo(end) < 0; now = now.plusMillis(250)) {
      add(new Entry.LeaseRenewed(START, number(), "v-" + now.toNanos(), false));
      see(new LeaseWatch(now, now, now, now.minus(Duration.ofHours(2))));
      keeper.without();
    }
    return keeper.without();
  }

  /** It is one that serves, and nothing is moved: it has the address again when it is back. */
  @Test
  void whatAHostHasLetGoOfComesBackToItWhereNothingMayBeMovedToo() {
    for (Rules.Mode mode : Rules.Mode.values()) {
      add(new Entry.ModeSet(START, new Actor(Actor.Door.CLI, "engineer"), mode));
      look(Duration.ZERO, true);
      String last = state.lease().orElseThrow().renewal();
      add(new Entry.LeaseFreed(START, number(), Offices.PRIMARY, last, "it has let go"));
      assertThat(state.lease().orElseThrow().over()).isTrue();
      now = now.plusSeconds(1);
      keeper.lead(picture());
      Entry back = new Entry.LeasePassed(START.plus(now), state.epoch(), number(), Offices.PRIMARY);
      verify(journal).append(List.of(back));
      add(back);
    }
  }

  @Test
  void whereNothingMayBeMovedItDoesNotComeToAnotherHost() {
    add(new Entry.ModeSet(START, new Actor(Actor.Door.CLI, "engineer"), Rules.Mode.OBSERVE));
    add(new Entry.LeasePassed(START, state.epoch(), number(), Offices.STANDBY));
    keeper.lead(picture());
    verify(journal, never()).append(any());
  }

  private Picture picture() {
    Map<PbxId, Verdict> both =
        Map.of(
            Offices.PRIMARY, healthy(Offices.PRIMARY), Offices.STANDBY, healthy(Offices.STANDBY));
    return new Picture(
        state, both, new CarrierSight(true, List.of(), List.of()), START.plus(now), now);
  }

  private static Verdict healthy(PbxId pbx) {
    return new Verdict(pbx, Verdict.Kind.HEALTHY, "AMI and SIP answer", Duration.ZERO);
  }

  private CompletableFuture<Outcome> taking(PbxId pbx) {
    doAnswer(
            call -> {
              call.getArgument(0, Runnable.class).run();
              return null;
            })
        .when(thread)
        .post(any());
    return keeper.addresses().take(step(pbx), state.epoch()).toCompletableFuture();
  }

  /** So that a planned move is undone: the host that served has let go. */
  @Test
  void aHostThatDoesNotTakeItInAPlannedMoveIsNotWaitedForLong() {
    moves(Plan.Kind.SWITCHOVER);
    CompletableFuture<Outcome> taken = taking(Offices.STANDBY);
    look(Duration.ZERO, false);
    keeper.turn(picture());
    now = now.plusSeconds(9);
    look(Duration.ZERO, false);
    keeper.turn(picture());
    assertThat(taken).isNotDone();
    now = now.plusSeconds(2);
    look(Duration.ZERO, false);
    keeper.turn(picture());
    assertThat(taken)
        .isCompletedWithValueMatching(outcome -> outcome.said().contains("does not take it"));
  }

  /** Nobody else has it, or could. */
  @Test
  void inAFailoverItIsWaitedForAsLongAsThePlanDoes() {
    moves(Plan.Kind.FAILOVER);
    CompletableFuture<Outcome> taken = taking(Offices.STANDBY);
    keeper.turn(picture());
    now = now.plusSeconds(30);
    look(Duration.ZERO, false);
    keeper.turn(picture());
    assertThat(taken).isNotDone();
  }

  /** The lease is to come to the standby. */
  private void moves(Plan.Kind kind) {
    look(Duration.ZERO, true);
    add(new Entry.Intended(START.plus(now), plan(kind)));
    add(new Entry.LeasePassed(START, state.epoch(), number(), Offices.STANDBY));
    look(Duration.ZERO, false);
  }

  private Plan plan(Plan.Kind kind) {
    return new Plan(
        "p1",
        new Epoch(1),
        kind,
        "reason",
        START.plus(now),
        Optional.of(Offices.PRIMARY),
        Optional.of(Offices.STANDBY),
        List.of(step(Offices.STANDBY)));
  }

  private static Step.HoldAddress step(PbxId pbx) {
    return new Step.HoldAddress(
        pbx, List.of("192.0.2.100/24"), "eth0", Duration.ofSeconds(15), true);
  }

  @Test
  void whileTheHostBeforeKeepsItForARestartItIsWaitedFor() {
    look(Duration.ZERO, true);
    add(new Entry.LeaseKept(START, number(), "w", Duration.ofSeconds(30)));
    moves(Plan.Kind.SWITCHOVER);
    CompletableFuture<Outcome> taken = taking(Offices.STANDBY);
    keeper.turn(picture());
    now = now.plusSeconds(29);
    look(Duration.ZERO, false);
    keeper.turn(picture());
    assertThat(taken).isNotDone();
  }

  /** Somebody looked at the other host for a while before they said that it is off. */
  @Test
  void itHasItsTimeFromWhenNobodyElseMayHaveItAnyMore() {
    settings(Offices.accountants().with(Movings.kept("watcher-1", "watcher-2", Optional.empty())));
    moves(Plan.Kind.SWITCHOVER);
    assertThat(state.lease().orElseThrow().boundElsewhere()).isTrue();
    CompletableFuture<Outcome> taken = taking(Offices.STANDBY);
    for (int i = 0; i < 2; i++) {
      now = now.plusSeconds(1);
      see(new LeaseWatch(now, now, now, now.minus(Duration.ofHours(2))));
      keeper.turn(picture());
    }
    now = now.plusSeconds(30);
    add(state.lease().orElseThrow().freedBy(START, Offices.PRIMARY, "it is off"));
    assertThat(state.lease().orElseThrow().boundElsewhere()).isFalse();
    look(Duration.ZERO, false);
    keeper.turn(picture());
    now = now.plusSeconds(9);
    look(Duration.ZERO, false);
    keeper.turn(picture());
    assertThat(taken).isNotDone();
  }

  /** It would leave the host that serves, and come to no other one. */
  @Test
  void whereNobodyCanTakeItItIsNotPassedOn() {
    add(new Entry.LeasePassed(START, state.epoch(), number(), Offices.STANDBY));
    absent("watcher-1");
    CompletableFuture<Outcome> taken = taking(Offices.PRIMARY);
    keeper.turn(picture());
    assertThat(taken)
        .isCompletedWithValueMatching(
            outcome -> outcome.said().contains("no watcher beside primary"));
    verify(journal, never()).append(any());
  }

  private Set<PbxId> inVain(Duration lasts) {
    look(Duration.ZERO, false);
    keeper.without();
    now = now.plus(lasts);
    look(Duration.ZERO, false);
    return keeper.without();
  }
}
