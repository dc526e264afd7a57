package org.linekeeper.command;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.estate.StaffMember;
import org.linekeeper.state.Entry;
import org.linekeeper.state.SettingsInForce;

/**
 * What is to be said and done about a text to the control number? A sender can be forged, so a
 * command that changes something is carried out only once a fresh code has come back.
 */
public final class TextDialogue {
  private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");
  private static final int FROM_KEPT = 40;
  private static final String STRANGERS = "strangers";

  /**
   * Texts can be minutes late, and that is when they matter most. One that was written before a
   * longer silence of Linekeeper's or of the networks is about another day: DIVERT FOR 2H of Friday
   * must not begin on Monday.
   */
  private static final Duration LATE = Duration.ofMinutes(15);

  /** Nobody waits for an answer to that any more. */
  private static final Duration FORGOTTEN = Duration.ofDays(1);

  /** After these the carrier sends that mobile nothing more (Twilio error 21610). */
  private static final Set<String> BLOCKING =
      Set.of("STOP", "STOPALL", "UNSUBSCRIBE", "REVOKE", "OPTOUT", "CANCEL", "END", "QUIT");

  private final Commands commands;
  private final Pins pins;
  private final DialogueRules rules;

  /** With the PINs that may stand for a code, if the rules allow that. */
  public TextDialogue(Commands commands, Pins pins, DialogueRules rules) {
    this.commands = commands;
    this.pins = pins;
    this.rules = rules;
  }

  /**
   * Takes one text. The same text again, by its SID, leads to nothing.
   *
   * @param fresh the code and salt to use if a challenge is due
   * @param tally from the turn before
   */
  public Turn hear(Situation situation, Text text, Fresh fresh, Tally tally) {
    if (situation.state().messages().containsKey(text.sid())) {
      return Turn.silent(List.of(), tally);
    }
    Optional<Estate> estate = situation.state().settings().map(SettingsInForce::estate);
    Optional<StaffMember> staff =
        estate.flatMap(known -> sender(text).flatMap(known::staffWithMobile));
    return estate.isPresent() && staff.isPresent()
        ? known(new Hearing(situation, estate.get(), staff.get(), text, tally), fresh)
        : stranger(situation, text, tally);
  }

  private static Optional<PhoneNumber> sender(Text text) {
    String from = text.from().strip();
    return E164.matcher(from).matches() ? Optional.of(new PhoneNumber(from)) : Optional.empty();
  }

  /** Silence: an answer would cost money, and tell that somebody listens. */
  private Turn stranger(Situation situation, Text text, Tally tally) {
    int already = tally.since(STRANGERS, situation.now().minus(rules.per()));
    Tally counted = tally.and(STRANGERS, situation.now());
    String from = Gsm7.plain(text.from().strip());
    Entry handled =
        new Entry.MessageHandled(
            situation.now(),
            text.sid(),
            from.substring(0, Math.min(FROM_KEPT, from.length())),
            "not from anybody on the staff list: ignored");
    return already >= rules.unknownTexts()
        ? Turn.silent(List.of(), tally)
        : Turn.silent(List.of(handled), counted);
  }

  private Turn known(Hearing hearing, Fresh fresh) {
    int already = hearing.recent(rules.per());
    Hearing counted = hearing.counted();
    Parsed parsed =
        new Grammar(hearing.estate())
            .parse(
                hearing.text().body(),
                Optional.of(hearing.staff().id()),
                hearing.situation().now());
    if (already < rules.texts() || parsed.on(new AwaitedCode(hearing))) {
      Answering answering = new Answering(counted, fresh);
      return parsed.on(late(hearing, LATE) ? new Late(counted, answering) : answering);
    }
    // Told once; after that every answer would only feed a loop of two machines, and is not counted
    // either, so that somebody in a panic is heard again as soon as may be.
    return already == rules.texts()
        ? counted.says(
            "too many texts",
            "That is more than "
                + rules.texts()
                + " texts in "
                + rules.per().toMinutes()
                + " minutes, so this one was not read. Please wait a few minutes.")
        : hearing.silent("too many texts: ignored");
  }

  private static boolean late(Hearing hearing, Duration limit) {
    Duration age = Duration.between(hearing.text().sent(), hearing.situation().now());
    return age.compareTo(limit) > 0;
  }

  /** What was texted too long ago to be meant now: said, and nothing is done. */
  private record Late(Hearing hearing, Answering onTime) implements Parsed.Cases<Turn> {
    @Override
    public Turn understood(Parsed.Understood parsed) {
      return tooLate();
    }

    @Override
    public Turn code(Parsed.Code parsed) {
      return tooLate();
    }

    @Override
    public Turn notUnderstood(Parsed.NotUnderstood parsed) {
      return tooLate();
    }

    @Override
    public Turn reserved(Parsed.Reserved parsed) {
      return onTime.reserved(parsed);
    }

    private Turn tooLate() {
      String sent =
          new Wording(hearing.estate(), hearing.situation().now()).time(hearing.text().sent());
      String summary = "sent at " + hearing.text().sent() + " and read only now: not obeyed";
      return late(hearing, FORGOTTEN)
          ? hearing.silent(summary)
          : hearing.says(
              summary,
              "Your text of "
                  + sent
                  + " was read only now, so nothing was changed. If it is still needed, please text"
                  + " it again.");
    }
  }

  /** Whether it answers an open challenge, which has a limit of its own. */
  private record AwaitedCode(Hearing hearing) implements Parsed.Cases<Boolean> {
    @Override
    public Boolean code(Parsed.Code parsed) {
      return hearing.situation().state().challenges().containsKey(hearing.staff().id());
    }

    @Override
    public Boolean understood(Parsed.Understood parsed) {
      return false;
    }

    @Override
    public Boolean notUnderstood(Parsed.NotUnderstood parsed) {
      return false;
    }

    @Override
    public Boolean reserved(Parsed.Reserved parsed) {
      return false;
    }
  }

  /** The answer to each thing a text can be. */
  private final class Answering implements Parsed.Cases<Turn> {
    private final Hearing hearing;
    private final Challenges challenges;

    Answering(Hearing hearing, Fresh fresh) {
      this.hearing = hearing;
      this.challenges = new Challenges(hearing, commands, rules, fresh);
    }

    @Override
    public Turn understood(Parsed.Understood parsed) {
      Effect effect = commands.decide(hearing.situation(), parsed.command(), hearing.actor());
      if (!effect.accepted()) {
        return challenges.refused(parsed.text(), effect);
      }
      if (!effect.changesSomething()) {
        return hearing.obeyed(parsed.text(), effect);
      }
      // When the code comes, something else may wait: it is for what waits now.
      String words = effect.asks().confirmed().map(Held::words).orElse(parsed.text());
      return parsed.pin().given() ? byPin(parsed, words, effect) : challenges.issue(words, effect);
    }

    private Turn byPin(Parsed.Understood parsed, String words, Effect effect) {
      if (!rules.pinByText()) {
        return hearing.says(
            "PIN not taken",
            "A PIN is not taken by text here. Send the command without it and a code comes back.");
      }
      PinCheck.Answer answer =
          new PinCheck(pins, rules, "text")
              .check(hearing.staff(), parsed.pin(), "", hearing.situation().now(), hearing.tally());
      Hearing counted = hearing.with(answer.tally());
      return answer
          .whyNot()
          .map(why -> counted.says("PIN not taken", why, answer.notes().toArray(Entry[]::new)))
          .orElseGet(() -> counted.obeyed(words + ", with PIN", effect));
    }

    @Override
    public Turn code(Parsed.Code parsed) {
      return challenges.answer(parsed.digits());
    }

    @Override
    public Turn notUnderstood(Parsed.NotUnderstood parsed) {
      return hearing.says("not understood", parsed.explanation());
    }

    @Override
    public Turn reserved(Parsed.Reserved parsed) {
      String word = parsed.word();
      return BLOCKING.contains(word)
          ? hearing.silent(
              word + ", which the carrier answers",
              new Entry.Noted(
                  hearing.situation().now(),
                  Entry.Noted.Weight.WARNING,
                  hearing.staff().name()
                      + " texted "
                      + word
                      + ": the carrier may now hold back every text to their mobile, alerts and"
                      + " codes included, until they text START to the control number"))
          : hearing.silent(word + ", which the carrier answers");
    }
  }
}
