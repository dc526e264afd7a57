package org.linekeeper.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.linekeeper.estate.StaffMember;
import org.linekeeper.state.Entry;
import org.linekeeper.state.State;

class TextDialogueTest {
  private static final String ALICE = "+447700900121";
  private static final Fresh FRESH = new Fresh("482913", "0123456789abcdef");

  private final TextDialogue dialogue =
      new TextDialogue(
          new Commands((estate, target) -> Optional.empty(), () -> "d"),
          Pins.none(),
          DialogueRules.defaults());
  private State state = Office.state();
  private Instant now = Office.NOW;
  private Tally tally = Tally.EMPTY;
  private int sid;

  @Test
  void theCodeItselfIsNeverInTheJournal() {
    Turn turn = hear(ALICE, "divert reception");
    assertThat(turn.reply().orElseThrow()).contains("482913");
    assertThat(turn.entries().toString()).doesNotContain("482913");
    assertThat(hear(ALICE, "482913").entries().toString()).doesNotContain("482913");
  }

  @Test
  void norWhenSomebodyWritesAWordBeforeIt() {
    for (String answer :
        new String[] {"CONFIRM 482913", "ok 482913", "Yes, 482913", "code 482 913"}) {
      hear(ALICE, "divert reception for 1h");
      Turn turn = hear(ALICE, answer);
      assertThat(turn.accepted()).as(answer).isTrue();
      assertThat(turn.entries().toString()).doesNotContain("482913", "482 913");
      now = now.plusSeconds(700);
    }
  }

  @Test
  void aCodeWorksForItsOwnSenderOnly() {
    hear(ALICE, "divert reception");
    Turn turn = hear("+447700900122", "482913");
    assertThat(turn.accepted()).isFalse();
    assertThat(state.diversions()).isEmpty();
  }

  @Test
  void aCodeWorksOnce() {
    hear(ALICE, "divert reception for 1h");
    hear(ALICE, "482913");
    assertThat(hear(ALICE, "482913").accepted()).isFalse();
  }

  @Test
  void aCodeIsTakenEvenWhenTheSenderHasTextedTooMuch() {
    for (int i = 0; i < 9; i++) {
      hear(ALICE, "status");
    }
    hear(ALICE, "divert reception");
    assertThat(hear(ALICE, "482913").accepted()).isTrue();
    assertThat(state.diversions()).hasSize(1);
  }

  @Test
  void whoeverIsTakenOffTheStaffListCannotConfirmAnyMore() {
    hear(ALICE, "divert reception");
    var estate = Office.estate();
    var without =
        new org.linekeeper.estate.Estate(
            estate.office(),
            estate.pbxs(),
            estate.trunk(),
            estate.numbers(),
            estate.staff().stream()
                .filter((StaffMember s) -> !s.id().equals(Office.ALICE))
                .toList(),
            estate.schedule(),
            estate.targets(),
            estate.rules());
    state = State.evolve(state, new Entry.SettingsAccepted(now, "test", "01", without));
    assertThat(hear(ALICE, "482913").reply()).isEmpty();
    assertThat(state.diversions()).isEmpty();
  }

  @Test
  void aFloodOfStrangersNeitherFillsTheJournalNorPushesRealTextsOutOfIt() {
    hear(ALICE, "divert reception");
    for (int i = 0; i < 6_000; i++) {
      hear("+4477009" + (10_000 + i), "DIVERT ALL");
    }
    assertThat(state.messages()).hasSize(1 + DialogueRules.defaults().unknownTexts());
    assertThat(state.messages()).containsKey("SM1");
  }

  @Test
  void nothingAnybodySendsEverThrowsOrGetsAnAnswerThatDoesNotFitAText() {
    Random random = new Random(42);
    for (int i = 0; i < 3_000; i++) {
      now = now.plusSeconds(120);
      byte[] bytes = new byte[random.nextInt(60)];
      random.nextBytes(bytes);
      String noise = new String(bytes, java.nio.charset.StandardCharsets.UTF_16);
      Turn turn = hear(ALICE, (i % 2 == 0 ? "divert " : "") + noise);
      assertThat(turn.reply().orElse("")).matches(Gsm7::fits).hasSizeLessThanOrEqualTo(320);
      assertThat(state.diversions()).isEmpty();
    }
  }

  @Test
  void noAnswerAsksAnybodyToSendOneOfTheCarriersWords() {
    for (String text :
        new String[] {
          "commands",
          "divert reception",
          "000000",
          "hlep",
          "return",
          "status",
          "blah",
          "switch",
          "ack"
        }) {
      String reply = hear(ALICE, text).reply().orElseThrow();
      assertThat(reply.split("[^A-Z]+")).doesNotContainAnyElementsOf(Grammar.RESERVED);
    }
  }

  @Test
  void aTextThatIsSomeMinutesLateIsObeyed() {
    hear(ALICE, "divert reception", now.minus(Duration.ofMinutes(14)));
    assertThat(hear(ALICE, "482913", now.minus(Duration.ofMinutes(14))).accepted()).isTrue();
    assertThat(state.diversions()).hasSize(1);
  }

  @Test
  void aTextOfBeforeALongSilenceIsNotObeyedButAnswered() {
    Turn turn = hear(ALICE, "divert all to me for 2h", now.minus(Duration.ofMinutes(16)));
    assertThat(turn.accepted()).isFalse();
    assertThat(turn.reply().orElseThrow()).contains("read only now", "text it again");
    assertThat(state.challenges()).isEmpty();
    assertThat(hear(ALICE, "status", now.minus(Duration.ofHours(20))).reply().orElseThrow())
        .contains("read only now");
  }

  @Test
  void aTextOfFridayIsNotEvenAnsweredOnMonday() {
    Turn turn = hear(ALICE, "divert all to me for 2h", now.minus(Duration.ofDays(3)));
    assertThat(turn.reply()).isEmpty();
    assertThat(turn.entries()).hasSize(1);
    assertThat(state.challenges()).isEmpty();
  }

  private Turn hear(String from, String body) {
    return hear(from, body, now);
  }

  private Turn hear(String from, String body, Instant sent) {
    Turn turn =
        dialogue.hear(
            new Situation(state, now, ""), new Text("SM" + ++sid, from, body, sent), FRESH, tally);
    turn.entries().forEach(entry -> state = State.evolve(state, entry));
    tally = turn.tally();
    return turn;
  }
}
