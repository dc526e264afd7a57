package org.linekeeper.routing;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.OfficeNumber;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.estate.Schedule;
import org.linekeeper.estate.Selection;
import org.linekeeper.estate.StaffMember;
import org.linekeeper.estate.Target;
import org.linekeeper.state.Diversion;
import org.linekeeper.state.State;

/**
 * Computes where every number should ring at a moment, whatever was missed before: a person's wish
 * for the number goes before one for its group or site, then for all, then the emergency, then the
 * schedule, then normal. On one level the latest wish wins.
 */
public final class Routing {
  private Routing() {}

  /** The wanted route of every number, by number; empty before there are settings. */
  public static Map<PhoneNumber, WantedRoute> wanted(State state, Instant now) {
    Map<PhoneNumber, WantedRoute> routes = new TreeMap<>();
    state
        .settings()
        .ifPresent(
            settings -> {
              Estate estate = settings.estate();
              List<Schedule.Rule> rules = estate.schedule().inForce(now);
              estate
                  .numbers()
                  .forEach(
                      number ->
                          routes.put(number.number(), route(state, estate, rules, number, now)));
            });
    return routes;
  }

  private static WantedRoute route(
      State state, Estate estate, List<Schedule.Rule> rules, OfficeNumber number, Instant now) {
    if (!number.movable()) {
      return office(number, "this line is never moved", Optional.empty());
    }
    return wish(state, number, now)
        .map(diversion -> wished(estate, number, diversion))
        .or(() -> emergency(state, estate, number))
        .or(() -> scheduled(estate, rules, number, now))
        .orElseGet(() -> office(number, "nothing diverts it", Optional.empty()));
  }

  /** The wish that counts: the most particular one, and of those the latest. */
  private static Optional<Diversion> wish(State state, OfficeNumber number, Instant now) {
    return state.diversions().values().stream()
        .filter(diversion -> diversion.inForce(now))
        .filter(diversion -> diversion.what().covers(number))
        .filter(diversion -> !overtaken(state, diversion))
        .min(
            Comparator.comparing((Diversion d) -> particular(d.what().kind()))
                .thenComparing(Diversion::start, Comparator.reverseOrder())
                .thenComparing(Diversion::id, Comparator.reverseOrder()));
  }

  /** Whoever wished for the office before the fire did not know of the fire. */
  private static boolean overtaken(State state, Diversion diversion) {
    return diversion.route() == Diversion.Route.OFFICE
        && state.emergency().filter(e -> diversion.start().isBefore(e.since())).isPresent();
  }

  private static int particular(Selection.Kind kind) {
    return switch (kind) {
      case NUMBER -> 0;
      case GROUP, SITE -> 1;
      case ALL -> 2;
    };
  }

  private static WantedRoute wished(Estate estate, OfficeNumber number, Diversion diversion) {
    String why = diversion.owner() + ": " + diversion.reason();
    return diversion.route() == Diversion.Route.OFFICE
        ? office(number, why, diversion.end())
        : mobiles(estate, number, diversion.to(), why, diversion.end());
  }

  private static Optional<WantedRoute> emergency(State state, Estate estate, OfficeNumber number) {
    return state
        .emergency()
        .map(
            e ->
                mobiles(
                    estate,
                    number,
                    List.of(),
                    // The evidence is in the journal; beside each number it would hide the number.
                    "no PBX can serve",
                    Optional.empty()));
  }

  private static Optional<WantedRoute> scheduled(
      Estate estate, List<Schedule.Rule> rules, OfficeNumber number, Instant now) {
    return rules.stream()
        .filter(rule -> rule.numbers().stream().anyMatch(selection -> selection.covers(number)))
        .findFirst()
        .map(
            rule ->
                mobiles(
                    estate,
                    number,
                    rule.to(),
                    "schedule \"" + rule.name() + "\"",
                    estate.schedule().nextBoundary(now)));
  }

  private static WantedRoute mobiles(
      Estate estate, OfficeNumber number, List<Target> to, String why, Optional<Instant> until) {
    List<PhoneNumber> rings =
        (to.isEmpty() ? number.targets() : to)
            .stream()
                .map(target -> dialled(estate, target))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    return rings.isEmpty()
        ? office(number, "nobody is set to take its calls, although: " + why, until)
        : new WantedRoute(number, rings, why, until);
  }

  private static Optional<PhoneNumber> dialled(Estate estate, Target target) {
    return target
        .number()
        .or(() -> target.staff().flatMap(estate::staffMember).map(StaffMember::mobile));
  }

  private static WantedRoute office(OfficeNumber number, String why, Optional<Instant> until) {
    return new WantedRoute(number, List.of(), why, until);
  }
}
