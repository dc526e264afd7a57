package org.linekeeper.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who has to wait after wrong passwords. */
class FailedLoginsTest {
  private Duration now = Duration.ofHours(1);
  private final FailedLogins failed = new FailedLogins(() -> now);

  @Test
  void oneSubscribersManyAddressesAreOnePlace() {
    for (int i = 0; i < FailedLogins.MOST; i++) {
      failed.failed("2001:db8:0:1::" + i, "user" + i);
    }
    assertThat(failed.tooMany("2001:db8:0:1:ffff::1", "olive")).isTrue();
    assertThat(failed.tooMany("2001:db8:0:2::1", "olive")).isFalse();
  }

  @Test
  void oneNameIsGuessedFromManyPlacesForAWhileOnly() {
    for (int i = 0; i < FailedLogins.MOST_AT_NAME; i++) {
      assertThat(failed.tooMany("192.0.2.200", "olive")).isFalse();
      failed.failed("192.0.2." + i, "olive");
    }
    assertThat(failed.tooMany("192.0.2.200", "olive")).isTrue();
    assertThat(failed.tooMany("192.0.2.200", "victor")).isFalse();
    now = now.plus(FailedLogins.WINDOW).plusSeconds(1);
    assertThat(failed.tooMany("192.0.2.200", "olive")).isFalse();
  }
}
