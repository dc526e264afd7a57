package org.linekeeper.demo.page;

import java.util.ArrayList;
import java.util.List;
import org.linekeeper.demo.link.Link;
import org.linekeeper.demo.office.DemoOffice;
import org.linekeeper.demo.office.DemoWatcher;
import org.linekeeper.demo.page.DemoView.LinkCell;
import org.linekeeper.demo.page.DemoView.LinkRow;
import org.linekeeper.demo.page.DemoView.WatcherCard;
import org.linekeeper.demo.page.DemoView.Watchers;
import org.linekeeper.failover.Overview;
import org.linekeeper.journal.Standing;
import org.linekeeper.service.Service;

/** Makes what the card of watchers and links shows. */
final class WatcherViews {
  private WatcherViews() {}

  static Watchers of(DemoOffice office) {
    Service shown = office.linekeeper();
    List<LinkRow> rows = office.parties().stream().map(party -> row(office, party)).toList();
    return new Watchers(
        shown.settings().local().watcher(),
        office.watchers().stream().map(WatcherViews::card).toList(),
        rows,
        rows.stream().flatMap(row -> row.cells().stream()).anyMatch(LinkCell::cut));
  }

  private static LinkRow row(DemoOffice office, String party) {
    List<LinkCell> cells = new ArrayList<>();
    List<String> names = office.watchers().stream().map(DemoWatcher::name).toList();
    for (String watcher : names) {
      Link link = new Link(watcher, party);
      // a link between watchers stands in the row of the later one only
      boolean here =
          office.links().contains(link)
              && (!names.contains(party) || names.indexOf(watcher) < names.indexOf(party));
      cells.add(
          here
              ? new LinkCell(watcher + " " + party, watcher, party, office.network().isCut(link))
              : new LinkCell("", watcher, party, false));
    }
    return new LinkRow(party, cells);
  }

  private static WatcherCard card(DemoWatcher watcher) {
    return watcher
        .running()
        .filter(service -> watcher.condition() == DemoWatcher.Condition.RUNNING)
        .map(service -> card(watcher.name(), service))
        .orElseGet(() -> silent(watcher));
  }

  private static WatcherCard silent(DemoWatcher watcher) {
    DemoWatcher.Condition condition = watcher.condition();
    String words =
        switch (condition) {
          case RUNNING, STARTING -> "starts";
          case DYING -> "is dead, and being cleared away";
          case DEAD -> "is dead";
        };
    boolean dead = condition == DemoWatcher.Condition.DEAD;
    return new WatcherCard(watcher.name(), "", "bad", words, "", "", false, dead);
  }

  private static WatcherCard card(String name, Service service) {
    Standing standing = service.journal().standing();
    Overview seen = service.loop().overview();
    boolean agreed = standing.leads() || standing.leader().isPresent();
    return new WatcherCard(
        name,
        "http://127.0.0.1:" + service.settings().local().web().port(),
        agreed ? "ok" : "warn",
        leads(standing, service.journal().trouble()),
        seen.state().active().map(pbx -> pbx.name() + " serves").orElse("nobody serves yet"),
        seen.carrierReachable() ? "" : "does not reach the carrier",
        true,
        false);
  }

  private static String leads(Standing standing, String trouble) {
    if (standing.leads()) {
      return "leads";
    }
    return standing
        .leader()
        .map(leader -> "looks on: " + leader + " leads")
        .orElse(
            trouble.isEmpty()
                ? "is not sure yet whether it leads"
                : "has no majority, and begins nothing");
  }
}
