package org.linekeeper.command;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.linekeeper.command.Parsed.Pin;
import org.linekeeper.command.Parsed.Understood;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.Pbx;
import org.linekeeper.estate.PbxId;
import org.linekeeper.estate.Selection;
import org.linekeeper.estate.StaffId;
import org.linekeeper.estate.Target;

/** Reads the words of one command, keyword first. */
final class Phrases {
  private static final List<String> AN_HOUR = List.of("1H");

  private final Estate estate;
  private final NumberNames numbers;
  private final TargetNames targets;
  private final Times times;

  Phrases(Estate estate, Optional<StaffId> self, Instant now) {
    this.estate = estate;
    this.numbers = new NumberNames(estate);
    this.targets = new TargetNames(estate, self);
    this.times = new Times(estate.schedule().zone(), now);
  }

  Read<Understood> read(List<String> words) {
    String keyword = words.get(0);
    return Clauses.read(words.subList(1, words.size()), small(keyword))
        .then(clauses -> pin(clauses).then(pin -> command(keyword, clauses, pin)));
  }

  private static Set<String> small(String keyword) {
    return switch (keyword) {
      case "DIVERT" -> Set.of("TO", "FOR", "UNTIL", "PIN");
      case "RETURN" -> Set.of("ANYWAY", "PIN");
      case "SWITCH" -> Set.of("TO", "PIN");
      case "PAUSE" -> Set.of("FOR", "UNTIL", "PIN");
      default -> Set.of("PIN");
    };
  }

  private Read<Understood> command(String keyword, Clauses clauses, Pin pin) {
    return switch (keyword) {
      case "DIVERT" -> divert(clauses, pin);
      case "RETURN" -> giveBack(clauses, pin);
      case "STATUS" -> status(clauses, pin);
      case "SWITCH" -> switchover(clauses, pin);
      case "PAUSE" -> pause(clauses, pin);
      case "CONFIRM" -> confirm(clauses, pin);
      case "FAILBACK" -> alone(keyword, clauses, pin, new Command.Failback());
      case "RESUME" -> alone(keyword, clauses, pin, new Command.Resume());
      case "COMMANDS" -> alone(keyword, clauses, pin, new Command.ListCommands());
      default -> alone("ACKNOWLEDGE", clauses, pin, new Command.Acknowledge());
    };
  }

  private Read<Understood> divert(Clauses clauses, Pin pin) {
    return numbers
        .read(clauses.first())
        .then(
            what ->
                to(clauses)
                    .then(to -> end(clauses).map(end -> diverting(clauses, what, to, end, pin))));
  }

  private Understood diverting(
      Clauses clauses, List<Selection> what, List<Target> to, End end, Pin pin) {
    List<String> text = new ArrayList<>(List.of("DIVERT"));
    text.addAll(clauses.first());
    if (!to.isEmpty()) {
      text.add("TO");
      text.addAll(clauses.of("TO"));
    }
    text.addAll(end.words());
    String said = String.join(" ", text);
    return new Understood(new Command.Divert(what, to, end.at(), "\"" + said + "\""), said, pin);
  }

  private Read<List<Target>> to(Clauses clauses) {
    if (clauses.has("TO") && clauses.of("TO").isEmpty()) {
      return Read.problem("To whom? Say a name or a mobile after TO, such as TO ME");
    }
    return targets.read(clauses.of("TO"));
  }

  /** When it ends, and the words that say so at any later moment. */
  private record End(Optional<Instant> at, List<String> words) {
    static final End NEVER = new End(Optional.empty(), List.of());
  }

  private Read<End> end(Clauses clauses) {
    if (clauses.has("FOR") && clauses.has("UNTIL")) {
      return Read.problem("FOR and UNTIL are both in there. Send only one of them, please");
    }
    if (clauses.has("FOR")) {
      return times
          .after(clauses.of("FOR"))
          .map(at -> new End(Optional.of(at), joined("FOR", clauses.of("FOR"))));
    }
    boolean open =
        !clauses.has("UNTIL") || clauses.of("UNTIL").equals(List.of("FURTHER", "NOTICE"));
    return open
        ? Read.of(End.NEVER)
        : times
            .until(clauses.of("UNTIL"))
            .map(at -> new End(Optional.of(at), joined("UNTIL", times.exactly(at))));
  }

  private Read<Understood> giveBack(Clauses clauses, Pin pin) {
    List<String> first = clauses.first();
    int office = first.lastIndexOf("TO");
    boolean toOffice =
        office >= 0
            && Set.of("OFFICE", "THE OFFICE")
                .contains(String.join(" ", first.subList(office + 1, first.size())));
    List<String> what = toOffice ? first.subList(0, office) : first;
    boolean force = clauses.has("ANYWAY");
    List<String> said = new ArrayList<>(joined("RETURN", what));
    said.addAll(force ? List.of("ANYWAY") : List.of());
    return force && !clauses.of("ANYWAY").isEmpty()
        ? Read.problem("I do not understand " + Wording.cut(String.join(" ", clauses.of("ANYWAY"))))
        : numbers
            .read(what)
            .map(
                found ->
                    new Understood(new Command.Return(found, force), String.join(" ", said), pin));
  }

  private Read<Understood> status(Clauses clauses, Pin pin) {
    return numbers
        .read(clauses.first())
        .map(
            what ->
                new Understood(
                    new Command.Status(what),
                    String.join(" ", joined("STATUS", clauses.first())),
                    pin));
  }

  private Read<Understood> switchover(Clauses clauses, Pin pin) {
    if (clauses.first().equals(List.of("BACK"))) {
      return Read.problem("SWITCH BACK: did you mean FAILBACK?");
    }
    List<String> name = clauses.has("TO") ? clauses.of("TO") : clauses.first();
    if (clauses.has("TO") && !clauses.first().isEmpty()) {
      return Read.problem("I do not understand " + Wording.cut(String.join(" ", clauses.first())));
    }
    return pbx(String.join(" ", name))
        .map(
            to ->
                new Understood(
                    new Command.Switchover(to),
                    String.join(
                        " ", joined("SWITCH", to.isEmpty() ? List.of() : joined("TO", name))),
                    pin));
  }

  private Read<Optional<PbxId>> pbx(String key) {
    if (key.isEmpty()) {
      return Read.of(Optional.empty());
    }
    List<Names.Candidate<PbxId>> all =
        estate.pbxs().stream()
            .map(Pbx::id)
            .map(id -> new Names.Candidate<>(Words.key(id.name()), Words.key(id.name()), id))
            .toList();
    return all.stream()
        .filter(c -> c.key().equals(key.replaceFirst("^THE ", "")))
        .findFirst()
        .map(c -> Read.of(Optional.of(c.value())))
        .orElseGet(() -> Names.unknown("PBX", key, all));
  }

  private Read<Understood> pause(Clauses clauses, Pin pin) {
    if (!clauses.first().isEmpty()) {
      return surplus("PAUSE", clauses.first());
    }
    boolean timed = clauses.has("FOR") || clauses.has("UNTIL");
    Read<End> end =
        timed
            ? end(clauses)
            : times.after(AN_HOUR).map(at -> new End(Optional.of(at), joined("FOR", AN_HOUR)));
    return end.then(
        until ->
            until
                .at()
                .map(
                    at -> {
                      String said = String.join(" ", joined("PAUSE", until.words()));
                      Command pause = new Command.Pause(at, "\"" + said + "\"");
                      return Read.of(new Understood(pause, said, pin));
                    })
                .orElseGet(() -> Read.problem("A pause needs an end. Try PAUSE FOR 1H")));
  }

  private Read<Understood> confirm(Clauses clauses, Pin pin) {
    List<String> words = clauses.first();
    if (words.isEmpty()) {
      return Read.of(new Understood(new Command.Confirm(Optional.empty(), ""), "CONFIRM", pin));
    }
    Optional<Held.Kind> kind = Held.Kind.named(words.get(0));
    List<String> rest = words.subList(1, words.size());
    return kind.map(what -> mark(what, rest).map(mark -> confirming(what, mark, pin)))
        .orElseGet(
            () ->
                Read.problem(
                    "CONFIRM what? Say CONFIRM and FAILOVER, MOBILES, OFFICE or EDIT, or CONFIRM"
                        + " alone if only one thing waits"));
  }

  private static Understood confirming(Held.Kind what, String mark, Pin pin) {
    return new Understood(
        new Command.Confirm(Optional.of(what), mark),
        String.join(" ", "CONFIRM", what.name(), mark).strip(),
        pin);
  }

  /** Nothing but what Linekeeper itself writes: these words go to the journal. */
  private Read<String> mark(Held.Kind what, List<String> rest) {
    String mark = String.join(" ", rest);
    boolean edit = what == Held.Kind.EDIT && mark.matches("[0-9A-F]{1,4}");
    if (mark.isEmpty() || edit) {
      return Read.of(mark);
    }
    return what == Held.Kind.FAILOVER && mark.startsWith("TO ")
        ? pbx(mark.substring("TO ".length())).map(known -> mark)
        : Read.problem("I do not understand " + Wording.cut(mark) + " after CONFIRM " + what);
  }

  private static Read<Understood> alone(String keyword, Clauses clauses, Pin pin, Command command) {
    return clauses.first().isEmpty()
        ? Read.of(new Understood(command, keyword, pin))
        : surplus(keyword, clauses.first());
  }

  private static Read<Understood> surplus(String keyword, List<String> words) {
    return Read.problem(
        "I do not understand " + Wording.cut(String.join(" ", words)) + " after " + keyword);
  }

  private static Read<Pin> pin(Clauses clauses) {
    String digits = String.join("", clauses.of("PIN"));
    boolean good = !clauses.has("PIN") || digits.matches("\\d{4,8}");
    return good
        ? Read.of(new Pin(digits))
        : Read.problem("A PIN is 4 to 8 digits, at the end: PIN and then the digits");
  }

  private static List<String> joined(String first, List<String> rest) {
    List<String> words = new ArrayList<>(List.of(first));
    words.addAll(rest);
    return words;
  }
}
