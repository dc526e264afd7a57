package org.linekeeper.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.linekeeper.estate.OfficeNumber;
import org.linekeeper.estate.PbxId;
import org.linekeeper.estate.Rules;
import org.linekeeper.estate.Selection;
import org.linekeeper.routing.WantedRoute;

/** Answers STATUS: who serves, what is on mobiles and until when, and what is unusual. */
final class StatusText {
  private static final int WAYS = 3;

  private final Request request;
  private final Situation situation;

  StatusText(Request request, Situation situation) {
    this.request = request;
    this.situation = situation;
  }

  String text(List<Selection> what) {
    return what.isEmpty() ? everything() : about(request.wishes().routes(numbers(what)));
  }

  private List<OfficeNumber> numbers(List<Selection> what) {
    return request.estate().numbers().stream()
        .filter(n -> what.stream().anyMatch(s -> s.covers(n)))
        .toList();
  }

  private String everything() {
    List<String> parts = new ArrayList<>();
    parts.add(request.state().emergency().isPresent() ? noPbx() : serving());
    if (!situation.watching().isBlank()) {
      parts.add(situation.watching().strip().replaceFirst("\\.$", "") + ".");
    }
    if (request.authority().mayOperate()) {
      situation
          .held()
          .forEach(held -> parts.add("Text " + held.words() + " to " + held.intent() + "."));
    }
    request
        .state()
        .pause()
        .filter(p -> request.state().paused(request.now()))
        .ifPresent(p -> parts.add("Paused until " + request.wording().time(p.until()) + "."));
    if (request.state().mode() != Rules.Mode.AUTOMATIC) {
      parts.add("Mode " + Operating.name(request.state().mode()) + ".");
    }
    parts.add(about(request.wishes().routes(request.estate().numbers())));
    return String.join(" ", parts);
  }

  private String noPbx() {
    return "NO PBX can serve since "
        + request.wording().time(request.state().emergency().orElseThrow().since())
        + ".";
  }

  private String serving() {
    String since =
        request
            .state()
            .promotion()
            .filter(p -> request.state().active().equals(Optional.of(p.to())))
            .map(
                p ->
                    " since "
                        + request.wording().time(p.at())
                        + (p.acknowledged() ? "" : " (failover, not acknowledged)"))
            .orElse("");
    return request.state().active().map(PbxId::name).orElse("No PBX") + " serves" + since + ".";
  }

  private String about(List<WantedRoute> routes) {
    List<WantedRoute> away = routes.stream().filter(r -> !r.atOffice()).toList();
    if (away.isEmpty()) {
      return routes.size() == 1
          ? request.wording().number(routes.get(0).number()) + " rings at the office."
          : "All " + routes.size() + " numbers ring at the office.";
    }
    Map<String, List<WantedRoute>> ways = new LinkedHashMap<>();
    away.forEach(r -> ways.computeIfAbsent(r.why() + r.until(), k -> new ArrayList<>()).add(r));
    List<String> parts = new ArrayList<>();
    ways.values().stream().limit(WAYS).forEach(way -> parts.add(way(way)));
    long more = ways.values().stream().skip(WAYS).mapToLong(List::size).sum();
    if (more > 0) {
      parts.add("And " + more + " more on mobiles.");
    }
    int rest = routes.size() - away.size();
    if (rest > 0) {
      parts.add((rest == 1 ? "1 other rings" : rest + " others ring") + " at the office.");
    }
    return String.join(" ", parts);
  }

  private String way(List<WantedRoute> way) {
    WantedRoute one = way.get(0);
    return "On mobiles: "
        + request.wording().numbers(Wishes.numbers(way))
        + " to "
        + request.wording().rings(way, request.actor().name())
        + one.until().map(until -> " until " + request.wording().time(until)).orElse("")
        + " ("
        + Wording.cut(one.why().replaceFirst(": \".*", ""))
        + ").";
  }
}
