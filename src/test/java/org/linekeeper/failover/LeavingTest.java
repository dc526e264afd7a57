package org.linekeeper.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.mockingDetails;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.linekeeper.actuator.AddressHost;
import org.linekeeper.actuator.PbxControl;
import org.linekeeper.actuator.Surroundings;
import org.linekeeper.carrier.Carrier;
import org.linekeeper.estate.Movings;
import org.linekeeper.estate.Offices;
import org.linekeeper.journal.Journal;
import org.linekeeper.state.Entry;
import org.linekeeper.state.Lease;
import org.linekeeper.state.LeaseSeen;
import org.linekeeper.state.LeaseWatch;
import org.linekeeper.state.State;

/** The watcher beside the PBX that has the address is told to end. */
class LeavingTest {
  private static final Instant START = Instant.parse("2026-12-01T12:00:00Z");

  private final Journal journal = mock(Journal.class);
  private final Clockwork clockwork = mock(Clockwork.class);
  private final AddressHost host = mock(AddressHost.class);
  private Duration now = Duration.ofSeconds(100);
  private State state =
      State.evolve(
          State.EMPTY,
          new Entry.SettingsAccepted(
              START,
              "watcher-1",
              "hash",
              Offices.accountants().with(Movings.leased("watcher-1", "watcher-2"))));
  private final LeaseKeeper keeper =
      new LeaseKeeper(
          new Core(
              "watcher-1",
              journal,
              mock(PbxControl.class),
              mock(Carrier.class),
              new Surroundings(
                  Surroundings.NONE.commands(),
                  Surroundings.NONE.addresses(),
                  Surroundings.NONE.names(),
                  host),
              mock(ExecutorService.class),
              mock(ExecutorService.class),
              () -> START.plus(now),
              () -> now,
              () -> "id",
              Others.NONE),
          new ControlThread(clockwork));

  @BeforeEach
  void everythingIsDoneAtOnce() {
    doAnswer(
            call -> {
              call.getArgument(0, Runnable.class).run();
              return null;
            })
        .when(clockwork)
        .soon(any());
    when(journal.state()).thenAnswer(call -> state);
    when(journal.lease())
        .thenAnswer(
            call ->
                state
                    .lease()
                    .map(lease -> new LeaseSeen(lease, new LeaseWatch(now, now, now, now))));
    when(journal.renew(any()))
        .thenAnswer(
            call -> {
              Entry.LeaseRenewed renewal = call.getArgument(0);
              state = State.evolve(state, renewal);
              return new CompletableFuture<>();
            });
    when(journal.append(any()))
        .thenAnswer(
            call -> {
              call.<List<Entry>>getArgument(0).forEach(entry -> state = State.evolve(state, entry));
              return CompletableFuture.completedFuture(state);
            });
    when(host.trouble()).thenReturn("");
    when(host.arm(any(), any(), any(), any())).thenReturn(CompletableFuture.completedFuture(true));
    when(host.letGo(any(), any()))
        .thenAnswer(
            call -> CompletableFuture.completedFuture(new AddressHost.Left(now, true, true)));
  }

  /** As if it had run for a while. */
  private void hasTheAddress() {
    for (int i = 0; i < 20; i++) {
      turn();
    }
    assertThat(lease().taken()).isTrue();
  }

  private void turn() {
    now = now.plusMillis(100);
    keeper.turn(
        new Picture(
            state, Map.of(), new CarrierSight(true, List.of(), List.of()), START.plus(now), now));
  }

  private Lease lease() {
    return state.lease().orElseThrow();
  }

  private boolean left(boolean machineEnds) {
    when(host.ending()).thenReturn(CompletableFuture.completedFuture(machineEnds));
    return keeper.leave().toCompletableFuture().join();
  }

  @Test
  void oneThatIsToBeStartedAgainLeavesTheAddressToItsHost() {
    hasTheAddress();
    assertThat(left(false)).isTrue();
    assertThat(lease().kept().map(Lease.Kept::time)).contains(Duration.ofSeconds(30));
    verify(host, never()).letGo(any(), any());
  }

  @Test
  void oneWhoseMachineIsShutDownLetsGo() {
    hasTheAddress();
    assertThat(left(true)).isTrue();
    assertThat(lease().over()).isTrue();
    verify(host).letGo(any(), any());
  }

  /** The first word is given: a host that keeps the address must not let go and be believed. */
  @Test
  void aSecondWordChangesNothing() {
    hasTheAddress();
    left(false);
    Lease promised = lease();
    assertThat(left(true)).isFalse();
    assertThat(lease()).isEqualTo(promised);
    verify(host, never()).letGo(any(), any());
  }

  /** Nor the other way round: what was let go of is not taken again. */
  @Test
  void whatWasLetGoOfIsNotTakenAgain() {
    hasTheAddress();
    left(true);
    long armed = arms();
    assertThat(left(false)).isFalse();
    turn();
    assertThat(lease().over()).isTrue();
    assertThat(lease().kept()).isEqualTo(Optional.empty());
    assertThat(arms()).isEqualTo(armed);
  }

  private long arms() {
    return mockingDetails(host).getInvocations().stream()
        .filter(call -> call.getMethod().getName().equals("arm"))
        .count();
  }

  /** The log stood still: what was promised cannot be kept, and the other PBX need not wait. */
  @Test
  void whatCouldNotBeLeftToTheHostInTimeIsLetGoOf() {
    hasTheAddress();
    when(host.arm(any(), any(), any(), any())).thenReturn(CompletableFuture.completedFuture(false));
    assertThat(left(false)).isTrue();
    verify(host).letGo(any(), any());
    assertThat(lease().over()).isTrue();
    assertThat(lease().kept()).isEqualTo(Optional.empty());
  }

  @Test
  void oneWhoseHostHasNotTheAddressSaysNothing() {
    assertThat(left(false)).isFalse();
    verify(journal, never()).append(any());
  }
}
