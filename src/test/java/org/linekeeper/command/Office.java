package org.linekeeper.command;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.GroupId;
import org.linekeeper.estate.OfficeNumber;
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
import org.linekeeper.state.Entry;
import org.linekeeper.state.State;

/** The office of these tests: eight numbers, two sites, five people, support on call at night. */
final class Office {
  static final ZoneId ZONE = ZoneId.of("Europe/London");

  /** Monday morning. */
  static final Instant NOW = at("2026-11-23T10:00");

  static final StaffId ALICE = new StaffId("alice");
  static final StaffId BOB = new StaffId("bob");
  static final StaffId CAROL = new StaffId("carol");
  static final StaffId DAVE = new StaffId("dave.k");
  static final StaffId ZOE = new StaffId("zoe");

  static final Selection SALES = Selection.of(new GroupId("sales"));
  static final Selection SUPPORT = Selection.of(new GroupId("support"));
  static final PhoneNumber RECEPTION = phone(1);

  private Office() {}

  static Instant at(String local) {
    return LocalDateTime.parse(local).atZone(ZONE).toInstant();
  }

  static PhoneNumber phone(int last) {
    return new PhoneNumber("+44163296000" + last);
  }

  static Estate estate() {
    return new Estate(
        "Example Ltd",
        List.of(pbx("primary", Pbx.Role.PRIMARY), pbx("standby", Pbx.Role.STANDBY)),
        new Trunk("TK01", Optional.of(phone(0))),
        List.of(
            number(1, "Reception", "head-office", "front", ALICE),
            number(2, "Sales London", "head-office", "sales", BOB),
            number(3, "Sales North", "branch", "sales", BOB, CAROL),
            number(4, "Support", "head-office", "support", DAVE),
            number(5, "Support Overflow", "branch", "support", DAVE),
            fixed(6, "Fax"),
            fixed(7, "Lift alarm"),
            number(8, "Boardroom", "head-office", "front")),
        List.of(
            staff(ALICE, "Alice Archer", 1, true, Selection.ALL),
            staff(BOB, "Bob Baker", 2, false, SALES),
            staff(CAROL, "Carol Baker", 3, false, Selection.of(phone(3)), SUPPORT),
            staff(DAVE, "Dave King", 4, true),
            staff(ZOE, "Zo\u00eb \u00c5ngstr\u00f6m", 5, false, Selection.of(phone(8)))),
        new Schedule(ZONE, List.of(nights())),
        new TargetPolicy("GB", List.of("+447")),
        Rules.defaults());
  }

  static State state() {
    return after(new Entry.SettingsAccepted(NOW, "test", "00", estate()));
  }

  static State after(Entry... entries) {
    State state = State.EMPTY;
    for (Entry entry : entries) {
      state = State.evolve(state, entry);
    }
    return state;
  }

  private static Schedule.Rule nights() {
    Set<DayOfWeek> days =
        Set.of(
            DayOfWeek.MONDAY,
            DayOfWeek.TUESDAY,
            DayOfWeek.WEDNESDAY,
            DayOfWeek.THURSDAY,
            DayOfWeek.FRIDAY);
    return new Schedule.Rule(
        "nights",
        List.of(SUPPORT),
        List.of(Target.of(DAVE)),
        List.of(Window.weekly(days, LocalTime.of(18, 0), LocalTime.of(8, 0))),
        List.of());
  }

  private static Pbx pbx(String name, Pbx.Role role) {
    return new Pbx(new PbxId(name), new SiteId("head-office"), role, "OU-" + name, List.of());
  }

  private static OfficeNumber number(
      int last, String name, String site, String group, StaffId... targets) {
    return new OfficeNumber(
        phone(last),
        name,
        new SiteId(site),
        Set.of(new GroupId(group)),
        true,
        Stream.of(targets).map(Target::of).toList(),
        Optional.empty());
  }

  private static OfficeNumber fixed(int last, String name) {
    return new OfficeNumber(
        phone(last), name, new SiteId("head-office"), Set.of(), false, List.of(), Optional.empty());
  }

  private static StaffMember staff(
      StaffId id, String name, int last, boolean operate, Selection... mayMove) {
    PhoneNumber mobile = new PhoneNumber("+44770090012" + last);
    return new StaffMember(id, name, mobile, Set.of(mayMove), operate, operate);
  }
}
