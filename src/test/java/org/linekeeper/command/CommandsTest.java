package org.linekeeper.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linekeeper.command.Office.NOW;
import static org.linekeeper.command.Office.SALES;
import static org.linekeeper.command.Office.SUPPORT;
import static org.linekeeper.command.Office.phone;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.linekeeper.estate.Movings;
import org.linekeeper.estate.Offices;
import org.linekeeper.estate.PbxId;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.estate.Rules;
import org.linekeeper.estate.Selection;
import org.linekeeper.estate.StaffId;
import org.linekeeper.estate.Takeover;
import org.linekeeper.estate.Target;
import org.linekeeper.routing.Routing;
import org.linekeeper.routing.WantedRoute;
import org.linekeeper.state.Actor;
import org.linekeeper.state.Entry;
import org.linekeeper.state.Plan;
import org.linekeeper.state.State;

class CommandsTest {
  private static final Actor ADMIN = new Actor(Actor.Door.CLI, "admin");
  private static final Actor BOB = new Actor(Actor.Door.DESK_PHONE, "bob");

  private final AtomicInteger ids = new AtomicInteger();
  private final Commands commands =
      new Commands((estate, target) -> Optional.empty(), () -> "d" + ids.incrementAndGet());
  private State state = Office.state();
  private Instant now = NOW;

  @Test
  void aLoginMayDoEverythingAndDivertAloneMeansAll() {
    obey(divert(), ADMIN);
    assertThat(state.diversions().values())
        .extracting(d -> d.what())
        .containsExactly(Selection.ALL);
  }

  @Test
  void aSecondWishForTheSameNumbersTakesTheFirstOnesPlaceWhoeverHadIt() {
    obey(divert(SALES), BOB);
    obey(new Command.Divert(List.of(SALES), List.of(to("carol")), Optional.empty(), "ill"), ADMIN);
    assertThat(state.diversions()).containsOnlyKeys("d2");
    assertThat(rings(2)).containsExactly(mobile(3));
  }

  @Test
  void aWiderWishLeavesANarrowerOneInForce() {
    obey(new Command.Divert(List.of(SALES), List.of(to("zoe")), Optional.empty(), ""), ADMIN);
    obey(divert(), ADMIN);
    assertThat(rings(2)).containsExactly(mobile(5));
    assertThat(rings(1)).containsExactly(mobile(1));
  }

  @Test
  void inAFireNoEarlierWishToStayAtTheOfficeHoldsALineBack() {
    obey(divert(), ADMIN);
    obey(giveBack(SALES), BOB);
    assertThat(rings(2)).isEmpty();
    obey(divert(), ADMIN);
    assertThat(rings(2)).containsExactly(mobile(2));
  }

  @Test
  void returningAllEndsEveryPersonsWishAndLeavesNoneBehind() {
    obey(divert(), ADMIN);
    obey(divert(SALES), BOB);
    obey(giveBack(Selection.of(phone(1))), ADMIN);
    obey(giveBack(), ADMIN);
    assertThat(state.diversions()).isEmpty();
    assertThat(onMobiles()).isEmpty();
  }

  @Test
  void returningAgainstTheScheduleLastsUntilTheScheduleWouldEnd() {
    now = Office.at("2026-11-23T19:30");
    obey(giveBack(), ADMIN);
    assertThat(onMobiles()).isEmpty();
    assertThat(state.diversions().values())
        .singleElement()
        .satisfies(d -> assertThat(d.what()).isEqualTo(SUPPORT))
        .satisfies(d -> assertThat(d.end()).contains(Office.at("2026-11-24T08:00")));
    now = Office.at("2026-11-24T18:00");
    assertThat(rings(4)).containsExactly(mobile(4));
  }

  @Test
  void returningOneOfManyLastsAsLongAsTheManyAreAway() {
    Instant end = NOW.plus(Duration.ofHours(2));
    obey(new Command.Divert(List.of(SALES), List.of(), Optional.of(end), ""), ADMIN);
    obey(giveBack(Selection.of(phone(3))), BOB);
    assertThat(rings(3)).isEmpty();
    assertThat(rings(2)).containsExactly(mobile(2));
    assertThat(state.diversions().get("d2").end()).contains(end);
  }

  @Test
  void inAnEmergencyAReturnChangesNothingUnlessForcedAndThenNotForEver() {
    state = State.evolve(state, new Entry.EmergencyBegan(now, "both silent"));
    Effect refused = decide(giveBack(SALES), BOB);
    assertThat(refused.accepted()).isFalse();
    assertThat(refused.changesSomething()).isFalse();
    obey(new Command.Return(List.of(SALES), true), BOB);
    assertThat(rings(2)).isEmpty();
    now = now.plus(Duration.ofHours(13));
    assertThat(rings(2)).containsExactly(mobile(2));
  }

  @Test
  void aTargetMustBeAllowed() {
    Commands strict = new Commands((estate, target) -> Optional.of("premium rate"), () -> "d");
    Command command =
        new Command.Divert(
            List.of(SALES),
            List.of(Target.of(new PhoneNumber("+449067010000"))),
            Optional.empty(),
            "");
    Effect effect = strict.decide(new Situation(state, now, ""), command, ADMIN);
    assertThat(effect.accepted()).isFalse();
    assertThat(effect.reply()).contains("premium rate");
  }

  @Test
  void moreTargetsThanTheCarrierRingsAreRefused() {
    List<Target> eleven =
        Stream.iterate(0, i -> i + 1)
            .limit(11)
            .map(i -> Target.of(new PhoneNumber("+4477009004" + (10 + i))))
            .toList();
    Command command = new Command.Divert(List.of(SALES), eleven, Optional.empty(), "");
    assertThat(decide(command, ADMIN).accepted()).isFalse();
  }

  @Test
  void whoHasLeftTheStaffListMayNotEvenLook() {
    Actor left = new Actor(Actor.Door.SMS, "mallory");
    assertThat(decide(new Command.Status(List.of()), left).accepted()).isFalse();
  }

  @Test
  void whoMayNotOperateMayNotChangeModesOrConfirm() {
    for (Command command :
        List.of(
            new Command.SetMode(Rules.Mode.MANUAL),
            new Command.Confirm(Optional.empty(), ""),
            new Command.AcceptDrift(phone(2)),
            new Command.RepairDrift(phone(2)),
            new Command.Failback(),
            new Command.Resume())) {
      assertThat(decide(command, BOB).accepted()).as(command.toString()).isFalse();
    }
  }

  @Test
  void aSwitchoverIsAskedForAndNotAnEntryYet() {
    Effect effect = decide(new Command.Switchover(Optional.empty()), ADMIN);
    assertThat(effect.entries()).isEmpty();
    assertThat(effect.asks().roleChange())
        .contains(new RoleChange(Plan.Kind.SWITCHOVER, new PbxId("standby"), ADMIN));
    assertThat(decide(new Command.Failback(), ADMIN).accepted()).isFalse();
    Optional<PbxId> nowhere = Optional.of(new PbxId("tertiary"));
    assertThat(decide(new Command.Switchover(nowhere), ADMIN).accepted()).isFalse();
  }

  @Test
  void onlyAChangeThatLinekeeperHoldsCanBeAcceptedOrRepaired() {
    assertThat(decide(new Command.AcceptDrift(phone(2)), ADMIN).accepted()).isFalse();
    assertThat(decide(new Command.RepairDrift(phone(2)), ADMIN).accepted()).isFalse();
  }

  @Test
  void settingTheModeTwiceIsRecordedOnce() {
    obey(new Command.SetMode(Rules.Mode.MANUAL), ADMIN);
    assertThat(state.mode()).isEqualTo(Rules.Mode.MANUAL);
    assertThat(decide(new Command.SetMode(Rules.Mode.MANUAL), ADMIN).changesSomething()).isFalse();
  }

  @Test
  void onlyAWatcherThatWaitsWithAnEmptyJournalIsReplaced() {
    Command replace = new Command.ReplaceWatcher("watcher-2");
    assertThat(decide(replace, ADMIN).reply()).contains("nothing to replace");
    Situation lost = new Situation(state, now, "", List.of(), Set.of("watcher-2"));
    Effect effect = commands.decide(lost, replace, ADMIN);
    assertThat(effect.accepted()).isTrue();
    assertThat(effect.asks().replaced()).contains("watcher-2");
    assertThat(effect.entries())
        .singleElement()
        .asString()
        .contains("promised before is forgotten");
  }

  @Test
  void thatAHostIsOffIsOfInterestOnlyWhileAnotherWaitsForIt() {
    Command off = new Command.HostOff(Offices.PRIMARY);
    assertThat(decide(off, ADMIN).changesSomething()).isFalse();
    Effect unknown = decide(new Command.HostOff(new PbxId("tertiary")), ADMIN);
    assertThat(unknown.accepted()).isFalse();
    assertThat(unknown.reply())
        .isEqualTo("There is no PBX called tertiary; there are primary and standby.");
    Takeover kept = Movings.kept("watcher-1", "watcher-2", Optional.empty());
    for (Entry entry :
        List.of(
            new Entry.SettingsAccepted(now, "watcher-1", "5f", Offices.accountants().with(kept)),
            new Entry.LeaseRenewed(now, 1, "watcher-1.5f-1", true),
            new Entry.LeasePassed(now, state.epoch(), 1, Offices.STANDBY))) {
      state = State.evolve(state, entry);
    }
    assertThat(decide(new Command.HostOff(Offices.STANDBY), ADMIN).changesSomething()).isFalse();
    assertThat(decide(off, ADMIN).reply()).contains("both have it: switch it off now");
    obey(off, ADMIN);
    assertThat(state.lease().orElseThrow().boundElsewhere()).isFalse();
    assertThat(decide(off, ADMIN).changesSomething()).as("said already").isFalse();
  }

  @Test
  void beforeThereAreSettingsNothingIsDone() {
    Situation empty = new Situation(State.EMPTY, now, "");
    assertThat(commands.decide(empty, divert(), ADMIN).accepted()).isFalse();
  }

  private void obey(Command command, Actor actor) {
    Effect effect = decide(command, actor);
    assertThat(effect.accepted()).as(effect.reply()).isTrue();
    effect.entries().forEach(entry -> state = State.evolve(state, entry));
    now = now.plusSeconds(1);
  }

  private Effect decide(Command command, Actor actor) {
    return commands.decide(new Situation(state, now, ""), command, actor);
  }

  private static Command divert(Selection... what) {
    return new Command.Divert(List.of(what), List.of(), Optional.empty(), "away");
  }

  private static Command giveBack(Selection... what) {
    return new Command.Return(List.of(what), false);
  }

  private static Target to(String staff) {
    return Target.of(new StaffId(staff));
  }

  private static PhoneNumber mobile(int last) {
    return new PhoneNumber("+44770090012" + last);
  }

  private List<PhoneNumber> rings(int last) {
    return Routing.wanted(state, now).get(phone(last)).rings().stream().limit(1).toList();
  }

  private List<WantedRoute> onMobiles() {
    return Routing.wanted(state, now).values().stream().filter(r -> !r.atOffice()).toList();
  }
}
