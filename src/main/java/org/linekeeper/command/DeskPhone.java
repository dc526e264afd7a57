package org.linekeeper.command;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.StaffMember;
import org.linekeeper.state.Actor;
import org.linekeeper.state.Entry;
import org.linekeeper.state.SettingsInForce;

/** What is to be done about a feature code dialled on a desk phone? A PIN stands for the code. */
public final class DeskPhone {
  private static final String STRANGERS = "strangers at desk phones";

  private final Commands commands;
  private final PinCheck pins;
  private final DialogueRules rules;

  /** With the PINs of the staff. */
  public DeskPhone(Commands commands, Pins pins, DialogueRules rules) {
    this.commands = commands;
    this.pins = new PinCheck(pins, rules, "desk phone");
    this.rules = rules;
  }

  /**
   * Takes one feature code.
   *
   * @param phone the phone's number as its PBX says; empty text if it does not
   * @param staff short name of the member of staff, in any case
   * @param pin digits as dialled
   * @param text the command, such as {@code DIVERT SALES}
   * @param tally from the turn before
   */
  public Turn dial(
      Situation situation, String phone, String staff, String pin, String text, Tally tally) {
    Instant now = situation.now();
    String key = wrongAt(phone);
    int wrong = tally.since(key, now.minus(rules.per()));
    if (wrong >= mostAtPhone()) {
      return Turn.says(
          "Too many wrong codes from this phone. Nothing was changed.", List.of(), tally);
    }
    Turn turn = dialled(situation, phone, staff, pin, text, tally);
    boolean guessed = turn.tally().since(key, now.minus(rules.per())) >= mostAtPhone();
    return guessed ? turn.with(guessing(phone, now)) : turn;
  }

  private Entry guessing(String phone, Instant now) {
    return new Entry.Noted(
        now,
        Entry.Noted.Weight.ALARM,
        "somebody guesses staff codes or PINs at phone "
            + shown(phone)
            + ": no feature code is taken from it for "
            + rules.per().toMinutes()
            + " minutes");
  }

  /** Two people may mistype in turn; whoever tries one PIN after another at many names does not. */
  private int mostAtPhone() {
    return 2 * rules.wrongPins();
  }

  private static String wrongAt(String phone) {
    return "wrong codes at phone " + shown(phone);
  }

  private static String shown(String phone) {
    return Wording.cut(Gsm7.plain(phone.strip()));
  }

  private Turn dialled(
      Situation situation, String phone, String staff, String pin, String text, Tally tally) {
    Optional<Estate> estate = situation.state().settings().map(SettingsInForce::estate);
    Optional<StaffMember> member =
        estate.flatMap(
            known ->
                known.staff().stream()
                    .filter(s -> Words.key(s.id().name()).equals(Words.key(staff)))
                    .findFirst());
    return estate.isPresent() && member.isPresent()
        ? dial(situation, estate.get(), member.get(), phone, new Parsed.Pin(pin), text, tally)
        : stranger(situation.now(), counted(phone, situation.now(), tally));
  }

  /** A PBX that does not say which phone it is cannot have all its phones locked for one. */
  private static Tally counted(String phone, Instant now, Tally tally) {
    return phone.isBlank() ? tally : tally.and(wrongAt(phone), now);
  }

  private Turn stranger(Instant now, Tally tally) {
    String reply = "That staff code or PIN is not right. Nothing was changed.";
    int already = tally.since(STRANGERS, now.minus(rules.per()));
    Entry note =
        new Entry.Noted(
            now, Entry.Noted.Weight.WARNING, "a feature code came with an unknown staff code");
    return already >= rules.unknownTexts()
        ? Turn.says(reply, List.of(), tally)
        : Turn.says(reply, List.of(note), tally.and(STRANGERS, now));
  }

  private Turn dial(
      Situation situation,
      Estate estate,
      StaffMember staff,
      String phone,
      Parsed.Pin pin,
      String text,
      Tally tally) {
    Instant now = situation.now();
    String from = phone.isBlank() ? "" : shown(phone);
    PinCheck.Answer answer = pins.check(staff, pin, from, now, tally);
    return answer
        .whyNot()
        .map(
            why ->
                Turn.says(
                    why,
                    answer.notes(),
                    // While it is locked nobody learns whether it was right: that is no guess.
                    answer.notes().isEmpty()
                        ? answer.tally()
                        : counted(phone, now, answer.tally())))
        .orElseGet(
            () ->
                new Grammar(estate)
                    .parse(text, Optional.of(staff.id()), situation.now())
                    .on(new Answering(situation, staff, answer.tally())));
  }

  private final class Answering implements Parsed.Cases<Turn> {
    private final Situation situation;
    private final StaffMember staff;
    private final Tally tally;

    Answering(Situation situation, StaffMember staff, Tally tally) {
      this.situation = situation;
      this.staff = staff;
      this.tally = tally;
    }

    @Override
    public Turn understood(Parsed.Understood parsed) {
      Actor actor = new Actor(Actor.Door.DESK_PHONE, staff.id().name());
      Effect effect = commands.decide(situation, parsed.command(), actor);
      List<Entry> entries = new ArrayList<>();
      entries.add(
          noted(
              actor
                  + ": "
                  + parsed.text()
                  + (effect.accepted() ? "" : ", refused: " + effect.reply())));
      entries.addAll(effect.entries());
      return Turn.of(effect, entries, tally);
    }

    @Override
    public Turn notUnderstood(Parsed.NotUnderstood parsed) {
      return misdialled(parsed.explanation());
    }

    @Override
    public Turn code(Parsed.Code parsed) {
      return misdialled("Digits alone are not a command. Nothing was changed.");
    }

    @Override
    public Turn reserved(Parsed.Reserved parsed) {
      return misdialled("That is not a command. Nothing was changed.");
    }

    private Turn misdialled(String why) {
      String text = "a feature code of " + staff.name() + " was not understood: " + why;
      return Turn.says(why, List.of(noted(text)), tally);
    }

    private Entry noted(String text) {
      return new Entry.Noted(situation.now(), Entry.Noted.Weight.INFO, text);
    }
  }
}
