package org.linekeeper.estate;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Offices for tests: an accountancy firm with a pair of PBXs and three numbers. */
public final class Offices {
  public static final PbxId PRIMARY = new PbxId("primary");
  public static final PbxId STANDBY = new PbxId("standby");
  public static final SiteId HQ = new SiteId("head-office");
  public static final PhoneNumber RECEPTION = new PhoneNumber("+441632960001");
  public static final PhoneNumber SALES = new PhoneNumber("+441632960002");
  public static final PhoneNumber LIFT = new PhoneNumber("+441632960003");
  public static final PhoneNumber CONTROL = new PhoneNumber("+441632960099");
  public static final PhoneNumber ALICE = new PhoneNumber("+447700900101");
  public static final PhoneNumber BOB = new PhoneNumber("+447700900102");
  public static final String PRIMARY_ROW = "OU00000000000000000000000000000001";
  public static final String STANDBY_ROW = "OU00000000000000000000000000000002";

  private Offices() {}

  public static Estate accountants() {
    return accountants(Rules.defaults());
  }

  /** So many numbers, all of them movable. */
  public static Estate accountants(int numbers) {
    Estate few = accountants();
    return new Estate(
        few.office(),
        few.pbxs(),
        few.trunk(),
        IntStream.range(0, numbers)
            .mapToObj(
                i ->
                    number(
                        new PhoneNumber("+44163296" + (1000 + i)),
                        "Number " + i,
                        Set.of(),
                        true,
                        "alice"))
            .toList(),
        few.staff(),
        few.schedule(),
        few.targets(),
        few.rules());
  }

  public static Estate accountants(Rules rules) {
    return new Estate(
        "Accountants",
        List.of(
            new Pbx(PRIMARY, HQ, Pbx.Role.PRIMARY, PRIMARY_ROW, List.of()),
            new Pbx(STANDBY, HQ, Pbx.Role.STANDBY, STANDBY_ROW, List.of())),
        new Trunk("TK00000000000000000000000000000001", Optional.of(CONTROL)),
        List.of(
            number(RECEPTION, "Reception", Set.of(), true, "alice"),
            number(SALES, "Sales", Set.of(new GroupId("sales")), true, "bob"),
            number(LIFT, "Lift alarm", Set.of(), false)),
        List.of(
            staff("alice", ALICE, Selection.ALL, true),
            staff("bob", BOB, Selection.of(new GroupId("sales")), false)),
        new Schedule(ZoneId.of("Europe/London"), List.of(evenings())),
        new TargetPolicy("GB", List.of()),
        rules);
  }

  /** Sales rings on mobiles from 17:30 to 08:30 on working days. */
  private static Schedule.Rule evenings() {
    return new Schedule.Rule(
        "evenings",
        List.of(Selection.of(new GroupId("sales"))),
        List.of(),
        List.of(
            Window.weekly(
                EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
                LocalTime.of(17, 30),
                LocalTime.of(8, 30))),
        List.of());
  }

  private static OfficeNumber number(
      PhoneNumber number, String name, Set<GroupId> groups, boolean movable, String... targets) {
    return new OfficeNumber(
        number,
        name,
        HQ,
        groups,
        movable,
        java.util.Arrays.stream(targets).map(StaffId::new).map(Target::of).toList(),
        Optional.empty());
  }

  private static StaffMember staff(String id, PhoneNumber mobile, Selection may, boolean operate) {
    return new StaffMember(new StaffId(id), id, mobile, Set.of(may), operate, operate);
  }

  /** The accountants with a provider whose trunks register, and no origination URLs. */
  public static Estate registering() {
    Estate usual = accountants();
    return new Estate(
        usual.office(),
        List.of(
            new Pbx(PRIMARY, HQ, Pbx.Role.PRIMARY, "", List.of("provider")),
            new Pbx(STANDBY, HQ, Pbx.Role.STANDBY, "", List.of("provider"))),
        usual.trunk(),
        usual.numbers(),
        usual.staff(),
        usual.schedule(),
        usual.targets(),
        usual.rules());
  }
}
