package org.linekeeper.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.linekeeper.asterisk.SessionNews;

/** A reset alone proves nothing; one beside a session that ended in good order does. */
class EndOfSessionsTest {
  private final EndOfSessions ends = new EndOfSessions();

  @Test
  void aResetThatComesFirstIsAnEndAsSoonAsTheOtherSessionHasEndedInOrder() {
    assertThat(ends.session(news(SessionNews.Kind.RESET), ms(1000)).kind())
        .isEqualTo(SessionNews.Kind.RESET);
    assertThat(ends.eventsEnded(ms(1002)).orElseThrow().kind()).isEqualTo(SessionNews.Kind.CLOSED);
    assertThat(ends.eventsEnded(ms(1003))).as("said once").isEmpty();
  }

  @Test
  void andSoIsOneThatComesSecond() {
    assertThat(ends.eventsEnded(ms(1000))).isEmpty();
    assertThat(ends.session(news(SessionNews.Kind.RESET), ms(1002)).kind())
        .isEqualTo(SessionNews.Kind.CLOSED);
  }

  @Test
  void aFirewallThatResetsOneWhileTheOtherEndedAtAnotherTimeProvesNothing() {
    assertThat(ends.eventsEnded(ms(1000))).isEmpty();
    assertThat(ends.session(news(SessionNews.Kind.RESET), ms(1016)).kind())
        .isEqualTo(SessionNews.Kind.RESET);
    assertThat(ends.eventsEnded(ms(1032))).isEmpty();
  }

  @Test
  void aSessionThatIsUpAgainIsNotEndedByWhatWasBefore() {
    ends.session(news(SessionNews.Kind.RESET), ms(1000));
    ends.session(news(SessionNews.Kind.UP), ms(1005));
    assertThat(ends.eventsEnded(ms(1006))).isEmpty();
  }

  @Test
  void allOtherNewsIsHandedOnAsItIs() {
    ends.eventsEnded(ms(1000));
    SessionNews refused = news(SessionNews.Kind.REFUSED);
    assertThat(ends.session(refused, ms(1001))).isSameAs(refused);
  }

  private static SessionNews news(SessionNews.Kind kind) {
    return new SessionNews(kind, Duration.ZERO, "");
  }

  private static Duration ms(long millis) {
    return Duration.ofMillis(millis);
  }
}
