package org.linekeeper.command;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.linekeeper.estate.OfficeNumber;
import org.linekeeper.estate.Schedule;
import org.linekeeper.estate.Selection;
import org.linekeeper.routing.WantedRoute;
import org.linekeeper.state.Diversion;
import org.linekeeper.state.Entry;

/** Decides about a wish to ring numbers at the office again. */
final class Returning {
  /**
   * A wish to ring at a dead office must not outlive the day, or the next emergency loses calls.
   */
  private static final Duration FORCED = Duration.ofHours(12);

  private static final int BOUNDARIES = 200;

  private final Request request;

  Returning(Request request) {
    this.request = request;
  }

  Effect decide(Command.Return command) {
    List<Selection> what = request.meant(command.what());
    return request
        .whyNotMove(what)
        .or(() -> command.force() ? Optional.empty() : emergency(what))
        .map(Effect::refused)
        .orElseGet(() -> giveBack(what));
  }

  private Optional<String> emergency(List<Selection> what) {
    Wording wording = request.wording();
    List<WantedRoute> routes = request.wishes().onMobiles(request.wishes().movable(what));
    List<OfficeNumber> byPerson =
        Wishes.numbers(routes).stream()
            .filter(n -> request.wishes().inForce().stream().anyMatch(d -> d.what().covers(n)))
            .toList();
    String later =
        byPerson.isEmpty()
            ? ""
            : " " + wording.numbers(byPerson) + " moved by command: RETURN those then.";
    return request
        .state()
        .emergency()
        .map(
            e ->
                "No PBX can serve since "
                    + wording.time(e.since())
                    + ", so at the office these lines would not ring. Nothing was changed: they go"
                    + " back by themselves when a PBX serves."
                    + later
                    + " Add ANYWAY to do it all the same.");
  }

  private Effect giveBack(List<Selection> what) {
    Wishes before = request.wishes();
    List<Entry> entries =
        new ArrayList<>(
            request.end(what.stream().flatMap(s -> before.inside(s).stream()).toList()));
    for (Selection selection : what) {
      entries.addAll(keeping(selection, before.after(entries)));
    }
    List<OfficeNumber> numbers = before.movable(what);
    List<OfficeNumber> back = Wishes.numbers(before.onMobiles(numbers));
    if (back.isEmpty()) {
      return already(what, numbers);
    }
    return Effect.records(
        "ring " + request.wording().numbers(back) + " at the office" + deadOffice(),
        "Ringing "
            + request.wording().numbers(back)
            + " at the office again"
            + deadOffice()
            + "."
            + later(before.after(entries), back),
        entries);
  }

  private Effect already(List<Selection> what, List<OfficeNumber> numbers) {
    String ring = numbers.size() == 1 ? " already rings" : " already ring";
    // A wish that moved nothing, since nobody is listed to take the calls, still goes.
    List<Entry> idle =
        request.end(
            what.stream()
                .flatMap(s -> request.wishes().inside(s).stream())
                .filter(d -> d.route() == Diversion.Route.MOBILES)
                .toList());
    return Effect.records(
        "leave them at the office",
        request.wording().numbers(numbers) + ring + " at the office.",
        idle);
  }

  private String deadOffice() {
    return request.state().emergency().isPresent() ? ", although no PBX can serve" : "";
  }

  private String later(Wishes after, List<OfficeNumber> back) {
    Optional<Instant> next =
        after.routes(back).stream()
            .map(WantedRoute::until)
            .flatMap(Optional::stream)
            .min(Instant::compareTo);
    return next.map(
            at -> " Until " + request.wording().time(at) + ", then the usual rules apply again.")
        .orElse("");
  }

  /** What keeps the selection at the office although something wider still diverts it. */
  private List<Entry> keeping(Selection selection, Wishes left) {
    List<OfficeNumber> still = Wishes.numbers(left.onMobiles(left.movable(List.of(selection))));
    if (still.isEmpty()) {
      return List.of();
    }
    List<Diversion> wider =
        left.inForce().stream().filter(d -> still.stream().anyMatch(d.what()::covers)).toList();
    if (!wider.isEmpty()) {
      return List.of(office(selection, lastEnd(wider)));
    }
    if (request.state().emergency().isPresent()) {
      return List.of(office(selection, Optional.of(request.now().plus(FORCED))));
    }
    return scheduled(selection, still);
  }

  private static Optional<Instant> lastEnd(List<Diversion> wider) {
    return wider.stream().anyMatch(d -> d.end().isEmpty())
        ? Optional.empty()
        : wider.stream().map(Diversion::end).flatMap(Optional::stream).max(Instant::compareTo);
  }

  /**
   * Against the schedule, as narrowly as it diverts: a rule about other numbers that begins later
   * must still find them free.
   */
  private List<Entry> scheduled(Selection selection, List<OfficeNumber> still) {
    Wishes wishes = request.wishes();
    List<OfficeNumber> meant = wishes.movable(List.of(selection));
    List<Selection> parts =
        meant.size() == still.size()
            ? List.of(selection)
            : request.estate().schedule().inForce(request.now()).stream()
                .flatMap(rule -> rule.numbers().stream())
                .distinct()
                .filter(s -> meant.containsAll(wishes.movable(List.of(s))))
                .filter(s -> still.stream().anyMatch(s::covers))
                .toList();
    List<Entry> entries = new ArrayList<>();
    parts.forEach(part -> entries.add(office(part, nextChange(part))));
    still.stream()
        .filter(n -> parts.stream().noneMatch(part -> part.covers(n)))
        .map(n -> Selection.of(n.number()))
        .forEach(one -> entries.add(office(one, nextChange(one))));
    return entries;
  }

  /** When other rules than now apply to the selection. */
  private Optional<Instant> nextChange(Selection selection) {
    List<String> rules = rules(selection, request.now());
    Optional<Instant> at = request.estate().schedule().nextBoundary(request.now());
    for (int i = 0; i < BOUNDARIES && at.isPresent(); i++) {
      Instant boundary = at.get();
      if (!rules(selection, boundary).equals(rules)) {
        return at;
      }
      at = request.estate().schedule().nextBoundary(boundary);
    }
    return at;
  }

  private List<String> rules(Selection selection, Instant at) {
    List<OfficeNumber> numbers = request.wishes().movable(List.of(selection));
    return request.estate().schedule().inForce(at).stream()
        .filter(rule -> rule.numbers().stream().anyMatch(s -> numbers.stream().anyMatch(s::covers)))
        .map(Schedule.Rule::name)
        .toList();
  }

  private Entry office(Selection selection, Optional<Instant> end) {
    return new Entry.DiversionBegan(
        request.now(),
        new Diversion(
            request.ids().get(),
            selection,
            Diversion.Route.OFFICE,
            List.of(),
            request.actor(),
            "returned",
            request.now(),
            end));
  }
}
