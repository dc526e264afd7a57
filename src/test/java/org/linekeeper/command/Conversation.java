package org.linekeeper.command;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.linekeeper.estate.PbxId;
import org.linekeeper.estate.Rules;
import org.linekeeper.estate.StaffId;
import org.linekeeper.state.Actor;
import org.linekeeper.state.Entry;
import org.linekeeper.state.Epoch;
import org.linekeeper.state.Plan;
import org.linekeeper.state.State;

/**
 * Plays one side of a transcript and writes both. A line {@code alice> words} is a text, {@code
 * alice*4711> words} a feature code with a PIN; {@code [..]} makes something happen.
 */
final class Conversation {
  private static final Pattern SAID = Pattern.compile("(\\S+?)(?:\\*(\\d*))?> (.*)");
  private static final List<String> CODES = List.of("482913", "271828", "314159", "161803");
  private static final Map<String, String> STRANGERS =
      Map.of("stranger", "+447700900999", "shop", "PizzaShop", "junk", "'; DROP TABLE\u0000\u202e");

  private final AtomicInteger ids = new AtomicInteger();
  private final List<String> written = new ArrayList<>();
  private final Pins pins = (staff, pin) -> staff.equals(Office.ALICE) && pin.equals("4711");
  private final Commands commands =
      new Commands(
          (estate, target) ->
              target.e164().startsWith("+447")
                  ? Optional.empty()
                  : Optional.of("only mobiles in the UK are allowed"),
          () -> "d" + ids.incrementAndGet());

  private State state = Office.state();
  private Instant now = Office.NOW;
  private Tally tally = Tally.EMPTY;
  private DialogueRules rules = DialogueRules.defaults();
  private String watching = "";
  private final List<Held> held = new ArrayList<>();
  private int sid;
  private int code;
  private Optional<Text> last = Optional.empty();
  private final List<Text> missed = new ArrayList<>();
  private boolean down;

  /** Both sides of the conversation, from a transcript whose answers are left out. */
  static List<String> play(List<String> transcript) {
    Conversation conversation = new Conversation();
    transcript.stream()
        .filter(line -> !line.startsWith("lk> ") && !line.startsWith("    journal: "))
        .forEach(conversation::line);
    return conversation.written;
  }

  private void line(String line) {
    written.add(line);
    Matcher said = SAID.matcher(line);
    if (line.startsWith("[")) {
      happens(line.substring(1, line.length() - 1));
    } else if (!line.startsWith("#") && said.matches()) {
      answer(said.group(1), Optional.ofNullable(said.group(2)), said.group(3));
    }
  }

  private void answer(String who, Optional<String> pin, String words) {
    Situation situation = new Situation(state, now, watching, held);
    String body = words.replace("\\n", "\n").replace("\\0", "\u0000");
    if (pin.isPresent()) {
      take(
          new DeskPhone(commands, pins, rules).dial(situation, "201", who, pin.get(), body, tally));
      return;
    }
    Text text = new Text("SM" + ++sid, number(who), body, now);
    last = Optional.of(text);
    if (!down) {
      hear(text);
    } else {
      missed.add(text);
    }
  }

  private void hear(Text text) {
    Fresh fresh = new Fresh(CODES.get(code % CODES.size()), "salt salt salt salt");
    Turn turn =
        new TextDialogue(commands, pins, rules)
            .hear(new Situation(state, now, watching, held), text, fresh, tally);
    if (turn.reply().filter(reply -> reply.contains(fresh.code())).isPresent()) {
      code++;
    }
    take(turn);
  }

  private void take(Turn turn) {
    written.add("lk> " + turn.reply().orElse("(says nothing)"));
    turn.asks()
        .roleChange()
        .ifPresent(c -> written.add("    journal: (asks for " + c.kind() + " to " + c.to() + ")"));
    turn.asks()
        .confirmed()
        .ifPresent(c -> written.add("    journal: (confirms: " + c.words() + ")"));
    for (Entry entry : turn.entries()) {
      written.add("    journal: " + Gsm7.plain(entry.sentence()));
      state = State.evolve(state, entry);
    }
    tally = turn.tally();
  }

  private static String number(String who) {
    return Office.estate()
        .staffMember(new StaffId(who))
        .map(s -> s.mobile().e164())
        .orElseGet(() -> STRANGERS.getOrDefault(who, who));
  }

  private void happens(String what) {
    String[] words = what.split(" ", 2);
    switch (words[0]) {
      case "it" -> now = Office.at(words[1].replaceFirst("^is ", "").replace(' ', 'T'));
      case "later:" -> now = now.plus(Duration.parse("PT" + words[1]));
      case "redelivered" -> hear(last.orElseThrow());
      case "Linekeeper" -> {
        down = words[1].equals("is down");
        missed.forEach(this::hear);
        missed.clear();
      }
      case "emergency" -> add(new Entry.EmergencyBegan(now, "both PBXs are silent"));
      case "recovered" -> add(new Entry.EmergencyEnded(now, "primary serves again"));
      case "watching:" -> watching = words[1];
      case "waits:" -> held.add(waiting(words[1]));
      case "settled:" -> held.removeIf(h -> h.words().startsWith(words[1]));
      case "observe" -> add(new Entry.ModeSet(now, admin(), Rules.Mode.OBSERVE));
      case "failover" -> {
        add(failover());
        add(Entry.Done.of(now, "p1", Map.of()));
      }
      case "PINs" -> rules = new DialogueRules(rules.codeLife(), 3, 10, 30, true, 3, rules.per());
      default -> throw new IllegalArgumentException("no such event: " + what);
    }
  }

  private static Held waiting(String what) {
    String[] words = what.split(" ");
    return switch (words[0]) {
      case "failover" -> Held.failover(new PbxId(words[1]), "primary is hung; the mode is manual");
      case "mobiles" ->
          Held.mobiles("no PBX can serve, and one watcher alone does not decide this");
      case "edit" -> Held.edit(words[1], "the edit re-routes 12 numbers, more than 5");
      default -> Held.office("primary has served again for 1 min; the mode is manual");
    };
  }

  private void add(Entry entry) {
    state = State.evolve(state, entry);
  }

  private static Actor admin() {
    return new Actor(Actor.Door.CLI, "admin");
  }

  private Entry failover() {
    return new Entry.Intended(
        now,
        new Plan(
            "p1",
            new Epoch(1),
            Plan.Kind.FAILOVER,
            "primary does not answer",
            now,
            Optional.of(new PbxId("primary")),
            Optional.of(new PbxId("standby")),
            List.of()));
  }
}
