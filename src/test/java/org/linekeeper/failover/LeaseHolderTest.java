package org.linekeeper.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.linekeeper.estate.Offices;
import org.linekeeper.estate.PbxId;
import org.linekeeper.failover.LeaseHolder.Act;
import org.linekeeper.state.Counted;
import org.linekeeper.state.Entry;
import org.linekeeper.state.Epoch;
import org.linekeeper.state.Lease;
import org.linekeeper.state.LeaseSeen;
import org.linekeeper.state.LeaseWatch;
import org.linekeeper.state.Leases;

/** The watcher on the standby's host: what it does about the address, and what it never does. */
class LeaseHolderTest {
  private static final LeaseTimes TIMES = LeaseTimes.SHIPPED;

  private Lease lease = Lease.first(Offices.PRIMARY);
  private LeaseWatch watch = LeaseWatch.beginning(at(0));
  private LeaseHolder holder;
  private long armed;

  @BeforeEach
  void begin() {
    holder = new LeaseHolder(Offices.STANDBY, "w2.1", TIMES, at(10_000));
  }

  private static Duration at(long millis) {
    return Duration.ofMillis(millis);
  }

  private List<Act> turn(long millis) {
    return holder.turn(new LeaseSeen(lease, watch), false, at(millis));
  }

  private void committed(Entry entry, long millis) {
    Lease after = Leases.after(lease, entry);
    watch = watch.saw(Optional.of(lease), Optional.of(after), at(millis));
    lease = after;
  }

  private void passed(long millis) {
    committed(
        new Entry.LeasePassed(Instant.EPOCH, new Epoch(1), lease.number(), Offices.STANDBY),
        millis);
  }

  private void renewed(Act.Renew renewal, long millis) {
    committed(
        new Entry.LeaseRenewed(Instant.EPOCH, renewal.lease(), renewal.name(), renewal.taken()),
        millis);
  }

  private Act.Renew asked(List<Act> acts) {
    return acts.stream()
        .filter(Act.Renew.class::isInstance)
        .map(Act.Renew.class::cast)
        .findFirst()
        .orElseThrow();
  }

  /** By the host that had it last or has it, after the latest renewal. */
  private Entry freed(long number) {
    String last =
        number == lease.number() ? lease.renewal() : lease.before().orElseThrow().renewal();
    PbxId pbx = number == lease.number() ? lease.holder() : lease.before().orElseThrow().pbx();
    return new Entry.LeaseFreed(Instant.EPOCH, number, pbx, last, "let go");
  }

  private void letGo(Duration begun, boolean gone, boolean quiet) {
    holder.letGo(new Act.LetGo(armed), begun, gone, quiet);
  }

  private static Act.Arm arm(long lease, Duration until) {
    return new Act.Arm(lease, until, until);
  }

  private static boolean arms(List<Act> acts) {
    return acts.stream().anyMatch(Act.Arm.class::isInstance);
  }

  @Test
  void whoDoesNotHaveTheLeaseLetsGoUntilTheHostIsKnownToBeWithoutIt() {
    assertThat(turn(10_000)).containsExactly(new Act.LetGo(armed));
    letGo(at(10_000), true, true);
    assertThat(turn(10_100)).as("an earlier life's program may come late").isNotEmpty();
    letGo(at(10_900), true, true);
    assertThat(turn(10_950)).as("also what it told when it ended").isNotEmpty();
    letGo(at(11_000), true, true);
    assertThat(turn(11_050)).isEmpty();
  }

  @Test
  void itIsTakenWhenARenewalCountsAndTheTenureOfTheOneBeforeHasPassed() {
    renewed(new Act.Renew(1, "w1.1-7", true), 20_000);
    passed(20_900);
    Act.Renew first = asked(turn(20_900));
    renewed(first, 20_910);
    assertThat(turn(20_920)).as("the primary may have it until 21.061").isEmpty();
    assertThat(turn(21_060)).isEmpty();
    Act.Arm taken = arm(2, at(20_900 + 1_000));
    assertThat(turn(21_061)).containsExactly(taken);
    holder.armed(taken);
    assertThat(turn(21_129)).isEmpty();
    assertThat(asked(turn(21_130)).taken()).isTrue();
  }

  @Test
  void itIsTakenAtOnceFromOneThatHasLetGo() {
    renewed(new Act.Renew(1, "w1.1-7", true), 20_000);
    committed(freed(1), 20_100);
    passed(20_110);
    renewed(asked(turn(20_110)), 20_115);
    assertThat(turn(20_120)).contains(arm(2, at(20_110 + 1_000)));
  }

  @Test
  void aRenewalIsActedOnOnce() {
    holds();
    assertThat(arms(turn(30_040))).isFalse();
  }

  /** Since 30.020, by a renewal that was asked for at 30.000. */
  private void holds() {
    committed(freed(1), 29_000);
    passed(30_000);
    renewed(asked(turn(30_000)), 30_010);
    assertThat(turn(30_020)).containsExactly(arm(2, at(31_000)));
    holder.armed(arm(2, at(31_000)));
    armed = 1;
  }

  @Test
  void aRenewalThatCountsTooLateIsNotActedOn() {
    holds();
    Act.Renew late = asked(turn(30_230));
    assertThat(late.taken()).isTrue();
    renewed(late, 31_230);
    assertThat(arms(turn(31_230))).isFalse();
  }

  @Test
  void whoHoldsItRenewsFourTimesASecond() {
    holds();
    assertThat(turn(30_229)).isEmpty();
    assertThat(asked(turn(30_230)).name()).isEqualTo("w2.1-2");
    assertThat(turn(30_300)).isEmpty();
    assertThat(asked(turn(30_460)).name()).isEqualTo("w2.1-3");
  }

  @Test
  void whoLosesItLetsGoAndSaysSo() {
    holds();
    committed(new Entry.LeasePassed(Instant.EPOCH, new Epoch(1), 2, Offices.PRIMARY), 40_000);
    assertThat(turn(40_010)).containsExactly(new Act.LetGo(armed));
    letGo(at(40_010), false, true);
    assertThat(turn(40_030)).as("not at once again").isEmpty();
    assertThat(turn(40_060)).containsExactly(new Act.LetGo(armed));
    letGo(at(40_060), true, true);
    assertThat(turn(40_080)).containsExactly(new Act.SayFreed(2, "w2.1-1"));
    assertThat(turn(40_100)).as("it is on its way").isEmpty();
    assertThat(turn(41_080)).as("or was lost").containsExactly(new Act.SayFreed(2, "w2.1-1"));
    committed(freed(2), 41_090);
    assertThat(turn(43_000)).isEmpty();
  }

  @Test
  void whatItHadByAnEarlierLeaseIsNotTakenByTheNewOne() {
    holds();
    committed(new Entry.LeasePassed(Instant.EPOCH, new Epoch(1), 2, Offices.PRIMARY), 30_100);
    committed(new Entry.LeasePassed(Instant.EPOCH, new Epoch(1), 3, Offices.STANDBY), 30_110);
    assertThat(asked(turn(30_240)).taken()).isFalse();
  }

  @Test
  void aProgramThatHangsIsWaitedFor() {
    holds();
    committed(new Entry.LeasePassed(Instant.EPOCH, new Epoch(1), 2, Offices.PRIMARY), 30_050);
    assertThat(turn(30_060)).containsExactly(new Act.LetGo(armed));
    letGo(at(30_060), true, false);
    assertThat(turn(30_110))
        .as("it may still take it, until 31.000")
        .containsExactly(new Act.LetGo(armed));
    letGo(at(30_110), true, false);
    assertThat(turn(31_010)).containsExactly(new Act.LetGo(armed));
    letGo(at(31_010), true, false);
    assertThat(turn(31_030)).containsExactly(new Act.SayFreed(2, "w2.1-1"));
  }

  @Test
  void whatWasAskedBeforeItWasTakenAgainSaysNothing() {
    holds();
    committed(new Entry.LeasePassed(Instant.EPOCH, new Epoch(1), 2, Offices.PRIMARY), 30_100);
    assertThat(turn(30_110)).containsExactly(new Act.LetGo(1));
    committed(freed(2), 30_112);
    committed(freed(3), 30_114);
    committed(new Entry.LeasePassed(Instant.EPOCH, new Epoch(1), 3, Offices.STANDBY), 30_115);
    renewed(asked(turn(30_240)), 30_245);
    assertThat(arms(turn(30_250))).isTrue();
    holder.letGo(new Act.LetGo(1), at(30_112), true, true);
    holder.armed(arm(4, at(31_240)));
    committed(new Entry.LeasePassed(Instant.EPOCH, new Epoch(1), 4, Offices.PRIMARY), 30_300);
    assertThat(turn(30_310)).containsExactly(new Act.LetGo(2));
  }

  @Test
  void thatARenewalCountedIsEnoughWhenWhoeverLeadsSaysSo() {
    holds();
    Act.Renew latest = asked(turn(40_000));
    holder.counted(new Counted(2, latest.name()));
    assertThat(turn(40_010)).containsExactly(arm(2, at(41_000)));
    renewed(latest, 40_020);
    assertThat(turn(40_030)).as("once").isEmpty();
  }

  @Test
  void whatCountedByAnotherLeaseOrForAnotherLifeArmsNothing() {
    holds();
    Act.Renew latest = asked(turn(40_000));
    holder.counted(new Counted(1, latest.name()));
    assertThat(turn(40_010)).isEmpty();
    holder.counted(new Counted(2, "w2.0-7"));
    assertThat(turn(40_020)).isEmpty();
  }

  @Test
  void oneThatKeepsItHasItUntilItIsToldToLetGo() {
    keeps();
    assertThat(holder.has(2, at(90_000))).as("nothing is committed any more").isTrue();
    LeaseSeen still = new LeaseSeen(lease, watch);
    assertThat(holder.turn(still, true, at(90_000)))
        .as("its PBX restarts, and nobody else could take it")
        .noneMatch(Act.LetGo.class::isInstance);
    LeaseSeen goesOn = new LeaseSeen(lease, watch.came(at(90_100)));
    assertThat(holder.turn(goesOn, true, at(90_100))).contains(new Act.LetGo(1));
  }

  @Test
  void aProgramThatWasToKeepItAndHasNotEndedMayStillTakeIt() {
    keeps();
    committed(new Entry.LeasePassed(Instant.EPOCH, new Epoch(1), 2, Offices.PRIMARY), 30_000);
    assertThat(turn(30_010)).contains(new Act.LetGo(1));
    holder.letGo(new Act.LetGo(1), at(31_000), true, false);
    assertThat(turn(31_010)).noneMatch(Act.SayFreed.class::isInstance);
    holder.letGo(new Act.LetGo(1), at(31_020), true, false);
    assertThat(turn(31_030))
        .as("10 s later it had its way")
        .anyMatch(Act.SayFreed.class::isInstance);
  }

  @Test
  void aLaterLifeSaysOfWhatIsKeptWhatWasKnownUntilItHasLooked() {
    keeps();
    lease = Leases.kept(lease, "w2.1-99", true);
    holder = new LeaseHolder(Offices.STANDBY, "w2.2", TIMES, at(50_000));
    Act.Renew first = asked(turn(50_010));
    assertThat(first.taken()).isTrue();
    holder.notArmed();
    assertThat(asked(turn(50_300)).taken()).isFalse();
  }

  private void keeps() {
    passed(10_000);
    committed(freed(1), 10_010);
    Act.Renew first = asked(turn(20_000));
    Lease after = Leases.kept(lease, first.name(), false);
    watch = watch.saw(Optional.of(lease), Optional.of(after), at(20_010));
    lease = after;
    Act.Arm taken = new Act.Arm(2, at(20_000).plusDays(365), at(21_000));
    assertThat(turn(20_020)).containsExactly(taken);
    holder.armed(taken);
  }

  @Test
  void whosePbxIsGoneLetsGoWithoutBeingAsked() {
    holds();
    LeaseSeen seen = new LeaseSeen(lease, watch);
    assertThat(holder.turn(seen, true, at(40_000))).containsExactly(new Act.LetGo(armed));
    letGo(at(40_000), true, true);
    assertThat(holder.turn(seen, true, at(40_010))).containsExactly(new Act.SayFreed(2, "w2.1-1"));
  }

  @Test
  void afterItWasToBeSaidThatItHasLetGoNothingIsTakenByThatLease() {
    holds();
    Act.Renew latest = asked(turn(40_000));
    renewed(latest, 40_005);
    LeaseSeen seen = new LeaseSeen(lease, watch);
    assertThat(holder.turn(seen, true, at(40_010))).containsExactly(new Act.LetGo(armed));
    letGo(at(40_010), true, true);
    Act.SayFreed word = new Act.SayFreed(2, latest.name());
    assertThat(holder.turn(seen, true, at(40_020))).containsExactly(word);
    assertThat(turn(40_030)).as("its PBX is back, and the word on its way").isEmpty();
    assertThat(turn(41_020)).as("or was lost").containsExactly(word);
    committed(freed(2), 41_030);
    committed(new Entry.LeasePassed(Instant.EPOCH, new Epoch(1), 2, Offices.STANDBY), 41_040);
    renewed(asked(turn(41_050)), 41_060);
    assertThat(arms(turn(41_070))).isTrue();
  }

  @Test
  void whatWasStillRenewedWhileItLetGoIsSaidAnew() {
    holds();
    Act.Renew slow = asked(turn(30_230));
    LeaseSeen seen = new LeaseSeen(lease, watch);
    assertThat(holder.turn(seen, true, at(30_240))).containsExactly(new Act.LetGo(armed));
    letGo(at(30_240), true, true);
    assertThat(holder.turn(seen, true, at(30_250))).containsExactly(new Act.SayFreed(2, "w2.1-1"));
    renewed(slow, 30_300);
    assertThat(turn(30_310)).containsExactly(new Act.SayFreed(2, slow.name()));
  }

  @Test
  void aLifeThatHasJustBegunTakesNothingBeforeAnEarlierOneIsOver() {
    committed(freed(1), 10_010);
    passed(10_020);
    renewed(asked(turn(10_700)), 10_710);
    assertThat(arms(turn(10_720))).isFalse();
    renewed(asked(turn(11_000)), 11_010);
    assertThat(arms(turn(11_020))).isTrue();
  }

  @Test
  void whatTheKernelWasNotToldForASecondItDoesNotHave() {
    holds();
    assertThat(asked(turn(30_999)).taken()).isTrue();
    assertThat(asked(turn(31_240)).taken()).as("programs fail, say").isFalse();
  }

  @Test
  void whatAnotherHostHadIsNotItsToFree() {
    committed(new Entry.LeasePassed(Instant.EPOCH, new Epoch(1), 1, Offices.STANDBY), 20_000);
    committed(new Entry.LeasePassed(Instant.EPOCH, new Epoch(1), 2, new PbxId("third")), 20_100);
    committed(new Entry.LeasePassed(Instant.EPOCH, new Epoch(1), 3, Offices.PRIMARY), 20_200);
    assertThat(turn(20_210)).containsExactly(new Act.LetGo(armed));
    letGo(at(20_210), true, true);
    assertThat(turn(20_230)).isEmpty();
  }
}
