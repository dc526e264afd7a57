package org.linekeeper.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linekeeper.command.Office.NOW;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrammarTest {
  private final Grammar grammar = new Grammar(Office.estate());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DIVERT                           | DIVERT",
        "  divert !!                      | DIVERT",
        "DIVERT\\nALL                     | DIVERT ALL",
        "divert.all.                      | DIVERT ALL",
        "Divert the sales lines           | DIVERT THE SALES LINES",
        "divert site head-office          | DIVERT SITE HEAD OFFICE",
        "divert 01632960001               | DIVERT 01632960001",
        "divert +44 (0)1632 960001        | DIVERT +44 0 1632 960001",
        "divert number 01632 960 001      | DIVERT NUMBER 01632 960 001",
        "ｄｉｖｅｒｔ ｓａｌｅｓ ｆｏｒ ２ｈ           | DIVERT SALES FOR 2H",
        "divert sales to zoë              | DIVERT SALES TO ZOE",
        "divert sales to Zoe Angstrom     | DIVERT SALES TO ZOE ANGSTROM",
        "divert sales to dave.k           | DIVERT SALES TO DAVE K",
        "divert sales to carol's mobile   | ",
        "divert sales to carol mobile     | DIVERT SALES TO CAROL MOBILE",
        "divert for 2h to me sales        | ",
        "divert to me for 2h              | DIVERT TO ME FOR 2H",
        "divert sales until further notice| DIVERT SALES",
        "divert sales until tomorrow 7pm  | DIVERT SALES UNTIL 2026-11-24 19:00",
        "return sales to the office       | RETURN SALES",
        "RETURN ALL ANYWAY                | RETURN ALL ANYWAY",
        "return all anyhow                | ",
        "ack                              | ACKNOWLEDGE",
        "Acknowledge, thank you           | ACKNOWLEDGE",
        "switch standby                   | SWITCH TO STANDBY",
        "switch to the standby            | SWITCH TO THE STANDBY",
        "pause                            | PAUSE FOR 1H",
        "pause until 12:00                | PAUSE UNTIL 2026-11-23 12:00",
        "divert sales pin 4711            | DIVERT SALES",
        "status group support             | STATUS GROUP SUPPORT",
        "statuss                          | ",
        "divert salse                     | ",
        "don't divert                     | ",
        "please                           | ",
        "alone                            | ",
        "alone others-are-off             | ",
        "not divert all                   | ",
      })
  void readsWhatIsMeantAndNothingNearIt(String text, String understood) {
    String body = text.replace("\\n", "\n");
    Parsed parsed = grammar.parse(body, Optional.of(Office.BOB), NOW);
    assertThat(said(parsed)).isEqualTo(Optional.ofNullable(understood));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"482913", "482 913", "482-913.", "Code 482913", "my code is: 482913", "٤٨٢٩١٣"})
  void readsACodeHoweverItIsTyped(String text) {
    Parsed parsed = grammar.parse(text, Optional.empty(), NOW);
    assertThat(parsed).isEqualTo(new Parsed.Code(new Parsed.Pin("482913")));
  }

  @Test
  void neverTakesOneOfTheCarriersWordsForItsOwn() {
    for (String word : Grammar.RESERVED) {
      for (String text :
          List.of(word, " " + word.toLowerCase() + " ", word + ".", "\"" + word + "\"")) {
        assertThat(grammar.parse(text, Optional.empty(), NOW)).isEqualTo(new Parsed.Reserved(word));
      }
    }
    assertThat(Grammar.KEYWORDS).doesNotContainAnyElementsOf(Grammar.RESERVED);
  }

  @Test
  void showsNeitherPinNorCodeWhenPrinted() {
    assertThat(grammar.parse("divert sales pin 4711", Optional.empty(), NOW).toString())
        .doesNotContain("4711");
    assertThat(grammar.parse("482913", Optional.empty(), NOW).toString()).doesNotContain("482913");
  }

  /** What waits ten minutes for its code must still mean the same when it is read again. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "divert sales & reception to me, +447700900999 until mon 08:30",
        "divert group support to carol baker until midnight",
        "return site branch anyway",
        "switch standby",
        "pause until noon",
        "status sales, reception"
      })
  void whatItUnderstoodIsUnderstoodAgain(String text) {
    String once = said(grammar.parse(text, Optional.of(Office.BOB), NOW)).orElseThrow();
    Parsed.Understood first = understood(text);
    Parsed.Understood again = understood(once);
    assertThat(again.text()).isEqualTo(once);
    assertThat(again.command().toString()).isEqualTo(first.command().toString());
  }

  @Test
  void survivesWhateverIsThrownAtIt() {
    Random random = new Random(20261122);
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      String noise = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
      assertThat(said(grammar.parse(noise, Optional.empty(), NOW))).isEmpty();
    }
  }

  /** Real words in no order: some of it is a command, none of it may throw. */
  @Test
  void survivesItsOwnWordsInAnyOrder() {
    List<String> words =
        List.of(
            "DIVERT",
            "RETURN",
            "TO",
            "FOR",
            "UNTIL",
            "PIN",
            "AND",
            ",",
            "ALL",
            "SALES",
            "ME",
            "2H",
            "0.5",
            "99999D",
            "17:30",
            "25:61",
            "5PM",
            "2026-02-30",
            "31",
            "FEB",
            "999",
            "+",
            "+44",
            "07700900123",
            "482913",
            "\u202eRTL",
            "\ud83d",
            "\u0000",
            "''",
            "PAUSE",
            "ANYWAY");
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      String text =
          random
              .ints(random.nextInt(9), 0, words.size())
              .mapToObj(words::get)
              .collect(Collectors.joining(" "));
      assertThat(grammar.parse(text, Optional.of(Office.BOB), NOW)).as(text).isNotNull();
    }
  }

  @Test
  void isNotKeptBusyByAVeryLongText() {
    for (String part : List.of("DIVERT ", "A AND ", ", ", "\u0301", "1", "TO ", "\ud83d\udd25")) {
      String text = "DIVERT " + part.repeat(100_000 / part.length());
      assertThat(said(grammar.parse(text, Optional.empty(), NOW))).isEmpty();
      String longest = text.substring(0, Words.LONGEST);
      assertThat(grammar.parse(longest, Optional.empty(), NOW)).isNotNull();
    }
  }

  private Parsed.Understood understood(String text) {
    return (Parsed.Understood) grammar.parse(text, Optional.of(Office.BOB), NOW);
  }

  private static Optional<String> said(Parsed parsed) {
    return parsed.on(
        new Parsed.Cases<>() {
          @Override
          public Optional<String> understood(Parsed.Understood good) {
            return Optional.of(good.text());
          }

          @Override
          public Optional<String> code(Parsed.Code code) {
            return Optional.empty();
          }

          @Override
          public Optional<String> notUnderstood(Parsed.NotUnderstood bad) {
            return Optional.empty();
          }

          @Override
          public Optional<String> reserved(Parsed.Reserved word) {
            return Optional.empty();
          }
        });
  }
}
