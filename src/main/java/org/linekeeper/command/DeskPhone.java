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
   * @param staff short name of the member of staff, in any case
   * @param pin digits as dialled
   * @param text the command, such as {@code DIVERT SALES}
   * @param tally from the turn before
   */
  public Turn dial(Situation situation, String staff, String pin, String text, Tally tally) {
    Optional<Estate> estate = situation.state().settings().map(SettingsInForce::estate);
    Optional<StaffMember> member =
        estate.flatMap(
            known ->
                known.staff().stream()
                    .filter(s -> Words.key(s.id().name()).equals(Words.key(staff)))
                    .findFirst());
    return estate.isPresent() && member.isPresent()
        ? dial(situation, estate.get(), member.get(), new Parsed.Pin(pin), text, tally)
        : stranger(situation.now(), tally);
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
      Parsed.Pin pin,
      String text,
      Tally tally) {
    PinCheck.Answer answer = pins.check(staff, pin, situation.now(), tally);
    return answer
        .whyNot()
        .map(why -> Turn.says(why, answer.notes(), answer.tally()))
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
