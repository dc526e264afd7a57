package org.linekeeper.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.linekeeper.estate.Offices;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.estate.Selection;
import org.linekeeper.estate.Target;
import org.linekeeper.state.Actor;
import org.linekeeper.state.Diversion;
import org.linekeeper.state.Entry;
import org.linekeeper.state.Epoch;
import org.linekeeper.state.NumberImage;
import org.linekeeper.state.Outcome;
import org.linekeeper.state.Plan;
import org.linekeeper.state.State;
import org.linekeeper.state.Step;

/** One office, its wishes, and a carrier that others touch too. */
class ReconcilerTest {
  /** A Monday noon: the schedule moves nothing. */
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  private static final NumberImage AS_FOUND =
      NumberImage.of(Map.of("TrunkSid", "TK1", "VoiceUrl", "", "FriendlyName", "line"));

  private final Reconciler reconciler = new Reconciler(new Images());
  private final Map<PhoneNumber, Found> carrier = new TreeMap<>();
  private State state = State.EMPTY;
  private Instant now = NOON;
  private int plans;

  @BeforeEach
  void openTheOffice() {
    enter(new Entry.SettingsAccepted(now, "w1", "hash", Offices.accountants()));
    for (PhoneNumber number : List.of(Offices.RECEPTION, Offices.SALES, Offices.LIFT)) {
      carrier.put(number, new Found("PN" + number.e164().substring(9), AS_FOUND));
    }
  }

  @Test
  void nothingIsTouchedOnANormalDay() {
    assertThat(difference()).isEqualTo(Difference.NONE);
  }

  @Test
  void divertAllSkipsTheLift() {
    divert("d1", Selection.ALL);
    assertThat(moved()).containsExactly(Offices.RECEPTION, Offices.SALES);
  }

  @Test
  void thereAndBackPutsEveryFieldBack() {
    divert("d1", Selection.of(Offices.SALES));
    carryOut(difference().steps());
    assertThat(carrier.get(Offices.SALES).image().get("TrunkSid")).isEmpty();
    assertThat(difference().steps()).isEmpty();

    enter(new Entry.DiversionEnded(now, "d1", Actor.ITSELF));
    carryOut(difference().steps());
    assertThat(carrier.get(Offices.SALES).image()).isEqualTo(AS_FOUND);
    assertThat(state.moved()).isEmpty();
    assertThat(difference()).isEqualTo(Difference.NONE);
  }

  @Test
  void fromOneMobileToAnotherStillRemembersHowItWasFound() {
    divert("d1", Selection.of(Offices.SALES));
    carryOut(difference().steps());
    now = now.plusSeconds(60);
    enter(began("d2", Selection.of(Offices.SALES), List.of(Target.of(Offices.ALICE))));
    carryOut(difference().steps());
    assertThat(state.moved().get(Offices.SALES).asFound()).isEqualTo(AS_FOUND);
    assertThat(carrier.get(Offices.SALES).image().get("VoiceUrl")).contains(Offices.ALICE.e164());
  }

  @Test
  void aNumberTakenOutOfTheFilesGoesBack() {
    divert("d1", Selection.of(Offices.SALES));
    carryOut(difference().steps());
    var estate = Offices.accountants();
    enter(
        new Entry.SettingsAccepted(
            now,
            "w1",
            "hash2",
            new org.linekeeper.estate.Estate(
                estate.office(),
                estate.pbxs(),
                estate.trunk(),
                List.of(),
                estate.staff(),
                estate.schedule(),
                estate.targets(),
                estate.rules())));
    carryOut(difference().steps());
    assertThat(carrier.get(Offices.SALES).image()).isEqualTo(AS_FOUND);
  }

  @Test
  void somebodyElsesChangeIsShownAndNotFoughtOver() {
    divert("d1", Selection.of(Offices.SALES));
    carryOut(difference().steps());
    now = now.plus(Duration.ofMinutes(5));
    carrier.put(
        Offices.SALES,
        new Found("PN2", AS_FOUND.with(Map.of("TrunkSid", "", "VoiceUrl", "https://other"))));
    assertThat(difference().steps()).isEmpty();
    assertThat(difference().drifts()).containsOnlyKeys(Offices.SALES);

    Optional<Step> repair =
        reconciler.repair(
            state,
            Optional.of(Routing.wanted(state, now).get(Offices.SALES)),
            Offices.SALES,
            carrier.get(Offices.SALES));
    carryOut(List.of(repair.orElseThrow()));
    assertThat(difference()).isEqualTo(Difference.NONE);
  }

  @Test
  void aClockThatIsSetBackSuspendsNoWishAndFightsNobody() {
    divert("d1", Selection.of(Offices.SALES));
    carryOut(difference().steps());
    now = now.minus(Duration.ofHours(1));
    assertThat(difference()).isEqualTo(Difference.NONE);
    carrier.put(Offices.SALES, new Found("PN2", AS_FOUND.with(Map.of("TrunkSid", "TK2"))));
    assertThat(difference().steps()).isEmpty();
    assertThat(difference().drifts()).containsOnlyKeys(Offices.SALES);
  }

  @Test
  void theAddressFor999ThatSomebodyEnteredMeanwhileStays() {
    divert("d1", Selection.of(Offices.SALES));
    carryOut(difference().steps());
    Found moved = carrier.get(Offices.SALES);
    NumberImage addressed = moved.image().with(Map.of("EmergencyAddressSid", "AD1"));
    carrier.put(Offices.SALES, new Found(moved.sid(), addressed));
    assertThat(difference()).as("not Linekeeper's affair").isEqualTo(Difference.NONE);
    assertThat(
            reconciler.changedByOthers(
                state.moved().get(Offices.SALES), carrier.get(Offices.SALES)))
        .containsExactly("EmergencyAddressSid");

    enter(began("d2", Selection.of(Offices.SALES), List.of(Target.of(Offices.ALICE))));
    carryOut(difference().steps());
    assertThat(carrier.get(Offices.SALES).image().get("EmergencyAddressSid")).isEqualTo("AD1");
    enter(new Entry.DiversionEnded(now, "d2", Actor.ITSELF));
    enter(new Entry.DiversionEnded(now, "d1", Actor.ITSELF));
    carryOut(difference().steps());
    assertThat(carrier.get(Offices.SALES).image())
        .isEqualTo(AS_FOUND.with(Map.of("EmergencyAddressSid", "AD1")));
  }

  @Test
  void aReturnThatWasNotAnsweredIsFinishedWithEveryFieldThatWasMoved() {
    divert("d1", Selection.of(Offices.SALES));
    carryOut(difference().steps());
    enter(new Entry.DiversionEnded(now, "d1", Actor.ITSELF));
    intend(difference().steps(), Outcome.unknown("time-out"));
    carryOut(difference().steps());
    assertThat(carrier.get(Offices.SALES).image()).isEqualTo(AS_FOUND);
    assertThat(state.moved()).isEmpty();
  }

  @Test
  void aLateRequestOfOurOwnThatLandsIsMendedNotCalledDrift() {
    divert("d1", Selection.of(Offices.SALES));
    carryOut(difference().steps());
    now = now.plusSeconds(30);
    carrier.put(Offices.SALES, new Found("PN2", AS_FOUND));
    assertThat(moved()).containsExactly(Offices.SALES);
  }

  @Test
  void aLateRequestThatDivertsANumberAlreadyReturnedIsUndone() {
    NumberImage diverted = thereAndBack();
    carrier.put(Offices.SALES, new Found("PN2", diverted));
    carryOut(difference().steps());
    assertThat(carrier.get(Offices.SALES).image()).isEqualTo(AS_FOUND);
    assertThat(state.moved()).isEmpty();
    assertThat(difference()).isEqualTo(Difference.NONE);
  }

  @Test
  void divertedAnewAfterALateRequestItStillGoesBackToHowItWasFound() {
    NumberImage diverted = thereAndBack();
    carrier.put(Offices.SALES, new Found("PN2", diverted));
    divert("d2", Selection.of(Offices.SALES));
    carryOut(difference().steps());
    assertThat(carrier.get(Offices.SALES).image()).isEqualTo(diverted);
    assertThat(state.moved().get(Offices.SALES).asFound()).isEqualTo(AS_FOUND);
  }

  @Test
  void whatOthersDoToANumberJustReturnedIsTheirAffair() {
    thereAndBack();
    carrier.put(Offices.SALES, new Found("PN2", AS_FOUND.with(Map.of("TrunkSid", "TK2"))));
    assertThat(difference()).isEqualTo(Difference.NONE);
  }

  @Test
  void aReturnedNumberIsForgottenOnceNoRequestCanBeLate() {
    NumberImage diverted = thereAndBack();
    now = now.plus(Duration.ofMinutes(3));
    carrier.put(Offices.SALES, new Found("PN2", diverted));
    assertThat(difference()).isEqualTo(Difference.NONE);
    divert("d3", Selection.of(Offices.RECEPTION));
    carryOut(difference().steps());
    assertThat(state.returned()).isEmpty();
  }

  /** What the number was while it was diverted. */
  private NumberImage thereAndBack() {
    divert("d1", Selection.of(Offices.SALES));
    carryOut(difference().steps());
    NumberImage diverted = carrier.get(Offices.SALES).image();
    enter(new Entry.DiversionEnded(now, "d1", Actor.ITSELF));
    carryOut(difference().steps());
    return diverted;
  }

  @Test
  void anUnknownOutcomeIsTriedAgain() {
    divert("d1", Selection.of(Offices.SALES));
    intend(difference().steps(), Outcome.unknown("time-out"));
    now = now.plus(Duration.ofMinutes(5));
    assertThat(moved()).containsExactly(Offices.SALES);
  }

  @Test
  void aNumberThatTheAccountDoesNotHaveIsSaid() {
    carrier.remove(Offices.SALES);
    divert("d1", Selection.of(Offices.SALES));
    assertThat(difference().drifts().get(Offices.SALES)).contains("does not have this number");
  }

  @Test
  void divertedByOthersAlreadyIsNotTakenForOurs() {
    divert("d1", Selection.of(Offices.SALES));
    Step step = difference().steps().get(0);
    carrier.put(Offices.SALES, new Found("PN2", ((Step.RouteNumber) step).want()));
    assertThat(difference().steps()).isEmpty();
    assertThat(difference().drifts()).containsOnlyKeys(Offices.SALES);
  }

  private void divert(String id, Selection what) {
    enter(began(id, what, List.of()));
  }

  private Entry began(String id, Selection what, List<Target> to) {
    return new Entry.DiversionBegan(
        now,
        new Diversion(
            id, what, Diversion.Route.MOBILES, to, Actor.ITSELF, "test", now, Optional.empty()));
  }

  private List<PhoneNumber> moved() {
    return difference().steps().stream().map(s -> ((Step.RouteNumber) s).number()).toList();
  }

  private Difference difference() {
    return reconciler.difference(state, Routing.wanted(state, now), carrier, now);
  }

  private void carryOut(List<Step> steps) {
    assertThat(steps).isNotEmpty();
    steps.forEach(
        step -> {
          Step.RouteNumber route = (Step.RouteNumber) step;
          carrier.put(route.number(), new Found(route.sid(), route.want()));
        });
    intend(steps, Outcome.applied("done"));
  }

  private void intend(List<Step> steps, Outcome outcome) {
    String id = "p" + ++plans;
    enter(
        new Entry.Intended(
            now,
            new org.linekeeper.state.Plan(
                id,
                Epoch.NONE,
                Plan.Kind.REDIRECT,
                "why",
                now,
                Optional.empty(),
                Optional.empty(),
                steps)));
    Map<Integer, Outcome> outcomes = new TreeMap<>();
    for (int i = 0; i < steps.size(); i++) {
      outcomes.put(i, outcome);
    }
    enter(Entry.Done.of(now, id, outcomes));
  }

  private void enter(Entry entry) {
    state = State.evolve(state, entry);
  }

  /** A carrier with two routing fields. */
  private static final class Images implements RouteImages {
    @Override
    public NumberImage diverted(
        NumberImage image, List<PhoneNumber> rings, Optional<PhoneNumber> callerId) {
      return image.with(Map.of("TrunkSid", "", "VoiceUrl", "https://mobiles/" + rings));
    }

    @Override
    public NumberImage withRoute(NumberImage image, NumberImage route) {
      return image.with(
          Map.of("TrunkSid", route.get("TrunkSid"), "VoiceUrl", route.get("VoiceUrl")));
    }

    @Override
    public boolean diverts(NumberImage image) {
      return image.get("VoiceUrl").startsWith("https://mobiles/");
    }

    @Override
    public boolean sameRoute(NumberImage one, NumberImage other) {
      return one.get("TrunkSid").equals(other.get("TrunkSid"))
          && one.get("VoiceUrl").equals(other.get("VoiceUrl"));
    }
  }
}
