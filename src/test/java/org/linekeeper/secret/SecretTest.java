package org.linekeeper.secret;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretTest {
  record Login(String user, Secret secret) {}

  @Test
  void aLoginThatIsLoggedDoesNotShowItsPassword() {
    assertThat(new Login("linekeeper", Secret.of("s3same")).toString())
        .isEqualTo("Login[user=linekeeper, secret=••••]");
  }

  @Test
  void theRightPinIsTheSameAndAWrongOneIsNot() {
    assertThat(Secret.of("4711")).isEqualTo(Secret.of("4711")).isNotEqualTo(Secret.of("4712"));
    assertThat(Secret.of("4711").reveal()).isEqualTo("4711");
    assertThat(Secret.of("4711")).hasSameHashCodeAs(Secret.of("4712"));
  }
}
