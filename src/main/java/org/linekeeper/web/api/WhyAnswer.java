package org.linekeeper.web.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.failover.Overview;
import org.linekeeper.routing.WantedRoute;
import org.linekeeper.state.Diversion;
import org.linekeeper.state.MovedNumber;
import org.linekeeper.web.OfficeWords;

/** Answers {@code GET /api/why/{number}}: where it rings, and everything that led to it. */
record WhyAnswer(
    String number, String sentence, Optional<NumberAnswer> wanted, List<String> reasons) {

  static WhyAnswer of(Overview seen, PhoneNumber number, Instant now) {
    OfficeWords words = new OfficeWords(seen.state(), now);
    Optional<WantedRoute> route = Optional.ofNullable(seen.routes().get(number));
    Optional<MovedNumber> moved = Optional.ofNullable(seen.state().moved().get(number));
    return new WhyAnswer(
        number.e164(),
        route
            .map(r -> sentence(r, words))
            .orElse(
                words.phone(number)
                    + " is not in numbers.yml any more; it goes back to what the carrier had"
                    + " before."),
        route.map(r -> NumberAnswer.of(seen, r, now)),
        reasons(seen, number, route, moved, words));
  }

  private static String sentence(WantedRoute route, OfficeWords words) {
    return route.number().name()
        + " ("
        + words.phone(route.number().number())
        + ") "
        + (route.atOffice()
            ? "rings at the office"
            : "rings on the mobile of " + words.people(route.rings()))
        + route.until().map(until -> " until " + words.time(until)).orElse("")
        + ": "
        + words.plain(route.why())
        + ".";
  }

  private static List<String> reasons(
      Overview seen,
      PhoneNumber number,
      Optional<WantedRoute> route,
      Optional<MovedNumber> moved,
      OfficeWords words) {
    List<String> reasons = new ArrayList<>();
    seen.state().diversions().values().stream()
        .filter(d -> route.filter(r -> d.what().covers(r.number())).isPresent())
        .map(d -> wish(d, words))
        .forEach(reasons::add);
    seen.state()
        .emergency()
        .ifPresent(e -> reasons.add("No PBX can serve: " + words.plain(e.reason()) + "."));
    moved.ifPresent(
        m ->
            reasons.add(
                m.settled()
                    ? "Linekeeper has changed it at the carrier, and keeps what was there before."
                    : "Linekeeper is changing it at the carrier; that is not known to be done yet."));
    Optional.ofNullable(seen.drifts().get(number))
        .ifPresent(drift -> reasons.add("Not as wanted: " + drift + "."));
    return reasons;
  }

  private static String wish(Diversion diversion, OfficeWords words) {
    return "Since "
        + words.time(diversion.start())
        + diversion.end().map(end -> " until " + words.time(end)).orElse(" until it is returned")
        + ": "
        + diversion.owner()
        + " asked that "
        + words.plain(diversion.what().toString())
        + (diversion.route() == Diversion.Route.OFFICE ? " stay at the office" : " ring on mobiles")
        + " ("
        + words.plain(diversion.reason())
        + ").";
  }
}
