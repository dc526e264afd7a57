package org.linekeeper.service;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.linekeeper.command.Command;
import org.linekeeper.command.Text;
import org.linekeeper.estate.PbxId;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.estate.Rules;
import org.linekeeper.failover.CommandDesk.Told;
import org.linekeeper.failover.CommandTaker;
import org.linekeeper.journal.Journal;
import org.linekeeper.journal.Standing;
import org.linekeeper.state.Actor;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Passes commands to the watcher that leads, whichever watcher they came to. It is believed who
 * asks: that was found out at the door, and only watchers have keys to each other.
 */
final class Relay implements CommandTaker {
  /** The commit of the one that leads takes two seconds at most, and a PIN a tenth of one. */
  private static final Duration ANSWER = Duration.ofSeconds(4);

  private static final JsonMapper JSON = new JsonMapper();
  private static final TypeReference<LinkedHashMap<String, String>> WORDS =
      new TypeReference<>() {};

  private static final Told NOBODY =
      new Told(
          false,
          "The watchers do not agree which of them leads at the moment, so nothing can be changed."
              + " PBXs and routes stay as they are. Try again in a moment. If the other two are lost,"
              + " this one can go on alone: linekeeper alone on its machine says what that means.");

  private static final Told UNSURE =
      new Told(
          false,
          "The watcher that leads did not answer in time, so it is not known whether that will"
              + " happen. Look at the status in a moment, and ask again if it is still needed.");

  private final CommandTaker here;
  private final Journal journal;
  private final GoingAlone alone;

  /**
   * @param here takes them while this watcher leads
   * @param alone is asked whoever leads, and never passed on
   */
  Relay(CommandTaker here, Journal journal, GoingAlone alone) {
    this.here = here;
    this.journal = journal;
    this.alone = alone;
  }

  @Override
  public CompletionStage<Told> say(String words, Actor by) {
    return leads() ? here.say(words, by) : ask(question("say", by, words));
  }

  @Override
  public CompletionStage<Told> carryOut(Command command, Actor by) {
    if (command instanceof Command.GoAlone go) {
      return alone.ask(go, by);
    }
    return leads() ? here.carryOut(command, by) : ask(written(command, by));
  }

  @Override
  public CompletionStage<Optional<Told>> hear(Text text) {
    return leads()
        ? here.hear(text)
        : ask(Map.of(
                "verb", "hear",
                "sid", text.sid(),
                "from", text.from(),
                "words", text.body(),
                "sent", text.sent().toString()))
            .thenApply(told -> Optional.of(told).filter(said -> !said.equals(NOBODY)));
  }

  @Override
  public CompletionStage<Told> dialled(String phone, String staff, String pin, String words) {
    return leads()
        ? here.dialled(phone, staff, pin, words)
        : ask(
            Map.of("verb", "dialled", "phone", phone, "staff", staff, "pin", pin, "words", words));
  }

  private boolean leads() {
    return journal.leads();
  }

  private CompletionStage<Told> ask(Map<String, String> question) {
    Standing standing = journal.standing();
    if (standing.leader().isEmpty()) {
      return CompletableFuture.completedFuture(NOBODY);
    }
    return journal
        .ask(standing.leader().get(), JSON.writeValueAsBytes(question), ANSWER)
        .handle((answer, fault) -> fault == null ? told(answer) : UNSURE);
  }

  private static Told told(byte[] answer) {
    return JSON.readValue(answer, Told.class);
  }

  /**
   * Answers another watcher. One that does not lead any more says so, and does not pass it on: the
   * one that asked will know better in a moment.
   */
  CompletionStage<byte[]> answer(byte[] question) {
    CompletionStage<Told> told =
        leads() ? taken(question) : CompletableFuture.completedFuture(NOBODY);
    return told.thenApply(JSON::writeValueAsBytes);
  }

  private CompletionStage<Told> taken(byte[] question) {
    try {
      Map<String, String> words = JSON.readValue(question, WORDS);
      return switch (word(words, "verb")) {
        case "say" -> here.say(word(words, "words"), actor(words));
        case "mode" ->
            here.carryOut(
                new Command.SetMode(Rules.Mode.valueOf(word(words, "words"))), actor(words));
        case "replace" ->
            here.carryOut(new Command.ReplaceWatcher(word(words, "words")), actor(words));
        case "host-off" ->
            here.carryOut(new Command.HostOff(new PbxId(word(words, "words"))), actor(words));
        case "accept" ->
            here.carryOut(
                new Command.AcceptDrift(new PhoneNumber(word(words, "words"))), actor(words));
        case "repair" ->
            here.carryOut(
                new Command.RepairDrift(new PhoneNumber(word(words, "words"))), actor(words));
        case "hear" ->
            here.hear(
                    new Text(
                        word(words, "sid"),
                        word(words, "from"),
                        word(words, "words"),
                        Instant.parse(word(words, "sent"))))
                .thenApply(told -> told.orElse(NOBODY));
        case "dialled" ->
            here.dialled(
                word(words, "phone"),
                word(words, "staff"),
                word(words, "pin"),
                word(words, "words"));
        default -> throw new IllegalArgumentException("an unknown verb");
      };
    } catch (RuntimeException notUnderstood) {
      return CompletableFuture.completedFuture(
          new Told(
              false,
              "The watcher that leads does not know this command: it runs another release. Ask it"
                  + " itself, or bring all watchers to the same one."));
    }
  }

  private static String word(Map<String, String> words, String name) {
    return Optional.ofNullable(words.get(name))
        .orElseThrow(() -> new IllegalArgumentException(name + " is missing"));
  }

  private static Actor actor(Map<String, String> words) {
    return new Actor(Actor.Door.valueOf(word(words, "door")), word(words, "name"));
  }

  /** Those that have no words of their own; all others come in words. */
  private static Map<String, String> written(Command command, Actor by) {
    if (command instanceof Command.SetMode set) {
      return question("mode", by, set.mode().name());
    }
    if (command instanceof Command.AcceptDrift accept) {
      return question("accept", by, accept.number().e164());
    }
    if (command instanceof Command.RepairDrift repair) {
      return question("repair", by, repair.number().e164());
    }
    if (command instanceof Command.ReplaceWatcher replace) {
      return question("replace", by, replace.watcher());
    }
    if (command instanceof Command.HostOff off) {
      return question("host-off", by, off.pbx().name());
    }
    throw new IllegalArgumentException(command + " is asked in words");
  }

  private static Map<String, String> question(String verb, Actor by, String words) {
    return Map.of("verb", verb, "door", by.door().name(), "name", by.name(), "words", words);
  }
}
