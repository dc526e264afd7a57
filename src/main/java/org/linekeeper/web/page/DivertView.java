package org.linekeeper.web.page;

import java.util.ArrayList;
import java.util.List;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.GroupId;
import org.linekeeper.estate.OfficeNumber;
import org.linekeeper.estate.SiteId;
import org.linekeeper.estate.StaffMember;
import org.linekeeper.failover.Overview;
import org.linekeeper.state.SettingsInForce;

/**
 * What can be chosen in the form that diverts numbers. Each choice's value is what it would be
 * called in a text.
 *
 * @param what which numbers
 * @param to who rings
 * @param ends for how long
 * @param chosen the value of {@code what} that is chosen
 */
record DivertView(List<Choice> what, List<Choice> to, List<Choice> ends, String chosen) {
  /** One choice. */
  record Choice(String value, String label) {}

  private static final List<Choice> ENDS =
      List.of(
          new Choice("", "Until I return them"),
          new Choice("FOR 1H", "For 1 hour"),
          new Choice("FOR 2H", "For 2 hours"),
          new Choice("FOR 4H", "For 4 hours"),
          new Choice("UNTIL 17:30", "Until 17:30"),
          new Choice("UNTIL TOMORROW 08:30", "Until tomorrow, 08:30"),
          new Choice("UNTIL MON 08:30", "Until Monday, 08:30"));

  static DivertView of(Overview seen, String chosen) {
    return seen.state()
        .settings()
        .map(SettingsInForce::estate)
        .map(estate -> new DivertView(what(estate), to(estate), ENDS, chosen))
        .orElseGet(() -> new DivertView(List.of(), List.of(), ENDS, chosen));
  }

  private static List<Choice> what(Estate estate) {
    List<OfficeNumber> movable = estate.numbers().stream().filter(OfficeNumber::movable).toList();
    List<Choice> what = new ArrayList<>();
    what.add(new Choice("ALL", "All numbers (" + movable.size() + ")"));
    movable.stream()
        .flatMap(n -> n.groups().stream())
        .distinct()
        .sorted()
        .map(GroupId::name)
        .forEach(group -> what.add(new Choice("GROUP " + group, "Group " + group)));
    List<SiteId> sites = movable.stream().map(OfficeNumber::site).distinct().sorted().toList();
    if (sites.size() > 1) {
      sites.forEach(site -> what.add(new Choice("SITE " + site.name(), "Site " + site.name())));
    }
    String region = estate.targets().region();
    movable.forEach(
        n ->
            what.add(
                new Choice(n.number().e164(), n.name() + " (" + n.number().display(region) + ")")));
    return what;
  }

  private static List<Choice> to(Estate estate) {
    List<Choice> to = new ArrayList<>();
    to.add(new Choice("", "The mobiles listed for each number"));
    estate.staff().stream().map(DivertView::person).forEach(to::add);
    return to;
  }

  private static Choice person(StaffMember staff) {
    return new Choice(staff.mobile().e164(), staff.name());
  }
}
