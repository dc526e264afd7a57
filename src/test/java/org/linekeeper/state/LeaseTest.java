package org.linekeeper.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.linekeeper.estate.PbxId;

/** On whose host the address may be: the log decides, and each waits by what it saw of it. */
class LeaseTest {
  private static final PbxId PRIMARY = new PbxId("primary");
  private static final PbxId STANDBY = new PbxId("standby");
  private static final Duration TENURE = Duration.ofMillis(1200);

  private Optional<Lease> lease = Optional.of(Lease.first(PRIMARY));
  private LeaseWatch seen = LeaseWatch.beginning(at(0));

  private static Duration at(long millis) {
    return Duration.ofMillis(millis);
  }

  private void then(Lease after, long millis) {
    seen = seen.saw(lease, Optional.of(after), at(millis));
    lease = Optional.of(after);
  }

  private Lease now() {
    return lease.orElseThrow();
  }

  @Test
  void ofTwoWhoPassItOnOnlyTheFirstDoes() {
    then(now().passed(1, STANDBY), 100);
    assertThat(now().passed(1, PRIMARY)).isEqualTo(now());
    assertThat(now().holder()).isEqualTo(STANDBY);
    assertThat(now().number()).isEqualTo(2);
  }

  @Test
  void aRenewalOfALeaseThatWasPassedOnCountsForNothing() {
    then(now().renewed(1, "a1", true, false), 100);
    then(now().passed(1, STANDBY), 200);
    assertThat(now().renewed(1, "a2", true, false)).isEqualTo(now());
  }

  @Test
  void whoeverTakesItWaitsFromTheLastRenewalThatCountedAndNotFromThePassing() {
    then(now().renewed(1, "a1", true, false), 5_000);
    then(now().passed(1, STANDBY), 6_000);
    assertThat(seen.mayTake(now(), TENURE, at(6_199))).isFalse();
    assertThat(seen.mayTake(now(), TENURE, at(6_200))).isTrue();
  }

  @Test
  void whatWasToBeKeptAndWasLetGoOfInsteadIsNotWaitedForLonger() {
    then(now().renewed(1, "a1", true, false), 5_000);
    then(now().kept(1, "a", Duration.ofSeconds(30)), 5_100);
    then(now().freed(1, PRIMARY, "a1"), 6_000);
    assertThat(seen.counted()).isEqualTo(at(6_000));
    then(now().passed(1, PRIMARY), 6_100);
    then(now().passed(2, STANDBY), 7_300);
    assertThat(seen.mayTake(now(), TENURE, at(7_300))).isTrue();
  }

  @Test
  void itsOwnRenewalsDoNotMakeItWaitLonger() {
    then(now().renewed(1, "a1", true, false), 5_000);
    then(now().passed(1, STANDBY), 6_000);
    then(now().renewed(2, "b1", false, false), 6_100);
    assertThat(seen.mayTake(now(), TENURE, at(6_200))).isTrue();
  }

  @Test
  void nobodyWaitsForAHostThatHasLetGo() {
    then(now().renewed(1, "a1", true, false), 5_000);
    then(now().freed(1, PRIMARY, "a1"), 5_050);
    assertThat(now().renewed(1, "a2", true, false)).isEqualTo(now());
    then(now().passed(1, STANDBY), 5_100);
    assertThat(seen.mayTake(now(), TENURE, at(5_101))).isTrue();
  }

  @Test
  void itMayLetGoAfterThePassingToo() {
    then(now().renewed(1, "a1", true, false), 5_000);
    then(now().passed(1, STANDBY), 5_100);
    then(now().freed(1, PRIMARY, "a1"), 5_200);
    assertThat(seen.mayTake(now(), TENURE, at(5_201))).isTrue();
  }

  @Test
  void whatWasRenewedSinceIsNotFreed() {
    then(now().renewed(1, "a1", true, false), 5_000);
    then(now().renewed(1, "later-life-1", false, false), 5_040);
    assertThat(now().freed(1, PRIMARY, "a1")).as("it comes late").isEqualTo(now());
    then(now().passed(1, STANDBY), 5_100);
    assertThat(now().freed(1, PRIMARY, "a1")).as("or later still").isEqualTo(now());
    assertThat(seen.mayTake(now(), TENURE, at(5_101))).isFalse();
    then(now().freed(1, PRIMARY, "later-life-1"), 5_110);
    assertThat(seen.mayTake(now(), TENURE, at(5_111))).isTrue();
  }

  @Test
  void whoNeverTookItAndLetsGoDoesNotFreeItForTheOneBefore() {
    then(now().renewed(1, "a1", true, false), 5_000);
    then(now().passed(1, STANDBY), 5_100);
    then(now().freed(2, STANDBY, ""), 5_150);
    then(now().passed(2, new PbxId("third")), 5_200);
    assertThat(seen.mayTake(now(), TENURE, at(5_201))).isFalse();
    assertThat(seen.mayTake(now(), TENURE, at(6_200))).isTrue();
  }

  @Test
  void whoNeverTookItAndLetsGoLaterDoesNotFreeItForTheOneBeforeEither() {
    then(now().renewed(1, "a1", true, false), 5_000);
    then(now().passed(1, STANDBY), 5_100);
    then(now().passed(2, new PbxId("third")), 5_200);
    then(now().freed(2, STANDBY, ""), 5_250);
    assertThat(seen.mayTake(now(), TENURE, at(5_251))).isFalse();
  }

  @Test
  void whoHasTakenItHasWaitedForTheOneBefore() {
    then(now().renewed(1, "a1", true, false), 5_000);
    then(now().passed(1, STANDBY), 5_100);
    then(now().renewed(2, "b1", true, false), 6_300);
    then(now().freed(2, STANDBY, "b1"), 6_350);
    then(now().passed(2, PRIMARY), 6_400);
    assertThat(seen.mayTake(now(), TENURE, at(6_401))).isTrue();
  }

  @Test
  void aWatcherThatHasJustBegunTakesItThatTheHolderRenewedAMomentAgo() {
    then(now().renewed(1, "a1", true, false), 5_000);
    seen = LeaseWatch.beginning(at(9_000));
    then(now().passed(1, STANDBY), 9_100);
    assertThat(seen.mayTake(now(), TENURE, at(10_199))).isFalse();
    assertThat(seen.mayTake(now(), TENURE, at(10_200))).isTrue();
  }

  @Test
  void whatIsLeftToAHostIsWaitedForAsLong() {
    then(now().renewed(1, "a.1-1", true, false), 5_000);
    then(now().kept(1, "a.1", Duration.ofSeconds(30)), 5_100);
    then(now().renewed(1, "a.1-2", true, false), 5_110);
    then(now().passed(1, STANDBY), 6_000);
    assertThat(seen.mayTake(now(), TENURE, at(5_100 + 30_300 + 1_199))).isFalse();
    assertThat(seen.mayTake(now(), TENURE, at(5_100 + 30_300 + 1_200))).isTrue();
  }

  @Test
  void onceTheNextLifeOfItsWatcherHasToldTheKernelAnewItIsAsBefore() {
    then(now().renewed(1, "a.1-1", true, false), 5_000);
    then(now().kept(1, "a.1", Duration.ofSeconds(30)), 5_100);
    then(now().renewed(1, "a.2-1", false, false), 10_000);
    assertThat(now().kept()).isPresent();
    then(now().renewed(1, "a.2-2", true, false), 10_200);
    assertThat(now().kept()).isEmpty();
    then(now().passed(1, STANDBY), 10_300);
    assertThat(seen.mayTake(now(), TENURE, at(11_399))).isFalse();
    assertThat(seen.mayTake(now(), TENURE, at(11_400))).isTrue();
  }

  @Test
  void whatWasLeftToAHostIsWaitedForAlsoByAWatcherThatReadsOfItLater() {
    Duration whole = Duration.ofSeconds(30);
    then(now().renewed(1, "a.1-1", true, false), 5_000);
    then(now().kept(1, "a.1", whole), 5_100);
    seen = LeaseWatch.beginning(lease, at(9_000));
    then(now().passed(1, STANDBY), 9_100);
    assertThat(seen.mayTake(now(), TENURE, at(9_000 + 30_300 + 1_199))).isFalse();
    assertThat(seen.mayTake(now(), TENURE, at(9_000 + 30_300 + 1_200))).isTrue();

    seen = LeaseWatch.beginning(lease, at(10_000));
    assertThat(seen.mayTake(now(), TENURE, at(10_000 + 30_300 + 1_199))).isFalse();
    then(now().passed(2, new PbxId("third")), 10_100);
    seen = LeaseWatch.beginning(lease, at(11_000));
    assertThat(seen.mayTake(now(), TENURE, at(11_000 + 30_300 + 1_199))).isFalse();
    assertThat(seen.mayTake(now(), TENURE, at(11_000 + 30_300 + 1_200))).isTrue();
  }

  @Test
  void aHostThatKeepsItIsWaitedForUntilItHasLetGo() {
    then(now().renewed(1, "a1", true, true), 5_000);
    then(now().passed(1, STANDBY), 5_100);
    assertThat(now().waitsFor(PRIMARY)).isTrue();
    assertThat(seen.mayTake(now(), TENURE, at(3_600_000))).isFalse();
    then(now().freed(1, PRIMARY, "a1"), 3_600_000);
    assertThat(seen.mayTake(now(), TENURE, at(3_600_000))).isTrue();
    then(now().renewed(2, "b1", true, true), 3_600_100);
    then(now().passed(2, PRIMARY), 3_600_200);
    assertThat(now().waitsFor(STANDBY)).isTrue();
  }

  @Test
  void whoCouldNotTakeItMeanwhileIsNotWaitedFor() {
    then(now().renewed(1, "a1", true, true), 5_000);
    then(now().passed(1, STANDBY), 5_100);
    then(now().renewed(2, "b1", false, true), 5_200);
    then(now().passed(2, PRIMARY), 5_300);
    assertThat(now().bound()).containsExactly(PRIMARY);
    assertThat(now().stays()).as("it has it still").isTrue();
    assertThat(seen.mayTake(now(), TENURE, at(6_500))).isTrue();
  }

  @Test
  void whoeverIsToldLaterOfALongerWayLetsGoAllTheSame() {
    then(now().renewed(1, "a1", true, true), 5_000);
    then(now().passed(1, STANDBY), 5_100);
    then(now().freed(2, STANDBY, ""), 5_150);
    then(now().passed(2, STANDBY), 5_200);
    assertThat(now().waitsFor(PRIMARY)).as("it was neither told nor is it the one before").isTrue();
    assertThat(now().freed(1, PRIMARY, "a1")).as("before it knew of that").isEqualTo(now());
    then(now().freed(2, PRIMARY, ""), 9_000);
    assertThat(now().boundElsewhere()).isFalse();
    assertThat(now().freed(2, STANDBY, "")).as("the holder goes on").isEqualTo(now());
  }

  @Test
  void thatAHostKeepsItCountsFromARenewalOnAndThatItDoesNotFromTheNextLease() {
    then(now().renewed(1, "a1", true, false), 5_000);
    assertThat(now().keeps()).isFalse();
    then(now().renewed(1, "a2", true, true), 5_200);
    then(now().renewed(1, "a3", true, false), 5_400);
    assertThat(now().keeps()).isTrue();
    then(now().passed(1, STANDBY), 5_500);
    assertThat(now().keeps()).isFalse();
    assertThat(now().waitsFor(PRIMARY)).isTrue();
  }

  @Test
  void ofARenewalThatComesAfterALaterOneNothingIsMade() {
    then(now().renewed(1, "a.1-10", true, false), 5_000);
    assertThat(now().renewed(1, "a.1-9", false, false)).isEqualTo(now());
    assertThat(now().renewed(1, "a.2-1", false, false).renewal()).isEqualTo("a.2-1");
  }

  @Test
  void theLogGoesOnWithoutABreakWhileSomethingComesTwiceASecond() {
    seen = LeaseWatch.beginning(at(0)).came(at(500)).came(at(1_000));
    assertThat(seen.silent(at(900), at(1_000))).isTrue();
    assertThat(seen.silent(at(900), at(1_501))).as("nothing comes").isFalse();
    seen = seen.came(at(1_501));
    assertThat(seen.silent(at(900), at(1_501))).as("it has just gone on").isFalse();
    assertThat(seen.came(at(2_000)).came(at(2_402)).silent(at(900), at(2_402))).isTrue();
  }
}
