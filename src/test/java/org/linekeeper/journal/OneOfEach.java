package org.linekeeper.journal;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.GroupId;
import org.linekeeper.estate.OfficeNumber;
import org.linekeeper.estate.Offices;
import org.linekeeper.estate.Pbx;
import org.linekeeper.estate.PbxId;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.estate.Rules;
import org.linekeeper.estate.Schedule;
import org.linekeeper.estate.Selection;
import org.linekeeper.estate.SiteId;
import org.linekeeper.estate.StaffId;
import org.linekeeper.estate.StaffMember;
import org.linekeeper.estate.Target;
import org.linekeeper.estate.TargetPolicy;
import org.linekeeper.estate.Trunk;
import org.linekeeper.estate.Window;
import org.linekeeper.state.Actor;
import org.linekeeper.state.Challenge;
import org.linekeeper.state.Diversion;
import org.linekeeper.state.Entry;
import org.linekeeper.state.Epoch;
import org.linekeeper.state.NumberImage;
import org.linekeeper.state.OriginationUrl;
import org.linekeeper.state.Outcome;
import org.linekeeper.state.Parting;
import org.linekeeper.state.Pause;
import org.linekeeper.state.Plan;
import org.linekeeper.state.State;
import org.linekeeper.state.Step;

/**
 * A day in an office that leaves one entry of each kind, and a state with something in every part.
 */
final class OneOfEach {
  static final Instant AT = Instant.parse("2026-11-22T03:12:00.250Z");
  static final PbxId PRIMARY = new PbxId("primary");
  static final PbxId STANDBY = new PbxId("standby");
  static final PhoneNumber SALES = new PhoneNumber("+441632960001");
  static final PhoneNumber MOBILE = new PhoneNumber("+447700900123");
  static final StaffId ALICE = new StaffId("alice");
  static final Actor BY_TEXT = new Actor(Actor.Door.SMS, "alice");

  private OneOfEach() {}

  static List<Entry> entries() {
    return List.of(
        new Entry.SettingsAccepted(AT, "watcher-1", "5f3c", estate()),
        new Entry.ModeSet(AT, BY_TEXT, Rules.Mode.MANUAL),
        new Entry.WentAlone(
            AT,
            new Parting(
                UUID.fromString("5f3c0001-0000-4000-8000-000000000001"),
                "watcher-1",
                new Actor(Actor.Door.CLI, "bob"),
                AT)),
        new Entry.Paused(AT, new Pause(BY_TEXT, AT.plusSeconds(3600), "new switch")),
        new Entry.Resumed(AT, BY_TEXT),
        new Entry.Paused(AT, new Pause(BY_TEXT, AT.plusSeconds(7200), "and its cables")),
        new Entry.Intended(AT, failover()),
        new Entry.Acknowledged(AT, new Actor(Actor.Door.PAGE, "bob")),
        new Entry.DiversionBegan(AT, diversion("d1", Optional.of(AT.plusSeconds(7200)))),
        new Entry.DiversionBegan(AT, diversion("d2", Optional.empty())),
        new Entry.DiversionEnded(AT, "d1", Actor.ITSELF),
        new Entry.EmergencyBegan(AT, "no PBX can serve"),
        new Entry.EmergencyEnded(AT, "primary is back"),
        new Entry.EmergencyBegan(AT, "no PBX can serve, again"),
        new Entry.Intended(AT, divert("p2", SALES, new PhoneNumber("+441632960003"))),
        Entry.Done.of(AT, "p2", Map.of(0, Outcome.unknown("no answer within 10 s"))),
        new Entry.MessageHandled(AT, "SM01", MOBILE.e164(), "DIVERT SALES"),
        new Entry.ChallengeIssued(AT, new StaffId("bob"), challenge()),
        new Entry.ChallengeClosed(AT, new StaffId("bob"), "answered"),
        new Entry.ChallengeIssued(AT, ALICE, challenge()),
        new Entry.Intended(AT, divert("p3", new PhoneNumber("+441632960002"))),
        new Entry.DriftAccepted(AT, new PhoneNumber("+441632960002"), BY_TEXT),
        new Entry.VerdictNoted(AT, PRIMARY, "ProcessGone", "EOF, then refused after 20 ms"),
        new Entry.Noted(AT, Entry.Noted.Weight.ALARM, "the disk is nearly full"),
        new Entry.WatcherReplaced(AT, "watcher-2.3bff86b8"),
        new Entry.LeaseRenewed(AT, 1, "watcher-1.5f3c-7", true),
        new Entry.LeaseKept(AT, 1, "watcher-1.5f3c", Duration.ofSeconds(30)),
        new Entry.LeasePassed(AT, new Epoch(3), 1, STANDBY),
        new Entry.LeaseFreed(
            AT, 1, Offices.PRIMARY, "watcher-1.5f3c-7", "primary's host has let go"),
        new Entry.AlertSent(AT, 24, 2));
  }

  /** How many there are. */
  static long many() {
    return entries().size();
  }

  static State state() {
    State state = State.EMPTY;
    for (Entry entry : entries()) {
      state = State.evolve(state, entry);
    }
    return state;
  }

  static Entry noted(String text) {
    return new Entry.Noted(AT, Entry.Noted.Weight.INFO, text);
  }

  static Plan divert(String id, PhoneNumber... numbers) {
    return new Plan(
        id,
        new Epoch(1),
        Plan.Kind.REDIRECT,
        "alice by sms diverted group sales",
        AT,
        Optional.empty(),
        Optional.empty(),
        List.of(numbers).stream().map(OneOfEach::divert).toList());
  }

  private static Step divert(PhoneNumber number) {
    NumberImage before =
        NumberImage.of(Map.of("TrunkSid", "TK01", "VoiceUrl", "", "FriendlyName", "Sales"));
    return new Step.RouteNumber(
        number,
        "PN" + number.e164().substring(1),
        before,
        before.with(Map.of("TrunkSid", "", "VoiceUrl", "https://voice.example.com/ring")),
        List.of(MOBILE));
  }

  private static Plan failover() {
    OriginationUrl standby = new OriginationUrl("OU02", "sip:standby.example.com", 20, 10, true);
    return new Plan(
        "p1",
        new Epoch(1),
        Plan.Kind.FAILOVER,
        "primary's process is gone",
        AT,
        Optional.of(PRIMARY),
        Optional.of(STANDBY),
        List.of(
            new Step.SetGate(STANDBY, true),
            new Step.MoveOrigination("TK01", standby, standby.withPriority(5)),
            new Step.RegisterTrunk(STANDBY, "provider", true)));
  }

  private static Diversion diversion(String id, Optional<Instant> end) {
    return new Diversion(
        id,
        Selection.of(new GroupId("sales")),
        Diversion.Route.MOBILES,
        List.of(Target.of(ALICE), Target.of(MOBILE)),
        BY_TEXT,
        "the office is closed",
        AT,
        end);
  }

  private static Challenge challenge() {
    return new Challenge("DIVERT ALL", "salt:4be1", AT.plusSeconds(300), 1);
  }

  private static Estate estate() {
    SiteId office = new SiteId("head-office");
    return new Estate(
        "Example Office",
        List.of(
            new Pbx(PRIMARY, office, Pbx.Role.PRIMARY, "OU01", List.of()),
            new Pbx(STANDBY, office, Pbx.Role.STANDBY, "OU02", List.of("provider"))),
        new Trunk("TK01", Optional.of(new PhoneNumber("+441632960000"))),
        List.of(
            new OfficeNumber(
                SALES,
                "Sales",
                office,
                Set.of(new GroupId("sales"), new GroupId("front"), new GroupId("uk")),
                true,
                List.of(Target.of(ALICE)),
                Optional.of(SALES)),
            new OfficeNumber(
                new PhoneNumber("+441632960099"),
                "Lift",
                office,
                Set.of(),
                false,
                List.of(),
                Optional.empty())),
        List.of(
            new StaffMember(
                ALICE,
                "Alice Example",
                MOBILE,
                Set.of(Selection.ALL, Selection.of(SALES), Selection.of(office)),
                true,
                true)),
        new Schedule(
            ZoneId.of("Europe/London"),
            List.of(
                new Schedule.Rule(
                    "evenings",
                    List.of(Selection.of(new GroupId("sales"))),
                    List.of(Target.of(ALICE)),
                    List.of(
                        Window.weekly(
                            Set.of(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
                            LocalTime.of(17, 30),
                            LocalTime.of(8, 0))),
                    List.of(
                        Window.once(
                            LocalDateTime.of(2026, 12, 24, 12, 0),
                            LocalDateTime.of(2026, 12, 27, 0, 0)))))),
        new TargetPolicy("GB", List.of("+447")),
        new Rules(
            Rules.Mode.AUTOMATIC,
            Duration.ofMinutes(10),
            true,
            Duration.ofSeconds(15),
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            5));
  }
}
