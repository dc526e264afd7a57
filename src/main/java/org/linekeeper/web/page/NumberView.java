package org.linekeeper.web.page;

import java.util.List;
import java.util.Optional;
import org.linekeeper.failover.Overview;
import org.linekeeper.routing.WantedRoute;
import org.linekeeper.web.OfficeWords;

/**
 * One number on the page.
 *
 * @param id for links, letters and digits only
 * @param e164 for commands
 * @param phone as people dial it
 * @param name what people call it
 * @param movable false for lines that never move
 * @param atOffice whether it rings at the office
 * @param rings who rings
 * @param why why it rings there
 * @param until until when; empty text if nobody has said
 * @param drift what somebody else made of it; empty text if nothing
 */
record NumberView(
    String id,
    String e164,
    String phone,
    String name,
    boolean movable,
    boolean atOffice,
    String rings,
    String why,
    String until,
    String drift) {
  static List<NumberView> all(Overview seen, OfficeWords words) {
    return seen.routes().values().stream().map(route -> of(seen, route, words)).toList();
  }

  private static NumberView of(Overview seen, WantedRoute route, OfficeWords words) {
    var number = route.number().number();
    return new NumberView(
        "n" + number.e164().substring(1),
        number.e164(),
        words.phone(number),
        route.number().name(),
        route.number().movable(),
        route.atOffice(),
        route.atOffice() ? "Office" : words.people(route.rings()),
        route.atOffice() && route.why().equals("nothing diverts it")
            ? ""
            : words.plain(route.why()),
        route.until().map(words::time).orElse(""),
        Optional.ofNullable(seen.drifts().get(number)).map(words::plain).orElse(""));
  }
}
