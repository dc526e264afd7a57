package org.linekeeper.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PasswordsTest {
  @Test
  void aPinMatchesItsHashAndNoOther() {
    PasswordHash hash = Passwords.hash("4071");

    assertThat(Passwords.matches("4071", hash)).isTrue();
    assertThat(Passwords.matches("4072", hash)).isFalse();
    assertThat(Passwords.matches("", hash)).isFalse();
    assertThat(Passwords.hash("4071")).as("salted").isNotEqualTo(hash);
  }

  @Test
  void whatBcryptWouldCutOffIsRefusedInsteadOfMatchedByItsBeginning() {
    String longest = "x".repeat(72);
    PasswordHash hash = Passwords.hash(longest);

    assertThat(Passwords.matches(longest + "y", hash)).isFalse();
    assertThatThrownBy(() -> Passwords.hash(longest + "y"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Passwords.hash("")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aHashIsNotShownAndOneThatWouldTakeHoursToCheckIsRefused() {
    PasswordHash hash = Passwords.hash("4071");

    assertThat(hash).hasToString("••••");
    assertThatThrownBy(() -> new PasswordHash(hash.encoded().replace("$10$", "$31$")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
