package org.linekeeper.command;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.linekeeper.estate.StaffMember;
import org.linekeeper.state.Entry;

/**
 * Whether a PIN lets a command through; wrong ones are counted and lock it for a while, right or
 * wrong, at the door where they came.
 */
final class PinCheck {
  private final Pins pins;
  private final DialogueRules rules;
  private final String door;

  /**
   * For one door.
   *
   * @param door named in notes; each door is locked on its own, so that a forger of texts cannot
   *     lock somebody's desk phone
   */
  PinCheck(Pins pins, DialogueRules rules, String door) {
    this.pins = pins;
    this.rules = rules;
    this.door = door;
  }

  /**
   * What came of it.
   *
   * @param whyNot for the person; empty if the PIN is right
   * @param notes for the journal
   * @param tally with a wrong PIN counted
   */
  record Answer(Optional<String> whyNot, List<Entry> notes, Tally tally) {}

  Answer check(StaffMember staff, Parsed.Pin pin, Instant now, Tally tally) {
    String key = "wrong pins of " + staff.id() + " by " + door;
    int wrong = tally.since(key, now.minus(rules.per()));
    if (wrong >= rules.wrongPins()) {
      return new Answer(Optional.of(locked()), List.of(), tally);
    }
    if (pins.match(staff.id(), pin.digits())) {
      return new Answer(Optional.empty(), List.of(), tally);
    }
    boolean last = wrong + 1 >= rules.wrongPins();
    Entry note =
        new Entry.Noted(
            now,
            last ? Entry.Noted.Weight.WARNING : Entry.Noted.Weight.INFO,
            "a wrong PIN for "
                + staff.name()
                + " by "
                + door
                + (last ? ": the last try for " + minutes() : ""));
    return new Answer(
        Optional.of(last ? locked() : "That PIN is not right. Nothing was changed."),
        List.of(note),
        tally.and(key, now));
  }

  private String locked() {
    return "Too many wrong PINs: it is not taken for " + minutes() + ". Nothing was changed.";
  }

  private String minutes() {
    return rules.per().toMinutes() + " minutes";
  }
}
