package org.linekeeper.carrier.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.twilio.exception.ApiConnectionException;
import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.linekeeper.time.Ticker;

/** What one question or change does with the time it has. */
class CallTest {
  private final Wire wire = mock(Wire.class);
  private final Ticker ticker = Ticker.system();
  private boolean wanted = true;
  private final Line line =
      new Line(
          wire,
          new Limiter(ticker, 90),
          new Health(InstantSource.system()),
          ticker,
          Duration.ofSeconds(1));

  @Test
  void a_request_that_could_not_be_answered_in_time_is_not_sent_again() {
    when(wire.send(any(), any())).thenReturn(busyFor(Duration.ofMillis(290)));
    Call call = call(Duration.ofMillis(300));
    assertThat(call.makeRequest(post()).getStatusCode()).isEqualTo(429);
    assertThat(call.last().kind()).isEqualTo(Attempt.Kind.TOO_MANY);
    verify(wire, times(1)).send(any(), any());
  }

  @Test
  void one_that_could_is() {
    when(wire.send(any(), any())).thenReturn(busyFor(Duration.ofMillis(290)));
    Call call = call(Duration.ofMillis(500));
    assertThat(call.makeRequest(post()).getStatusCode()).isEqualTo(429);
    verify(wire, times(2)).send(any(), any());
  }

  @Test
  void a_call_that_begins_too_late_sends_nothing_and_says_so() {
    Call call = call(Duration.ofMillis(10));
    assertThatThrownBy(() -> call.makeRequest(post())).isInstanceOf(ApiConnectionException.class);
    assertThat(call.last().kind()).isEqualTo(Attempt.Kind.NOT_SENT);
    verify(wire, times(0)).send(any(), any());
  }

  @Test
  void what_is_not_to_be_done_any_more_is_not_sent_again() {
    when(wire.send(any(), any()))
        .thenAnswer(
            sent -> {
              wanted = false; // another watcher leads since
              return busyFor(Duration.ofMillis(10));
            });
    Call call = call(Duration.ofSeconds(5));
    assertThat(call.makeRequest(post()).getStatusCode()).isEqualTo(429);
    assertThat(call.last().kind()).as("it was surely not made").isEqualTo(Attempt.Kind.TOO_MANY);
    verify(wire, times(1)).send(any(), any());
  }

  @Test
  void what_is_not_to_be_done_any_more_is_not_sent_at_all() {
    wanted = false;
    Call call = call(Duration.ofSeconds(5));
    assertThatThrownBy(() -> call.makeRequest(post()))
        .isInstanceOf(ApiConnectionException.class)
        .hasMessageContaining("something newer is wanted");
    assertThat(call.last().kind()).isEqualTo(Attempt.Kind.NOT_WANTED);
    verify(wire, times(0)).send(any(), any());
  }

  private Call call(Duration time) {
    return new Call(line, Repeat.SET, false, ticker.now().plus(time), () -> wanted);
  }

  private static Request post() {
    return new Request(HttpMethod.POST, "https://api.twilio.com/2010-04-01/Accounts.json");
  }

  private static Attempt busyFor(Duration pause) {
    return new Attempt(
        Attempt.Kind.TOO_MANY,
        429,
        "{}",
        Optional.empty(),
        "Twilio said 429",
        OptionalInt.empty(),
        Optional.of(pause));
  }
}
