package org.linekeeper.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.linekeeper.estate.Movings;
import org.linekeeper.estate.Offices;
import org.linekeeper.estate.ServiceName;
import org.linekeeper.estate.Takeover;
import org.linekeeper.state.Entry;
import org.linekeeper.state.Epoch;
import org.linekeeper.state.NameRecords;
import org.linekeeper.state.Outcome;
import org.linekeeper.state.Plan;
import org.linekeeper.state.State;
import org.linekeeper.state.Step;

/** The floating address, names and commands in the journal; older journals know nothing of them. */
class TakeoverEntriesTest {
  private static final List<Entry> ENTRIES =
      List.of(
          new Entry.SettingsAccepted(
              OneOfEach.AT, "w1", "hash", Offices.accountants().with(Movings.all())),
          new Entry.Intended(
              OneOfEach.AT,
              new Plan(
                  "p1",
                  new Epoch(1),
                  Plan.Kind.FAILOVER,
                  "primary is gone",
                  OneOfEach.AT,
                  Optional.of(Offices.PRIMARY),
                  Optional.of(Offices.STANDBY),
                  List.of(
                      new Step.RunCommand(
                          Offices.PRIMARY,
                          Step.RunCommand.Use.FREE_ADDRESS,
                          List.of(Movings.RELEASE, Movings.FENCE)),
                      new Step.HoldAddress(
                          Offices.STANDBY,
                          List.of("192.0.2.100/24", "2001:db8::100/64"),
                          "eth0",
                          Duration.ofSeconds(15),
                          true),
                      new Step.PointName(
                          "office.example",
                          "sip.office.example",
                          ServiceName.Type.SRV,
                          new NameRecords(600, List.of("10 10 5060 pbx-a.office.example")),
                          new NameRecords(30, List.of("10 10 5060 pbx-b.office.example")))))),
          Entry.Done.of(OneOfEach.AT, "p1", Map.of(1, Outcome.applied("held"))));

  private final EntryCodec codec = new EntryCodec();

  @Test
  void whatIsWrittenIsReadBackEqual() {
    assertThat(codec.decode(codec.encode(ENTRIES))).isEqualTo(ENTRIES);
    State state = ENTRIES.stream().reduce(State.EMPTY, State::evolve, (a, b) -> b);
    assertThat(state.held()).isPresent();
    EntryCodec.Snapshot snapshot = new EntryCodec.Snapshot(3, state);
    assertThat(codec.snapshot(codec.encode(snapshot))).isEqualTo(snapshot);
  }

  @Test
  void aLeaseIsReadBackFromASnapshot() {
    Takeover moving = Movings.leased("watcher-1", "watcher-2");
    State state =
        List.<Entry>of(
                new Entry.SettingsAccepted(
                    OneOfEach.AT, "w1", "hash", Offices.accountants().with(moving)),
                new Entry.LeaseRenewed(OneOfEach.AT, 1, "watcher-1.5f3c-7", true),
                new Entry.LeasePassed(OneOfEach.AT, Epoch.NONE, 1, Offices.STANDBY),
                new Entry.LeaseKept(OneOfEach.AT, 2, "watcher-2.77", Duration.ofSeconds(30)))
            .stream()
            .reduce(State.EMPTY, State::evolve, (a, b) -> b);
    assertThat(state.lease().orElseThrow().kept()).isPresent();
    EntryCodec.Snapshot snapshot = new EntryCodec.Snapshot(4, state);
    assertThat(codec.snapshot(codec.encode(snapshot))).isEqualTo(snapshot);
  }

  @Test
  void anOfficeInWhichNothingElseMovesIsWrittenAsItEverWas() {
    byte[] plain =
        codec.encode(
            List.of(new Entry.SettingsAccepted(OneOfEach.AT, "w", "h", Offices.accountants())));
    assertThat(new String(plain, StandardCharsets.UTF_8)).doesNotContain("takeover");
    Entry.SettingsAccepted read = (Entry.SettingsAccepted) codec.decode(plain).get(0);
    assertThat(read.estate().takeover()).isEmpty();
  }
}
