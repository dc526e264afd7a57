package org.linekeeper.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.Test;
import org.linekeeper.actuator.PbxControl;
import org.linekeeper.carrier.Carrier;
import org.linekeeper.estate.Offices;
import org.linekeeper.journal.Journal;
import org.linekeeper.journal.Standing;
import org.linekeeper.state.Entry;
import org.linekeeper.state.State;
import org.linekeeper.verdict.Verdict;
import org.linekeeper.verdict.Verdict.Kind;

/** A watcher that sees no PBX is told of, and one without the carrier does not lead for long. */
class SightsTest {
  private final Journal journal = mock(Journal.class);
  private final List<String> told = new ArrayList<>();
  private Duration now = Duration.ofHours(1);
  private boolean carrierHere = true;
  private Kind primaryHere = Kind.HEALTHY;
  private final Sights sights =
      new Sights(
          new Core(
              "watcher-2",
              journal,
              mock(PbxControl.class),
              mock(Carrier.class),
              mock(ExecutorService.class),
              mock(ExecutorService.class),
              () -> Instant.EPOCH,
              () -> now,
              () -> "id"));

  SightsTest() {
    when(journal.standing()).thenReturn(standing(Set.of()));
    when(journal.append(any()))
        .thenAnswer(
            call -> {
              List<Entry> entries = call.getArgument(0);
              entries.forEach(entry -> told.add(entry.sentence()));
              return CompletableFuture.completedFuture(State.EMPTY);
            });
  }

  @Test
  void ofOneThatSeesNoPbxPeopleAreToldOnceAndWhenItDoes() {
    everySecond(29, vote("witness", Kind.HUNG, true));
    assertThat(told).isEmpty();
    everySecond(60, vote("witness", Kind.HUNG, true));
    assertThat(told)
        .singleElement()
        .asString()
        .startsWith("witness does not see primary, and this watcher does");
    everySecond(1, vote("witness", Kind.HEALTHY, true));
    assertThat(told).hasSize(2).last().asString().isEqualTo("witness sees primary again");
  }

  @Test
  void notWhereNobodySeesOne() {
    primaryHere = Kind.HUNG;
    everySecond(120, vote("witness", Kind.HUNG, true));
    assertThat(told).isEmpty();
  }

  @Test
  void notOfAnAnswerThatIsOld() {
    Vote old = vote("witness", Kind.HUNG, true);
    for (int i = 0; i < 120; i++) {
      now = now.plusSeconds(1);
      turn(old);
    }
    assertThat(told).isEmpty();
  }

  @Test
  void whoeverSeesNoneItselfDoesNotKnowThatTheOtherOneDoes() {
    everySecond(31, vote("witness", Kind.HUNG, true));
    primaryHere = Kind.HUNG;
    everySecond(1, vote("witness", Kind.HUNG, true));
    assertThat(told).as("it does not see one again").hasSize(1);
  }

  @Test
  void withoutTheCarrierAnotherOneIsToLead() {
    everySecond(5, vote("witness", Kind.HEALTHY, true));
    carrierHere = false;
    everySecond(30, vote("witness", Kind.HEALTHY, true));
    verify(journal, never()).letLead(any());
    everySecond(1, vote("witness", Kind.HEALTHY, true));
    verify(journal).letLead("witness");
    assertThat(told)
        .singleElement()
        .asString()
        .contains("watcher-2 does not reach the carrier and witness does");
    clearInvocations(journal);
    everySecond(29, vote("witness", Kind.HEALTHY, true));
    verify(journal, never()).letLead(any());
    everySecond(1, vote("witness", Kind.HEALTHY, true));
    verify(journal).letLead("witness");
    assertThat(told).as("what failed is tried again without a word").hasSize(1);
  }

  @Test
  void whoWasLetLeadAndDoesNotIsNotAskedAgainForTenMinutes() {
    carrierHere = false;
    everySecond(31, vote("witness", Kind.HEALTHY, true));
    verify(journal).letLead("witness");
    sights.rest();
    clearInvocations(journal);
    everySecond(570, vote("witness", Kind.HEALTHY, true));
    verify(journal, never()).letLead(any());
    everySecond(35, vote("witness", Kind.HEALTHY, true));
    verify(journal).letLead("witness");
  }

  @Test
  void aNewLeaderBeginsToCount() {
    carrierHere = false;
    everySecond(25, vote("witness", Kind.HEALTHY, true));
    sights.rest();
    everySecond(25, vote("witness", Kind.HEALTHY, true));
    verify(journal, never()).letLead(any());
  }

  @Test
  void oneThatDoesNotSeeAPbxLetsAnotherOneLeadAndPeopleAreTold() {
    primaryHere = Kind.WATCHER_PATH_LOST;
    everySecond(30, vote("witness", Kind.HEALTHY, true));
    verify(journal, never()).letLead(any());
    everySecond(1, vote("witness", Kind.HEALTHY, true));
    verify(journal).letLead("witness");
    assertThat(told)
        .singleElement()
        .asString()
        .contains(
            "watcher-2 does not reach primary and witness does, so that one is to lead",
            "linekeeper check");
  }

  @Test
  void notWhereThatOneReachesLessOtherwise() {
    primaryHere = Kind.HUNG;
    everySecond(120, vote("witness", Kind.HEALTHY, false));
    verify(journal, never()).letLead(any());
  }

  @Test
  void whatOnlyWhoLeadsCanTryIsNoMatterOfSight() {
    primaryHere = Kind.CANNOT_TAKE_CALLS;
    everySecond(120, vote("witness", Kind.HEALTHY, true));
    verify(journal, never()).letLead(any());
    assertThat(told).isEmpty();
  }

  @Test
  void whoseUplinkComesAndGoesDoesNotLeadAgainAtOnce() {
    everySecond(12, vote("watcher-1", Kind.HEALTHY, false));
    clearInvocations(journal);
    everySecond(299, vote("watcher-1", Kind.HEALTHY, true));
    verify(journal, times(299)).unfit(Set.of("watcher-1"));
    everySecond(1, vote("watcher-1", Kind.HEALTHY, true));
    verify(journal).unfit(Set.of());
  }

  @Test
  void whoHasJustBeenStartedLeadsAgainAsSoonAsItSees() {
    everySecond(5, vote("watcher-1", Kind.INCONCLUSIVE, true));
    verify(journal, times(5)).unfit(Set.of("watcher-1"));
    everySecond(1, vote("watcher-1", Kind.HEALTHY, true));
    verify(journal).unfit(Set.of());
  }

  @Test
  void oneThatDoesNotTakeItIsFollowedByTheOther() {
    carrierHere = false;
    Vote first = vote("watcher-1", Kind.HEALTHY, true);
    Vote second = vote("witness", Kind.HEALTHY, true);
    everySecond(31, first, second);
    verify(journal).letLead("watcher-1");
    everySecond(30, first, second);
    verify(journal).letLead("witness");
  }

  @Test
  void oneThatDoesNotWriteItsJournalIsNotAsked() {
    carrierHere = false;
    when(journal.standing()).thenReturn(standing(Set.of("watcher-1")));
    everySecond(31, vote("watcher-1", Kind.HEALTHY, true), vote("witness", Kind.HEALTHY, true));
    verify(journal).letLead("witness");
    verify(journal, never()).letLead("watcher-1");
  }

  @Test
  void whereNobodyReachesItTheLeadStays() {
    carrierHere = false;
    everySecond(60, vote("witness", Kind.HEALTHY, false));
    verify(journal, never()).letLead(any());
    verify(journal, times(60)).unfit(Set.of());
  }

  @Test
  void whoDoesNotReachItIsNotAskedToLead() {
    everySecond(1, vote("watcher-1", Kind.HEALTHY, false), vote("witness", Kind.HEALTHY, true));
    verify(journal).unfit(Set.of("watcher-1"));
  }

  private static Standing standing(Set<String> silent) {
    List<String> all = List.of("watcher-1", "watcher-2", "witness");
    return new Standing(true, Optional.empty(), all, Set.of(), silent, List.of());
  }

  private void everySecond(int times, Vote... votes) {
    for (int i = 0; i < times; i++) {
      now = now.plusSeconds(1);
      Vote[] fresh = votes.clone();
      for (int j = 0; j < fresh.length; j++) {
        fresh[j] = fresh[j].since(now);
      }
      turn(fresh);
    }
  }

  private void turn(Vote... votes) {
    sights.turn(
        new Picture(
            State.EMPTY,
            Map.of(
                Offices.PRIMARY, new Verdict(Offices.PRIMARY, primaryHere, "seen", Duration.ZERO)),
            new CarrierSight(carrierHere, List.of(), List.of()),
            Instant.EPOCH,
            now),
        List.of(votes));
  }

  private Vote vote(String watcher, Kind primary, boolean carrier) {
    return new Vote(
        watcher, Map.of(Offices.PRIMARY, primary), Map.of(), Vote.Sight.SEES, carrier, now);
  }
}
