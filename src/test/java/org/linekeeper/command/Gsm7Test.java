package org.linekeeper.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Gsm7Test {
  @ParameterizedTest
  @CsvSource({
    "Zoë Ångström,Zoe Ångström",
    "Siân,Sian",
    "“Front” – desk’s,\"Front\" - desk's",
    "a[b]{c},a(b)(c)",
    "Łódź 🔥 日本,?odz ? ??",
    "Ｆｕｌｌ,Full",
  })
  void keepsWhatFitsAndMakesTheRestPlain(String text, String plain) {
    assertThat(Gsm7.plain(text)).isEqualTo(plain).matches(Gsm7::fits);
  }
}
