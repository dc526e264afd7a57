package org.linekeeper.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.Movings;
import org.linekeeper.estate.Offices;
import org.linekeeper.estate.Pbx;
import org.linekeeper.estate.Rules;
import org.linekeeper.state.Actor;
import org.linekeeper.state.Entry;
import org.linekeeper.state.State;
import org.linekeeper.verdict.Verdict.Kind;

/**
 * The standby is well, and the watcher beside it is not: the floating address cannot come there.
 */
class StrandedTest {
  private Duration lasting = Duration.ofSeconds(1);
  private Kind standby = Kind.HEALTHY;

  @Test
  void aPersonSaysWhetherWhatComesByTheCarriersRowsIsMovedAllTheSame() {
    assertThat(decided(Offices.accountants()).kind()).isEqualTo(Decision.Kind.HOLD);
    lasting = Duration.ofSeconds(15);
    Decision decision = decided(Offices.accountants());
    assertThat(decision.kind()).isEqualTo(Decision.Kind.FAIL_OVER);
    assertThat(decision.permission()).isEqualTo(Decision.Permission.ASK);
    assertThat(decision.to()).contains(Offices.STANDBY);
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
    return Decider.decide(
        new Picture(
            picture.state(),
            picture.verdicts(),
            picture.carrier(),
            picture.now(),
            picture.clock(),
            Set.of(),
            Map.of(),
            List.of(),
            Set.of(Offices.STANDBY)));
  }
}
