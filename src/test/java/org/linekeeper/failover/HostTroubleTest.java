package org.linekeeper.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.Test;
import org.linekeeper.actuator.AddressHost;
import org.linekeeper.actuator.PbxControl;
import org.linekeeper.carrier.Carrier;
import org.linekeeper.estate.FloatingAddress;
import org.linekeeper.estate.Movings;
import org.linekeeper.estate.Offices;
import org.linekeeper.journal.Journal;
import org.linekeeper.state.Entry;
import org.linekeeper.state.Epoch;
import org.linekeeper.state.Outcome;
import org.linekeeper.state.State;
import org.linekeeper.state.Step;

/** The host beside a PBX cannot take the floating address: people are told, and what to do. */
class HostTroubleTest {
  private final Journal journal = mock(Journal.class);
  private final AddressHost host = mock(AddressHost.class);
  private final List<String> told = new ArrayList<>();
  private final Core core =
      new Core(
          "watcher-1",
          journal,
          mock(PbxControl.class),
          mock(Carrier.class),
          mock(ExecutorService.class),
          mock(ExecutorService.class),
          () -> Instant.EPOCH,
          () -> Duration.ZERO,
          () -> "id");
  private final HostTrouble trouble = new HostTrouble(core, host);
  private final FloatingAddress address =
      Movings.leased("watcher-1", "watcher-2").address().orElseThrow();

  HostTroubleTest() {
    when(journal.state()).thenReturn(State.EMPTY);
    when(journal.append(any()))
        .thenAnswer(
            call -> {
              List<Entry> entries = call.getArgument(0);
              entries.forEach(
                  entry -> told.add(((Entry.Noted) entry).weight() + " " + entry.sentence()));
              return CompletableFuture.completedFuture(State.EMPTY);
            });
  }

  private void turn(double seconds, boolean ours, String why) {
    when(host.trouble()).thenReturn(why);
    trouble.turn(Offices.PRIMARY, address, ours, Duration.ofMillis(Math.round(seconds * 1000)));
  }

  @Test
  void toldOnceAlthoughThisWatcherDoesNotLeadAndWhenItIsOver() {
    when(journal.leads()).thenReturn(false);
    turn(10, true, "nft: Operation not permitted");
    turn(11.9, true, "nft: Operation not permitted");
    assertThat(told).isEmpty();
    turn(12, true, "nft: Operation not permitted");
    turn(500, true, "nft: Operation not permitted");
    assertThat(told)
        .singleElement()
        .asString()
        .startsWith("ALARM primary's host cannot take the floating address 192.0.2.100/24: nft:")
        .contains("not answered by primary", "linekeeper check");
    assertThat(trouble.sentence()).isPresent();

    turn(501, true, "");
    assertThat(told).hasSize(2).last().asString().startsWith("INFO primary's host can take");
    assertThat(trouble.sentence()).isEmpty();
  }

  @Test
  void notOfRulesThatWereFlushedAndPutBack() {
    turn(10, true, "Error: No such file or directory");
    turn(10.5, true, "");
    turn(13, true, "");
    assertThat(told).isEmpty();
  }

  @Test
  void aHostThatMayBeTheNextIsLookedAtBeforeItIsNeeded() {
    turn(0, true, "");
    verify(host, never()).look(any(), any());
    turn(1, false, "");
    turn(30, false, "");
    verify(host, times(1)).look(List.of("192.0.2.100/24"), "eth0");
    turn(31, false, "Device \"eth0\" does not exist.");
    turn(34, false, "Device \"eth0\" does not exist.");
    verify(host, times(2)).look(any(), any());
    assertThat(told).singleElement().asString().contains("Should primary have to take over");
  }

  @Test
  void whereWatchersAgreeNobodyIsToldToAddItByHand() {
    Step.HoldAddress step =
        new Step.HoldAddress(
            Offices.STANDBY, List.of("192.0.2.100/24"), "eth0", Duration.ofSeconds(15), true);
    Mishaps.ended(core, step, Outcome.unknown("no outcome in time"));
    assertThat(told).singleElement().asString().contains("ip addr add 192.0.2.100/24 dev eth0");

    told.clear();
    when(journal.state())
        .thenReturn(
            State.evolve(
                State.EMPTY,
                new Entry.SettingsAccepted(
                    Instant.EPOCH,
                    "watcher-1",
                    "hash",
                    Offices.accountants().with(Movings.leased("watcher-1", "watcher-2")))));
    Mishaps.ended(core, step, Outcome.unknown("no outcome in time"));
    assertThat(told)
        .singleElement()
        .asString()
        .contains("standby's host did not take 192.0.2.100/24", "no outcome in time")
        .contains("linekeeper check", "switchover", "Never add it by hand")
        .doesNotContain("ip addr");
  }

  /** Nothing is the matter with the host that waits. */
  @Test
  void whereItIsKeptElsewhereOnlyThatIsSaid() {
    State state = State.EMPTY;
    for (Entry entry :
        List.of(
            new Entry.SettingsAccepted(
                Instant.EPOCH,
                "watcher-1",
                "hash",
                Offices.accountants()
                    .with(Movings.kept("watcher-1", "watcher-2", Optional.empty()))),
            new Entry.LeaseRenewed(Instant.EPOCH, 1, "watcher-1.a-1", true),
            new Entry.LeasePassed(Instant.EPOCH, Epoch.NONE, 1, Offices.STANDBY))) {
      state = State.evolve(state, entry);
    }
    when(journal.state()).thenReturn(state);
    Mishaps.ended(
        core,
        new Step.HoldAddress(
            Offices.STANDBY, List.of("192.0.2.100/24"), "eth0", Duration.ofSeconds(15), true),
        Outcome.rejected("primary's host may still have the address"));
    assertThat(told)
        .singleElement()
        .asString()
        .endsWith("not answered: primary's host may still have the address");
  }
}
