package org.linekeeper.command;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.linekeeper.estate.OfficeNumber;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.estate.Selection;
import org.linekeeper.estate.StaffMember;
import org.linekeeper.estate.Target;
import org.linekeeper.routing.WantedRoute;
import org.linekeeper.state.Diversion;
import org.linekeeper.state.Entry;

/** Decides about a wish to ring numbers on mobiles. */
final class Diverting {
  /** The carrier rings at most ten at once (Twilio, {@code <Dial>} with several numbers). */
  private static final int MOST_TARGETS = 10;

  private final Request request;
  private final TargetCheck targets;

  Diverting(Request request, TargetCheck targets) {
    this.request = request;
    this.targets = targets;
  }

  Effect decide(Command.Divert command) {
    List<Selection> what = request.meant(command.what());
    return request
        .whyNotMove(what)
        .or(() -> whyNot(command))
        .map(Effect::refused)
        .orElseGet(() -> divert(command, what));
  }

  private Optional<String> whyNot(Command.Divert command) {
    Instant now = request.now();
    if (command.until().filter(end -> !end.isAfter(now)).isPresent()) {
      return Optional.of("That time is already past. Nothing was changed.");
    }
    if (command.to().size() > MOST_TARGETS) {
      return Optional.of(
          "At most " + MOST_TARGETS + " mobiles can ring at once. Nothing was changed.");
    }
    return command.to().stream().map(this::whyNot).flatMap(Optional::stream).findFirst();
  }

  private Optional<String> whyNot(Target target) {
    Optional<PhoneNumber> dialled =
        target
            .number()
            .or(
                () ->
                    target.staff().flatMap(request.estate()::staffMember).map(StaffMember::mobile));
    return dialled
        .map(
            phone ->
                targets
                    .whyNot(request.estate(), phone)
                    .map(
                        why ->
                            "Calls cannot go to "
                                + request.wording().phone(phone)
                                + ": "
                                + why.replaceFirst("\\.$", "")
                                + ". Nothing was changed."))
        .orElseGet(
            () -> Optional.of("There is nobody called " + target + ". Nothing was changed."));
  }

  private Effect divert(Command.Divert command, List<Selection> what) {
    List<Entry> entries = what.stream().flatMap(selection -> entries(command, selection)).toList();
    Wishes after = request.wishes().after(entries);
    List<OfficeNumber> numbers = after.movable(what);
    List<WantedRoute> moved = after.onMobiles(numbers);
    Set<OfficeNumber> away = Set.copyOf(Wishes.numbers(moved));
    List<OfficeNumber> kept = numbers.stream().filter(n -> !away.contains(n)).toList();
    boolean named = kept.stream().anyMatch(n -> command.what().contains(Selection.of(n.number())));
    return moved.isEmpty() || named
        ? Effect.refused(nobody(kept))
        : answer(command, entries, own(command, moved), others(command, moved), kept);
  }

  private Stream<Entry> entries(Command.Divert command, Selection selection) {
    List<Diversion> inside = request.wishes().inside(selection);
    // Replaced: the same numbers. Overtaken: a wish to keep some of them at the office, made when
    // less was on mobiles; in a fire nobody remembers it, and those lines would ring unheard.
    List<Diversion> over =
        inside.stream()
            .filter(d -> d.what().equals(selection) || d.route() == Diversion.Route.OFFICE)
            .toList();
    Diversion wish =
        new Diversion(
            request.ids().get(),
            selection,
            Diversion.Route.MOBILES,
            command.to(),
            request.actor(),
            command.reason(),
            request.now(),
            command.until());
    return Stream.concat(
        request.end(over).stream(), Stream.of(new Entry.DiversionBegan(request.now(), wish)));
  }

  /** Those that ring where this command wants them. */
  private List<WantedRoute> own(Command.Divert command, List<WantedRoute> moved) {
    return moved.stream().filter(route -> narrower(command, route).isEmpty()).toList();
  }

  /** Those that somebody has sent elsewhere by a narrower wish, which stays in force. */
  private List<WantedRoute> others(Command.Divert command, List<WantedRoute> moved) {
    return moved.stream().filter(route -> narrower(command, route).isPresent()).toList();
  }

  private Optional<Diversion> narrower(Command.Divert command, WantedRoute route) {
    int level =
        request.meant(command.what()).stream()
            .filter(s -> s.covers(route.number()))
            .mapToInt(s -> level(s.kind()))
            .min()
            .orElse(2);
    return request.wishes().inForce().stream()
        .filter(d -> d.route() == Diversion.Route.MOBILES && d.what().covers(route.number()))
        .filter(d -> level(d.what().kind()) < level)
        .findFirst();
  }

  private static int level(Selection.Kind kind) {
    return switch (kind) {
      case NUMBER -> 0;
      case GROUP, SITE -> 1;
      case ALL -> 2;
    };
  }

  private Effect answer(
      Command.Divert command,
      List<Entry> entries,
      List<WantedRoute> own,
      List<WantedRoute> others,
      List<OfficeNumber> kept) {
    Wording wording = request.wording();
    String until = command.until().map(end -> " until " + wording.time(end)).orElse("");
    String said = said(command);
    String moving =
        wording.numbers(Wishes.numbers(own))
            + " to "
            + wording.rings(own, request.actor().name())
            + until;
    String all = (said.isEmpty() ? "your lines" : said) + until;
    String notes = notes(others, kept);
    String undo = (" RETURN " + said).stripTrailing() + " undoes this" + sooner(until);
    return own.isEmpty()
        ? Effect.records(
            "divert " + all + ", which now rings where it was sent before",
            "Diverted " + all + "." + notes + undo,
            entries)
        : Effect.records("move " + moving, "Moving " + moving + "." + notes + undo, entries);
  }

  private static String sooner(String until) {
    return until.isEmpty() ? "." : " sooner.";
  }

  private String notes(List<WantedRoute> others, List<OfficeNumber> kept) {
    Wording wording = request.wording();
    String still =
        others.isEmpty()
            ? ""
            : " Still as sent before: "
                + wording.numbers(Wishes.numbers(others))
                + " to "
                + wording.rings(others, request.actor().name())
                + ".";
    String staying =
        kept.isEmpty()
            ? ""
            : " Staying at the office, as nobody is listed to take calls: "
                + wording.numbers(kept)
                + ".";
    return still + staying;
  }

  private String said(Command.Divert command) {
    return command.what().isEmpty() ? "" : request.wording().says(command.what());
  }

  private String nobody(List<OfficeNumber> kept) {
    String example =
        kept.isEmpty()
            ? ""
            : " Say who, for example: DIVERT "
                + request.wording().phone(kept.get(0).number())
                + " TO ME";
    return "Nobody is listed to take calls for "
        + request.wording().numbers(kept)
        + ". Nothing was changed."
        + example;
  }
}
