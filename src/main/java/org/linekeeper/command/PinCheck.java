package org.linekeeper.command;

import java.time.Duration;
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
  /** Locks of one member of staff count together for so long. */
  private static final Duration LOCKS_COUNT = Duration.ofDays(1);

  /** 10, 20, 40, 80 and 160 minutes, as shipped. */
  private static final int MOST_DOUBLED = 5;

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

  /**
   * Checks one PIN.
   *
   * @param from where it was keyed in, for notes, such as {@code at phone 201}; may be empty
   */
  Answer check(StaffMember staff, Parsed.Pin pin, String from, Instant now, Tally tally) {
    String locks = "locked pins of " + staff.id() + " by " + door;
    int before = tally.since(locks, now.minus(LOCKS_COUNT));
    if (tally.last(locks).filter(at -> now.isBefore(at.plus(lock(before)))).isPresent()) {
      return new Answer(Optional.of(locked(before)), List.of(), tally);
    }
    if (pins.match(staff.id(), pin.digits())) {
      return new Answer(Optional.empty(), List.of(), tally);
    }
    String wrong = "wrong pins of " + staff.id() + " by " + door;
    Tally counted = tally.and(wrong, now);
    String what = "a wrong PIN for " + staff.name() + " by " + (door + " " + from).strip();
    return counted.since(wrong, now.minus(rules.per())) < rules.wrongPins()
        ? new Answer(
            Optional.of("That PIN is not right. Nothing was changed."),
            List.of(new Entry.Noted(now, Entry.Noted.Weight.INFO, what)),
            counted)
        : new Answer(
            Optional.of(locked(before + 1)),
            List.of(lastTry(what, before + 1, now)),
            counted.and(locks, now));
  }

  /** Whoever mistypes is locked out once; whoever guesses, again and again. */
  private Entry lastTry(String what, int locks, Instant now) {
    return locks == 1
        ? new Entry.Noted(
            now, Entry.Noted.Weight.WARNING, what + ": the last try for " + minutes(locks))
        : new Entry.Noted(
            now,
            Entry.Noted.Weight.ALARM,
            what
                + ": locked "
                + locks
                + " times in a day, now for "
                + minutes(locks)
                + ". If it was not them, somebody guesses their PIN");
  }

  private String locked(int locks) {
    return "Too many wrong PINs: it is not taken for " + minutes(locks) + ". Nothing was changed.";
  }

  private String minutes(int locks) {
    return lock(locks).toMinutes() + " minutes";
  }

  /**
   * Twice as long each time, so that guessing gets nowhere, and never so long as to strand them.
   */
  private Duration lock(int locks) {
    return rules.per().multipliedBy(1L << Math.max(0, Math.min(locks, MOST_DOUBLED) - 1));
  }
}
