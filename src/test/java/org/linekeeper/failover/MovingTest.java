package org.linekeeper.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.Movings;
import org.linekeeper.estate.Offices;
import org.linekeeper.estate.PbxId;
import org.linekeeper.estate.Takeover;
import org.linekeeper.state.Entry;
import org.linekeeper.state.NameRecords;
import org.linekeeper.state.Outcome;
import org.linekeeper.state.Plan;
import org.linekeeper.state.State;
import org.linekeeper.verdict.Verdict;

/** What moves with the service, and which of it waits for what. */
class MovingTest {
  private static final String FREE_BY_RELEASE_OR_FENCE =
      "make primary's host let go of the floating address: release-address, else cut-power";
  private static final String TAKE = "take 192.0.2.100/24 at standby's host";

  @Test
  void aProcessThatIsGoneLetsItsHostBeAskedFirst() {
    Plan plan = plan(Movings.all(), Plan.Kind.FAILOVER, Verdict.Kind.PROCESS_GONE);
    assertThat(waits(plan))
        .containsExactly(
            "let the carrier's calls in at standby",
            FREE_BY_RELEASE_OR_FENCE,
            TAKE + " <- " + FREE_BY_RELEASE_OR_FENCE,
            "make sip.office.example A say 192.0.2.11 (was 192.0.2.10)",
            "run tell-reception for standby",
            "turn the carrier's calls away at primary <- " + TAKE);
  }

  @Test
  void aHostThatMayHangIsNotAsked() {
    for (Verdict.Kind kind :
        List.of(
            Verdict.Kind.HUNG, Verdict.Kind.HOST_UNREACHABLE, Verdict.Kind.REFUSES_CONNECTIONS)) {
      assertThat(waits(plan(Movings.all(), Plan.Kind.FAILOVER, kind)))
          .contains("make primary's host let go of the floating address: cut-power");
    }
  }

  @Test
  void inAPlannedMoveNobodyIsSwitchedOffAndThePrimaryServesUntilTheStandbyHasTheAddress() {
    Plan plan = plan(Movings.all(), Plan.Kind.SWITCHOVER, Verdict.Kind.HEALTHY);
    String free = "make primary's host let go of the floating address: release-address";
    assertThat(waits(plan))
        .contains(
            free, TAKE + " <- " + free, "turn the carrier's calls away at primary <- " + TAKE);
    assertThat(plan.ordered()).isTrue();
  }

  @Test
  void backAgainTheStandbyGivesItUpBeforeThePrimaryIsGivenIt() {
    State state = served(Movings.all());
    assertThat(state.held()).isPresent();
    Plan back =
        Planner.role(
            picture(state, Verdict.Kind.HEALTHY),
            Plan.Kind.FAILBACK,
            Offices.STANDBY,
            Offices.PRIMARY,
            Map.of("sip.office.example A", new NameRecords(600, List.of("192.0.2.11"))),
            "pat switched back",
            "p2");
    String up = "give up 192.0.2.100/24 at standby's host";
    String give = "give the floating address to primary's host: take-address";
    assertThat(waits(back))
        .containsExactly(
            "let the carrier's calls in at primary",
            up,
            give + " <- " + up,
            "make sip.office.example A say 192.0.2.10 (was 192.0.2.11)",
            "turn the carrier's calls away at standby <- " + give);
    assertThat(ended(state, back).held()).isEmpty();
  }

  @Test
  void aPrimaryThatHasServedSinceIsFencedWhateverIsStillSaidToBeHeldHere() {
    State stale =
        State.evolve(
            served(Movings.all()),
            new Entry.Intended(
                Scene.NOW,
                new Plan(
                    "p2",
                    served(Movings.all()).epoch().next(),
                    Plan.Kind.FAILOVER,
                    "standby is gone, and what its host holds is not known",
                    Scene.NOW,
                    Optional.of(Offices.STANDBY),
                    Optional.of(Offices.PRIMARY),
                    List.of())));
    assertThat(stale.held()).isPresent();
    Plan again =
        Planner.role(
            picture(stale, Verdict.Kind.HUNG),
            Plan.Kind.FAILOVER,
            Offices.PRIMARY,
            Offices.STANDBY,
            Map.of(),
            "primary hangs",
            "p3");
    assertThat(waits(again))
        .contains("make primary's host let go of the floating address: cut-power");
  }

  @Test
  void aTakeThatFailedIsToBeHeldOnlyIfTheOtherHostIsKnownToHaveLetGo() {
    Outcome failed = Outcome.rejected("eth0 did not take it");
    Plan plan = plan(Movings.all(), Plan.Kind.FAILOVER, Verdict.Kind.HUNG);
    int free = place(plan, "make primary's host let go");
    int take = place(plan, TAKE);
    State intended = State.evolve(state(Movings.all()), new Entry.Intended(Scene.NOW, plan));
    Outcome off = Outcome.applied("off");
    assertThat(after(intended, plan, Map.of(free, off, take, failed)).held()).isPresent();
    assertThat(after(intended, plan, Map.of(free, failed, take, failed)).held()).isEmpty();
    Outcome newer = Outcome.superseded("something newer is wanted");
    assertThat(after(intended, plan, Map.of(free, off, take, newer)).held()).isEmpty();
  }

  private static int place(Plan plan, String sentence) {
    return IntStream.range(0, plan.steps().size())
        .filter(i -> plan.steps().get(i).sentence().startsWith(sentence))
        .findFirst()
        .orElseThrow();
  }

  private static State after(State before, Plan plan, Map<Integer, Outcome> outcomes) {
    return State.evolve(before, Entry.Done.of(Scene.NOW, plan.id(), outcomes));
  }

  @Test
  void withoutTakeAPersonIsAskedBeforeTheAddressIsLeftWithNobody() {
    State served = served(Movings.fencedOnly());
    Duration clock = Duration.ofHours(1);
    Picture standbyDies =
        new Picture(
            served,
            Map.of(
                Offices.PRIMARY, verdict(Offices.PRIMARY, Verdict.Kind.HEALTHY, clock),
                Offices.STANDBY, verdict(Offices.STANDBY, Verdict.Kind.PROCESS_GONE, clock)),
            new CarrierSight(true, List.of(), List.of()),
            Scene.NOW,
            clock);
    Decision decision = Decider.decide(standbyDies);
    assertThat(decision.permission()).isEqualTo(Decision.Permission.ASK);
    assertThat(decision.reason())
        .contains("nobody gives primary's host the address")
        .contains("ip addr add 192.0.2.100/24 dev eth0");
  }

  @Test
  void byALeaseItGoesBackByItselfAndNobodyAddsItByHand() {
    Duration clock = Duration.ofHours(1);
    Picture standbyDies =
        new Picture(
            served(Movings.leased("watcher-1", "watcher-2")),
            Map.of(
                Offices.PRIMARY, verdict(Offices.PRIMARY, Verdict.Kind.HEALTHY, clock),
                Offices.STANDBY, verdict(Offices.STANDBY, Verdict.Kind.PROCESS_GONE, clock)),
            new CarrierSight(true, List.of(), List.of()),
            Scene.NOW,
            clock);
    assertThat(standbyDies.state().held()).isPresent();
    Decision decision = Decider.decide(standbyDies);
    assertThat(decision.permission()).isEqualTo(Decision.Permission.DO);
    assertThat(decision.reason()).doesNotContain("ip addr");
  }

  @Test
  void whatIsHeldHereAlreadyIsNotFoughtForAgain() {
    Plan again =
        Planner.role(
            picture(served(Movings.all()), Verdict.Kind.HUNG),
            Plan.Kind.FAILOVER,
            Offices.PRIMARY,
            Offices.STANDBY,
            Map.of(),
            "primary hangs",
            "p2");
    assertThat(waits(again)).contains(TAKE).noneMatch(step -> step.contains("let go"));
  }

  @Test
  void anAddressThatWasTakenOutOfTheSettingsDoesNotStayBehind() {
    Entry edited =
        new Entry.SettingsAccepted(Scene.NOW, "watcher-1", "other", Offices.accountants());
    Plan back =
        Planner.role(
            picture(State.evolve(served(Movings.all()), edited), Verdict.Kind.HEALTHY),
            Plan.Kind.FAILBACK,
            Offices.STANDBY,
            Offices.PRIMARY,
            Map.of(),
            "pat switched back",
            "p2");
    assertThat(waits(back)).contains("give up 192.0.2.100/24 at standby's host");
  }

  @Test
  void withoutReleaseAndTakeAPersonIsToldWhyItCannotBeMovedByHand() {
    assertThat(Planner.whyNoPlannedMove(state(Movings.all()))).isEmpty();
    assertThat(Planner.whyNoPlannedMove(state(Takeover.NONE))).isEmpty();
    assertThat(Planner.whyNoPlannedMove(state(Movings.fencedOnly())))
        .hasValueSatisfying(why -> assertThat(why).contains("write release and take"));
  }

  /** Each step, and behind an arrow those that it waits for. */
  private static List<String> waits(Plan plan) {
    return IntStream.range(0, plan.steps().size())
        .mapToObj(
            place -> {
              List<String> first =
                  plan.first(place).stream().map(p -> plan.steps().get(p).sentence()).toList();
              String sentence = plan.steps().get(place).sentence();
              return first.isEmpty() ? sentence : sentence + " <- " + String.join(" and ", first);
            })
        .toList();
  }

  private static Plan plan(Takeover moving, Plan.Kind kind, Verdict.Kind primary) {
    return Planner.role(
        picture(state(moving), primary),
        kind,
        Offices.PRIMARY,
        Offices.STANDBY,
        Map.of(),
        "so it was decided",
        "p1");
  }

  /** The standby has taken over, with everything that moves. */
  private static State served(Takeover moving) {
    return ended(state(moving), plan(moving, Plan.Kind.FAILOVER, Verdict.Kind.PROCESS_GONE));
  }

  private static State ended(State before, Plan plan) {
    State intended = State.evolve(before, new Entry.Intended(Scene.NOW, plan));
    Map<Integer, Outcome> outcomes = new java.util.TreeMap<>();
    for (int i = 0; i < plan.steps().size(); i++) {
      outcomes.put(i, Outcome.applied("done"));
    }
    return State.evolve(intended, Entry.Done.of(Scene.NOW, plan.id(), outcomes));
  }

  private static State state(Takeover moving) {
    Estate estate = Offices.accountants().with(moving);
    return State.evolve(
        State.EMPTY, new Entry.SettingsAccepted(Scene.NOW, "watcher-1", "hash", estate));
  }

  private static Picture picture(State state, Verdict.Kind primary) {
    Duration clock = Duration.ofHours(1);
    return new Picture(
        state,
        Map.of(
            Offices.PRIMARY, verdict(Offices.PRIMARY, primary, clock),
            Offices.STANDBY, verdict(Offices.STANDBY, Verdict.Kind.HEALTHY, clock)),
        new CarrierSight(true, List.of(), List.of()),
        Scene.NOW,
        clock);
  }

  private static Verdict verdict(PbxId pbx, Verdict.Kind kind, Duration clock) {
    return new Verdict(pbx, kind, "so it seems", clock);
  }
}
