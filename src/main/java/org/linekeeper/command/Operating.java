package org.linekeeper.command;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.linekeeper.estate.Pbx;
import org.linekeeper.estate.PbxId;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.estate.Rules;
import org.linekeeper.state.Entry;
import org.linekeeper.state.Lease;
import org.linekeeper.state.Pause;
import org.linekeeper.state.Plan;
import org.linekeeper.state.Promotion;

/** Decides about wishes to operate the PBXs and Linekeeper itself. */
final class Operating {
  /** A forgotten pause must not outlive a week. */
  private static final Duration LONGEST_PAUSE = Duration.ofDays(7);

  /** So much of a reason fits into the text that asks for a code. */
  private static final int WHY = 120;

  private final Request request;

  Operating(Request request) {
    this.request = request;
  }

  Effect switchover(Command.Switchover command) {
    Optional<PbxId> to = command.to().or(this::other);
    return to.map(pbx -> serve(Plan.Kind.SWITCHOVER, pbx))
        .orElseGet(() -> Effect.refused("There is no other PBX to switch to."));
  }

  Effect failback() {
    return serve(Plan.Kind.FAILBACK, request.estate().primary().id());
  }

  private Optional<PbxId> other() {
    return request.estate().pbxs().stream()
        .map(Pbx::id)
        .filter(id -> !request.state().active().equals(Optional.of(id)))
        .findFirst();
  }

  private Effect serve(Plan.Kind kind, PbxId to) {
    if (request.state().mode() == Rules.Mode.OBSERVE) {
      return Effect.refused(request.observing());
    }
    if (request.estate().pbx(to).isEmpty()) {
      return Effect.refused("There is no PBX called " + to + ". Nothing was changed.");
    }
    if (request.state().active().equals(Optional.of(to))) {
      return Effect.refused(to + " serves already. Nothing was changed.");
    }
    if (request.state().openRolePlan().isPresent()) {
      return Effect.refused("A change of PBX is under way already. Text STATUS in a moment.");
    }
    String from = request.state().active().map(PbxId::name).orElse("nobody");
    return Effect.asks(
        "switch the phones from " + from + " to " + to,
        "Switching the phones from " + from + " to " + to + ". Calls in progress are not cut.",
        Asks.of(new RoleChange(kind, to, request.actor())));
  }

  Effect acknowledge() {
    Optional<Promotion> open = request.state().promotion().filter(p -> !p.acknowledged());
    return open.map(
            p ->
                Effect.records(
                    "acknowledge the failover of " + request.wording().time(p.at()),
                    "Noted that you know of the failover of "
                        + request.wording().time(p.at())
                        + " ("
                        + p.from()
                        + " to "
                        + p.to()
                        + "). If needed, the next one may follow at once.",
                    List.of(new Entry.Acknowledged(request.now(), request.actor()))))
        .orElseGet(() -> Effect.told("There is no failover to acknowledge. All is noted already."));
  }

  Effect pause(Command.Pause command) {
    Instant now = request.now();
    if (!command.until().isAfter(now)) {
      return Effect.refused("That time is already past. Nothing was changed.");
    }
    if (Duration.between(now, command.until()).compareTo(LONGEST_PAUSE) > 0) {
      return Effect.refused(
          "A pause lasts at most "
              + LONGEST_PAUSE.toDays()
              + " days, so that it is not forgotten. Nothing was changed.");
    }
    String until = request.wording().time(command.until());
    Pause pause = new Pause(request.actor(), command.until(), command.reason());
    return Effect.records(
        "pause Linekeeper until " + until + ": no failover by itself",
        "Paused until "
            + until
            + ": Linekeeper watches and tells, but does no failover by itself. Commands still"
            + " work. RESUME ends the pause sooner.",
        List.of(new Entry.Paused(now, pause)));
  }

  Effect resume() {
    return request.state().paused(request.now())
        ? Effect.records(
            "end the pause",
            "The pause is over: Linekeeper acts by itself again" + unlessMode() + ".",
            List.of(new Entry.Resumed(request.now(), request.actor())))
        : Effect.told("Linekeeper is not paused.");
  }

  private String unlessMode() {
    Rules.Mode mode = request.state().mode();
    return mode == Rules.Mode.AUTOMATIC ? "" : ", as far as its mode (" + name(mode) + ") allows";
  }

  Effect setMode(Rules.Mode mode) {
    return request.state().mode() == mode
        ? Effect.told("The mode is " + name(mode) + " already.")
        : Effect.records(
            "set the mode to " + name(mode),
            "The mode is now " + name(mode) + ": " + meaning(mode) + ".",
            List.of(new Entry.ModeSet(request.now(), request.actor(), mode)));
  }

  Effect replaceWatcher(String watcher, Set<String> lost) {
    if (!lost.contains(watcher)) {
      return Effect.refused(
          "No watcher called "
              + watcher
              + " waits with an empty journal, so there is nothing to replace. Start it with an empty"
              + " journal directory first.");
    }
    return new Effect(
        true,
        "take " + watcher + " in with an empty journal",
        watcher + " is taken in and gets a copy of the journal. Look at the status in a moment.",
        List.of(
            new Entry.Noted(
                request.now(),
                Entry.Noted.Weight.WARNING,
                request.actor()
                    + " replaced "
                    + watcher
                    + ", whose journal was lost; what it had promised before is forgotten")),
        Asks.replaced(watcher));
  }

  Effect hostOff(PbxId pbx) {
    List<String> known =
        request.state().settings().stream()
            .flatMap(settings -> settings.estate().pbxs().stream())
            .map(each -> each.id().name())
            .toList();
    if (!known.contains(pbx.name())) {
      return Effect.refused(
          "There is no PBX called " + pbx + "; there are " + String.join(" and ", known) + ".");
    }
    Optional<Lease> lease = request.state().lease().filter(any -> any.waitsFor(pbx));
    if (lease.isEmpty()) {
      return Effect.told(
          "Nobody waits for "
              + pbx
              + "'s host to let go of the floating address. Nothing was changed.");
    }
    String how = request.actor() + " says that " + pbx + "'s host is off";
    return Effect.records(
        "count " + pbx + "'s host as off, so that another one may take the floating address",
        pbx
            + "'s host counts as off, and "
            + lease.get().holder()
            + "'s host takes the floating address. Should "
            + pbx
            + "'s host be on after all, both have it: switch it off now.",
        List.of(lease.get().freedBy(request.now(), pbx, how)));
  }

  static String name(Rules.Mode mode) {
    return mode.name().toLowerCase(Locale.ROOT);
  }

  private static String meaning(Rules.Mode mode) {
    return switch (mode) {
      case AUTOMATIC -> "Linekeeper decides and acts";
      case MANUAL -> "Linekeeper decides and asks a person";
      case OBSERVE -> "Linekeeper only says what it would do";
    };
  }

  Effect confirm(Command.Confirm command, List<Held> waiting) {
    List<Held> meant = waiting.stream().filter(command::means).toList();
    return meant.size() == 1 ? goAhead(meant.get(0)) : Effect.refused(whyNot(meant, waiting));
  }

  private static Effect goAhead(Held held) {
    return Effect.asks(
        held.intent() + " (" + Wording.cut(held.why(), WHY) + ")",
        "Confirmed, to " + held.intent() + ": " + held.why() + ".",
        Asks.confirmed(held));
  }

  private static String whyNot(List<Held> meant, List<Held> waiting) {
    if (waiting.isEmpty()) {
      return "Nothing waits for a confirmation. Nothing was changed.";
    }
    String choice =
        Wording.either(waiting.stream().map(h -> h.words() + " to " + h.intent()).toList());
    return (meant.isEmpty() ? "That does not wait (any more)" : "More than one thing waits")
        + ". Nothing was changed. Say "
        + choice
        + ".";
  }

  Effect acceptDrift(PhoneNumber number) {
    return request.state().moved().containsKey(number)
        ? Effect.records(
            "let go of " + request.wording().phone(number),
            request.wording().phone(number)
                + " stays as it is at the carrier now; Linekeeper lets go of it.",
            List.of(new Entry.DriftAccepted(request.now(), number, request.actor())))
        : Effect.refused(notOurs(number));
  }

  Effect repairDrift(PhoneNumber number) {
    return request.state().moved().containsKey(number)
        ? Effect.asks(
            "put " + request.wording().phone(number) + " at the carrier back as wanted",
            "Putting " + request.wording().phone(number) + " at the carrier back as wanted.",
            Asks.repair(number))
        : Effect.refused(notOurs(number));
  }

  private String notOurs(PhoneNumber number) {
    return "Linekeeper holds no change of "
        + request.wording().phone(number)
        + " at the carrier. Nothing was changed.";
  }
}
