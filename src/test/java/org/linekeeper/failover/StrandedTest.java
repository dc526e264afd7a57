package org.linekeeper.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.Movings;
import org.linekeeper.estate.Offices;
import org.linekeeper.estate.Pbx;
import org.linekeeper.estate.Rules;
import org.linekeeper.state.Actor;
import org.linekeeper.state.Entry;
import org.linekeeper.state.Epoch;
import org.linekeeper.state.Plan;
import org.linekeeper.state.State;
import org.linekeeper.verdict.Verdict;
import org.linekeeper.verdict.Verdict.Kind;

/**
 * The standby is well, and the watcher beside it is not: the floating address cannot come there.
 */
class StrandedTest {
  private Duration lasting = Duration.ofSeconds(1);
  private Kind standby = Kind.HEALTHY;
  private List<Vote> votes = List.of();

  @Test
  void aPersonSaysWhetherWhatComesByTheCarriersRowsIsMovedAllTheSame() {
    assertThat(decided(Offices.accountants()).kind()).isEqualTo(Decision.Kind.HOLD);
    lasting = Duration.ofSeconds(15);
    Decision decision = decided(Offices.accountants());
    assertThat(decision.kind()).isEqualTo(Decision.Kind.FAIL_OVER);
    assertThat(decision.permission()).isEqualTo(Decision.Permission.ASK);
    assertThat(decision.to()).contains(Offices.STANDBY);
    assertThat(decision.reason()).contains("which is on no host then");
  }

  @Test
  void whatTheOthersSeeStandsInTheQuestion() {
    lasting = Duration.ofSeconds(15);
    votes =
        List.of(
            new Vote(
                "witness",
                Map.of(Offices.PRIMARY, Kind.HEALTHY, Offices.STANDBY, Kind.HEALTHY),
                Map.of(Offices.PRIMARY, "primary: healthy"),
                Vote.Sight.SEES,
                true,
                picture(Offices.accountants()).clock()));
    Decision decision = decided(Offices.accountants());
    assertThat(decision.permission()).isEqualTo(Decision.Permission.ASK);
    assertThat(decision.reason())
        .contains("the watchers do not agree; witness sees primary: healthy");
  }

  @Test
  void aPersonCannotMoveTheServiceThere() {
    RoleControl roles =
        new RoleControl(
            mock(Core.class), mock(ControlThread.class), mock(Runs.class), Map::of, List::of);
    assertThat(roles.whyNot(picture(Offices.accountants()), Offices.STANDBY))
        .hasValueSatisfying(
            why ->
                assertThat(why).contains("no watcher beside standby answers", "start Linekeeper"));
  }

  /** Calls reach the standby by its registration, and the primary's trunk was down. */
  @Test
  void toTheOneWhoseTrunkWasDownItGoesBackOnAPersonsWordOnly() {
    assertThat(leftForItsTrunk(Duration.ofMinutes(1)).kind()).isEqualTo(Decision.Kind.HOLD);
    Decision later = leftForItsTrunk(Duration.ofMinutes(11));
    assertThat(later.kind()).isEqualTo(Decision.Kind.FAIL_OVER);
    assertThat(later.permission()).isEqualTo(Decision.Permission.ASK);
  }

  private Decision leftForItsTrunk(Duration ago) {
    Picture now = picture(Offices.registering());
    Plan moved =
        new Plan(
            "p1",
            new Epoch(1),
            Plan.Kind.FAILOVER,
            "primary: " + Kind.TRUNK_DOWN.words() + " (seen)",
            now.now().minus(ago),
            Optional.of(Offices.PRIMARY),
            Optional.of(Offices.STANDBY),
            List.of());
    State state = State.evolve(now.state(), new Entry.Intended(moved.at(), moved));
    state = State.evolve(state, Entry.Done.of(moved.at(), "p1", Map.of()));
    return Decider.decide(
        new Picture(
            state,
            Map.of(
                Offices.PRIMARY,
                new Verdict(Offices.PRIMARY, Kind.TRUNK_DOWN, "seen", Duration.ZERO),
                Offices.STANDBY,
                new Verdict(Offices.STANDBY, Kind.HEALTHY, "seen", Duration.ZERO)),
            now.carrier(),
            now.now(),
            now.clock(),
            Set.of(),
            Map.of(),
            List.of(),
            Set.of(Offices.STANDBY)));
  }

  @Test
  void orWhatComesByRegistration() {
    lasting = Duration.ofSeconds(15);
    standby = Kind.TRUNK_DOWN;
    Decision decision = decided(Offices.registering());
    assertThat(decision.kind()).isEqualTo(Decision.Kind.FAIL_OVER);
    assertThat(decision.permission()).isEqualTo(Decision.Permission.ASK);
  }

  @Test
  void whereNothingElseLeadsThereAPersonIsAskedWhetherMobilesAreToRing() {
    Estate byAddressOnly = byAddressOnly();
    Decision first = decided(byAddressOnly);
    assertThat(first.kind()).isEqualTo(Decision.Kind.HOLD);
    assertThat(first.reason()).contains("no watcher beside it can bring the floating address");

    lasting = Duration.ofSeconds(15);
    Decision later = decided(byAddressOnly);
    assertThat(later.kind()).isEqualTo(Decision.Kind.BEGIN_EMERGENCY);
    assertThat(later.permission()).isEqualTo(Decision.Permission.ASK);
    assertThat(later.reason()).contains("start Linekeeper beside standby again");
  }

  private static Estate byAddressOnly() {
    Estate usual = Offices.accountants();
    return new Estate(
        usual.office(),
        List.of(
            new Pbx(Offices.PRIMARY, Offices.HQ, Pbx.Role.PRIMARY, "", List.of()),
            new Pbx(Offices.STANDBY, Offices.HQ, Pbx.Role.STANDBY, "", List.of())),
        usual.trunk(),
        usual.numbers(),
        usual.staff(),
        usual.schedule(),
        usual.targets(),
        usual.rules());
  }

  private Decision decided(Estate estate) {
    return Decider.decide(picture(estate));
  }

  private Picture picture(Estate estate) {
    State state =
        State.evolve(
            State.evolve(
                State.EMPTY,
                new Entry.SettingsAccepted(
                    Instant.EPOCH,
                    "watcher-1",
                    "hash",
                    estate.with(Movings.leased("watcher-1", "watcher-2")))),
            new Entry.ModeSet(Instant.EPOCH, Actor.ITSELF, Rules.Mode.AUTOMATIC));
    Picture picture =
        new Scene(
                Scene.Phones.PRIMARY,
                Kind.HUNG,
                standby,
                lasting,
                Scene.Failover.NONE,
                true,
                false,
                Rules.Mode.AUTOMATIC,
                false,
                true)
            .picture(state);
    return new Picture(
        picture.state(),
        picture.verdicts(),
        picture.carrier(),
        picture.now(),
        picture.clock(),
        Set.of(),
        Map.of(),
        votes,
        Set.of(Offices.STANDBY));
  }
}
