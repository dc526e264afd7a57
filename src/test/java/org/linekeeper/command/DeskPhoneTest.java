package org.linekeeper.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.linekeeper.state.Entry;

/** Whoever guesses PINs at a desk phone is noticed; the conversations are in desk-phone.txt. */
class DeskPhoneTest {
  private final DeskPhone desk =
      new DeskPhone(
          new Commands((estate, target) -> Optional.empty(), () -> "d"),
          Pins.none(),
          DialogueRules.defaults());
  private final List<String> alarms = new ArrayList<>();
  private Instant now = Office.NOW;
  private Tally tally = Tally.EMPTY;

  @Test
  void theSecondLockInADayIsAnAlarmAndTwiceAsLong() {
    guess("", "alice", 3);
    assertThat(alarms).isEmpty();
    now = now.plus(Duration.ofMinutes(11));
    guess("", "alice", 3);
    assertThat(alarms).singleElement().asString().contains("2 times in a day", "20 minutes");
    now = now.plus(Duration.ofMinutes(19));
    assertThat(dial("", "alice").reply().orElseThrow()).contains("not taken for 20 minutes");
  }

  @Test
  void onePhoneThatGuessesAtManyNamesIsAnAlarmAndNoOtherPhoneIsLocked() {
    for (String staff : List.of("alice", "bob", "carol")) {
      guess("201", staff, 2);
    }
    assertThat(alarms).singleElement().asString().contains("phone 201");
    assertThat(dial("201", "dave.k").reply().orElseThrow()).contains("from this phone");
    assertThat(dial("202", "dave.k").reply().orElseThrow()).contains("PIN is not right");
  }

  @Test
  void withoutAPhonesNumberNoPhoneIsLockedForAnother() {
    for (String staff : List.of("alice", "bob", "carol", "dave.k")) {
      guess("", staff, 2);
    }
    assertThat(alarms).isEmpty();
  }

  private void guess(String phone, String staff, int times) {
    for (int i = 0; i < times; i++) {
      dial(phone, staff);
    }
  }

  private Turn dial(String phone, String staff) {
    Turn turn =
        desk.dial(new Situation(Office.state(), now, ""), phone, staff, "0000", "DIVERT", tally);
    tally = turn.tally();
    turn.entries().stream()
        .map(Entry.Noted.class::cast)
        .filter(note -> note.weight() == Entry.Noted.Weight.ALARM)
        .forEach(note -> alarms.add(note.text()));
    return turn;
  }
}
