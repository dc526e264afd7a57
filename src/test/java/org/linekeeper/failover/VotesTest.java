package org.linekeeper.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.linekeeper.estate.Offices;
import org.linekeeper.estate.PbxId;
import org.linekeeper.estate.Rules;
import org.linekeeper.verdict.Verdict;
import org.linekeeper.verdict.Verdict.Kind;

/** Three see more than one: who is wrong alone moves nothing, and who is right is not held up. */
class VotesTest {
  private Kind primary = Kind.HUNG;
  private Kind standby = Kind.HEALTHY;
  private Duration lasting = Duration.ofSeconds(1);

  @Test
  void whatAnotherOneSeesTooIsDoneAndRecorded() {
    Decision decision = decided(vote("w2", Kind.HUNG, Kind.HEALTHY));
    assertThat(decision.kind()).isEqualTo(Decision.Kind.FAIL_OVER);
    assertThat(decision.permission()).isEqualTo(Decision.Permission.DO);
    assertThat(decision.reason()).contains("w2 sees primary: hung");
  }

  @Test
  void theyNeedNotNameItAlike() {
    assertThat(decided(vote("w2", Kind.PROCESS_GONE, Kind.HEALTHY)).kind())
        .isEqualTo(Decision.Kind.FAIL_OVER);
  }

  @Test
  void proofNeedsNoVotes() {
    primary = Kind.PROCESS_GONE;
    assertThat(decided(vote("w2", Kind.INCONCLUSIVE, Kind.HEALTHY)).kind())
        .isEqualTo(Decision.Kind.FAIL_OVER);
    Decision atOnce = decided(Vote.unheard("w2", now()));
    assertThat(atOnce.kind()).isEqualTo(Decision.Kind.FAIL_OVER);
    assertThat(atOnce.reason()).as("nobody has waited for it").doesNotContain("w2");
  }

  @Test
  void whileTheOthersAreBeingAskedNothingIsSaid() {
    lasting = Duration.ofMillis(20);
    Decision decision = decided(Vote.asked("w2", now()), Vote.asked("w3", now()));
    assertThat(decision.kind()).isEqualTo(Decision.Kind.REST);
    assertThat(decision.reason()).contains("the other watchers are being asked");
    lasting = Duration.ofSeconds(1);
    Decision later = decided(Vote.asked("w2", now()), Vote.unheard("w3", now()));
    assertThat(later.kind()).isEqualTo(Decision.Kind.HOLD);
    assertThat(later.reason()).contains("w2 has not answered yet", "w3 did not answer");
  }

  @Test
  void whoIsNotUnderstoodIsNotGoneOnWithout() {
    lasting = Duration.ofSeconds(10);
    Decision decision = decided(Vote.notUnderstood("w2", now()));
    assertThat(decision.kind()).isEqualTo(Decision.Kind.HOLD);
    assertThat(decision.reason()).contains("w2 answers in words of another release");
  }

  @Test
  void whoIsAloneWithItWaits() {
    Decision decision =
        decided(vote("w2", Kind.HEALTHY, Kind.HEALTHY), vote("w3", Kind.HEALTHY, Kind.HEALTHY));
    assertThat(decision.kind()).isEqualTo(Decision.Kind.HOLD);
    assertThat(decision.reason())
        .contains(
            "the watchers do not agree; w2 sees primary: healthy", "w3 sees primary: healthy");
  }

  @Test
  void oneAgainstOneIsNoMajority() {
    assertThat(decided(vote("w2", Kind.INCONCLUSIVE, Kind.HEALTHY)).kind())
        .isEqualTo(Decision.Kind.HOLD);
  }

  @Test
  void twoOfThreeAre() {
    Decision decision =
        decided(vote("w2", Kind.HEALTHY, Kind.HEALTHY), vote("w3", Kind.HUNG, Kind.HEALTHY));
    assertThat(decision.kind()).isEqualTo(Decision.Kind.FAIL_OVER);
    assertThat(decision.reason()).contains("w2 sees primary: healthy", "w3 sees primary: hung");
  }

  @Test
  void whatStaysSoIsForAPersonToSay() {
    lasting = Duration.ofSeconds(15);
    Decision decision = decided(vote("w2", Kind.HEALTHY, Kind.HEALTHY));
    assertThat(decision.kind()).isEqualTo(Decision.Kind.FAIL_OVER);
    assertThat(decision.permission()).isEqualTo(Decision.Permission.ASK);
  }

  @Test
  void whoIsCutOffSeesNothing() {
    Decision decision = decided(cutOff("w2"), vote("w3", Kind.HUNG, Kind.HEALTHY));
    assertThat(decision.kind()).isEqualTo(Decision.Kind.FAIL_OVER);
    assertThat(decision.reason()).contains("w2 is cut off itself and sees nothing");
    assertThat(decided(cutOff("w2"), vote("w3", Kind.HEALTHY, Kind.HEALTHY)).kind())
        .isEqualTo(Decision.Kind.HOLD);
  }

  /** A cut cable to the PBX, and lost packets to whoever sees that it serves. */
  @Test
  void whoHearsNobodyWaitsForSomebody() {
    Decision decision = decided(Vote.unheard("w2", now()), Vote.unheard("w3", now()));
    assertThat(decision.kind()).isEqualTo(Decision.Kind.HOLD);
    assertThat(decision.reason())
        .contains("no other watcher can say what it sees; w2 did not answer, w3 did not answer");
    assertThat(decided(cutOff("w2"), cutOff("w3")).kind()).isEqualTo(Decision.Kind.HOLD);
  }

  /** One of them lives, or nothing could be decided: a question that hangs costs no more calls. */
  @Test
  void butNotForEver() {
    lasting = Duration.ofSeconds(5);
    Vote unheard = Vote.unheard("w2", now().minusSeconds(5));
    Decision decision = decided(unheard, cutOff("w3"));
    assertThat(decision.kind()).isEqualTo(Decision.Kind.FAIL_OVER);
    assertThat(decision.permission()).isEqualTo(Decision.Permission.DO);
    assertThat(decision.reason())
        .contains("w2 did not answer", "w3 is cut off itself and sees nothing");
  }

  /**
   * The cable stays cut, and the one who has said all the time that the PBX serves is late once.
   */
  @Test
  void whoeverWasHeardAMomentAgoIsNotForgotten() {
    lasting = Duration.ofSeconds(10);
    Vote late = Vote.unheard("w2", now().minusMillis(4_900));
    assertThat(decided(late, cutOff("w3")).kind()).isEqualTo(Decision.Kind.HOLD);
  }

  @Test
  void whatWasSaidLongAgoDoesNotCount() {
    Vote old = vote("w2", Kind.HEALTHY, Kind.HEALTHY);
    Vote older =
        new Vote(
            "w2",
            old.kinds(),
            old.evidence(),
            Vote.Sight.SEES,
            true,
            old.at().minus(Duration.ofMillis(1001)));
    assertThat(decided(older, vote("w3", Kind.HUNG, Kind.HEALTHY)).kind())
        .isEqualTo(Decision.Kind.FAIL_OVER);
    assertThat(decided(older).kind()).as("nobody else").isEqualTo(Decision.Kind.HOLD);
  }

  @Test
  void whoSeesTheOtherPbxDeadIsNotForMovingThere() {
    assertThat(decided(vote("w2", Kind.HUNG, Kind.HUNG)).kind()).isEqualTo(Decision.Kind.HOLD);
  }

  /** It registers when it is promoted. */
  @Test
  void aStandbyThatIsNotRegisteredIsOneToMoveTo() {
    standby = Kind.TRUNK_DOWN;
    assertThat(decided(vote("w2", Kind.HUNG, Kind.TRUNK_DOWN)).kind())
        .isEqualTo(Decision.Kind.FAIL_OVER);
  }

  @Test
  void oneThatDoesNotSeeTheOtherPbxAtAllCannotKnow() {
    assertThat(decided(vote("w2", Kind.HUNG, Kind.WATCHER_PATH_LOST)).kind())
        .isEqualTo(Decision.Kind.FAIL_OVER);
  }

  @Test
  void anotherOnesEyesAreEnoughToSendNumbersToMobiles() {
    standby = Kind.HOST_UNREACHABLE;
    lasting = Duration.ofSeconds(60);
    Decision both = decided(vote("w2", Kind.HOST_UNREACHABLE, Kind.HOST_UNREACHABLE));
    assertThat(both.kind()).isEqualTo(Decision.Kind.BEGIN_EMERGENCY);
    assertThat(both.permission()).isEqualTo(Decision.Permission.DO);

    assertThat(decided().permission()).as("one alone").isEqualTo(Decision.Permission.ASK);
    assertThat(decided(cutOff("w2")).permission())
        .as("one that is cut off")
        .isEqualTo(Decision.Permission.ASK);
    assertThat(decided(vote("w2", Kind.HEALTHY, Kind.HOST_UNREACHABLE)).permission())
        .as("one that sees the primary")
        .isEqualTo(Decision.Permission.ASK);
  }

  private Decision decided(Vote... votes) {
    Picture alone = scene().picture();
    return Decider.decide(
        new Picture(
            alone.state(),
            alone.verdicts(),
            alone.carrier(),
            alone.now(),
            alone.clock(),
            Set.of(),
            Map.of(),
            List.of(votes),
            Set.of()));
  }

  private Scene scene() {
    return new Scene(
        Scene.Phones.PRIMARY,
        primary,
        standby,
        lasting,
        Scene.Failover.NONE,
        true,
        false,
        Rules.Mode.AUTOMATIC,
        false,
        true);
  }

  private Vote vote(String watcher, Kind primary, Kind standby) {
    return new Vote(
        watcher,
        Map.of(Offices.PRIMARY, primary, Offices.STANDBY, standby),
        Map.of(
            Offices.PRIMARY, sentence(Offices.PRIMARY, primary),
            Offices.STANDBY, sentence(Offices.STANDBY, standby)),
        Vote.Sight.SEES,
        true,
        now());
  }

  private Duration now() {
    return scene().picture().clock();
  }

  private Vote cutOff(String watcher) {
    Vote sees = vote(watcher, Kind.HEALTHY, Kind.HOST_UNREACHABLE);
    return new Vote(
        watcher, sees.kinds(), sees.evidence(), Vote.Sight.CUT_OFF, false, now().minusSeconds(9));
  }

  private static String sentence(PbxId pbx, Kind kind) {
    return new Verdict(pbx, kind, "so it seems", Duration.ZERO).sentence();
  }
}
