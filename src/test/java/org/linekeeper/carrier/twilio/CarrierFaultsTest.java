package org.linekeeper.carrier.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linekeeper.carrier.twilio.SimulatedOffice.ANNA;
import static org.linekeeper.carrier.twilio.SimulatedOffice.CONTROL;
import static org.linekeeper.carrier.twilio.SimulatedOffice.STANDBY;
import static org.linekeeper.carrier.twilio.SimulatedOffice.TRUNK;
import static org.linekeeper.carrier.twilio.SimulatedOffice.sid;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.linekeeper.carrier.Answer;
import org.linekeeper.demo.carrier.Fault;
import org.linekeeper.demo.carrier.Request;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.state.NumberImage;
import org.linekeeper.state.Outcome;
import org.linekeeper.time.Ticker;

/** The carrier has a bad day: what is claimed to be done is done, and nothing is sent twice. */
class CarrierFaultsTest {
  private SimulatedOffice office;
  private TwilioCarrier carrier;

  @BeforeEach
  void open() {
    office = new SimulatedOffice();
    office.simulated.knobs(office.simulated.knobs().withHang(Duration.ofMillis(1500)));
    carrier = office.impatient();
  }

  @AfterEach
  void close() {
    carrier.close();
    office.close();
  }

  @ParameterizedTest(name = "{0}: {1} after {2} POST")
  @CsvSource({
    "ERROR_500,         UNKNOWN, 1",
    "ERROR_500_APPLIED, APPLIED, 1",
    "HALF_APPLIED,      UNKNOWN, 1",
    "UNAVAILABLE,       UNKNOWN, 1",
    "HTML_PAGE,         UNKNOWN, 1",
    "TRUNCATED_JSON,    APPLIED, 1",
    "TOO_MANY,          APPLIED, 2",
    "TIMEOUT,           UNKNOWN, 1",
    "TIMEOUT_APPLIED,   APPLIED, 1",
    "TIMEOUT_LATE,      UNKNOWN, 1",
    "CUT,               UNKNOWN, 1",
    "CUT_APPLIED,       APPLIED, 1",
  })
  void a_number_is_only_called_moved_if_the_carrier_shows_it(
      Fault fault, Outcome.Kind expected, int posts) {
    PhoneNumber sales = office.line(1);
    NumberImage asFound = office.image(sales);
    NumberImage diverted = carrier.diverted(asFound, List.of(ANNA), Optional.of(sales));
    office.simulated.goWrong(fault, 1, CarrierFaultsTest::isPost);

    Outcome outcome = carrier.route(sid(sales), asFound, diverted);

    assertThat(outcome.kind()).as(outcome.said()).isEqualTo(expected);
    assertThat(office.image(sales).equals(diverted)).isEqualTo(outcome.achieved());
    awaitPosts(sid(sales), posts);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "ERROR_500,         UNKNOWN",
    "ERROR_500_APPLIED, APPLIED",
    "TOO_MANY,          APPLIED",
    "TIMEOUT,           UNKNOWN",
    "CUT_APPLIED,       APPLIED",
  })
  void the_standby_is_only_called_first_if_the_carrier_shows_it(
      Fault fault, Outcome.Kind expected) {
    office.simulated.goWrong(fault, 1, CarrierFaultsTest::isPost);
    Outcome outcome = carrier.setOrigination(TRUNK, STANDBY.withPriority(5));
    assertThat(outcome.kind()).as(outcome.said()).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}: {1} after {2} POST")
  @CsvSource({
    "ERROR_500,         UNKNOWN,  1",
    "ERROR_500_APPLIED, UNKNOWN,  1",
    "UNAVAILABLE,       UNKNOWN,  1",
    "HTML_PAGE,         UNKNOWN,  1",
    "TRUNCATED_JSON,    UNKNOWN,  1",
    "TIMEOUT_APPLIED,   UNKNOWN,  1",
    "CUT,               UNKNOWN,  1",
    "TOO_MANY,          APPLIED,  2",
  })
  void a_text_is_never_sent_twice(Fault fault, Outcome.Kind expected, int posts) {
    office.simulated.goWrong(fault, 1, CarrierFaultsTest::isPost);
    Outcome outcome = carrier.send(CONTROL, ANNA, "Your code is 4711");
    assertThat(outcome.kind()).as(outcome.said()).isEqualTo(expected);
    assertThat(outcome.said()).doesNotContain("4711");
    awaitPosts("/Messages", posts);
  }

  @ParameterizedTest
  @CsvSource({"ERROR_500", "UNAVAILABLE", "HTML_PAGE", "TRUNCATED_JSON", "CUT"})
  void a_question_is_asked_three_times_at_most(Fault fault) {
    office.simulated.goWrong(fault, 2, request -> true);
    assertThat(carrier.originationUrls(TRUNK).ok()).isTrue();
    office.simulated.goWrong(fault, 100, request -> true);
    office.simulated.forgetExchanges();
    Answer<?> answer = carrier.originationUrls(TRUNK);
    assertThat(answer.problem()).isEqualTo(Answer.Problem.UNREACHABLE);
    assertThat(answer.said()).isNotBlank();
    // The JDK's client by itself repeats a GET whose kept connection was cut before any answer.
    long atMost = fault == Fault.CUT ? 6 : 3;
    assertThat(office.requests("GET", "/OriginationUrls")).isBetween(3L, atMost);
    assertThat(carrier.health().well()).isFalse();
  }

  @Test
  void a_silent_carrier_holds_nobody_longer_than_the_deadline() {
    office.simulated.goWrong(Fault.TIMEOUT, 100, request -> true);
    Ticker ticker = Ticker.system();
    assertThat(carrier.numbers().ok()).isFalse();
    assertThat(ticker.now()).isLessThan(Duration.ofSeconds(6));
  }

  @Test
  void a_carrier_that_is_too_busy_to_the_end_has_changed_nothing_and_we_say_so() {
    PhoneNumber sales = office.line(1);
    NumberImage asFound = office.image(sales);
    office.simulated.goWrong(Fault.TOO_MANY, 1000, request -> true);
    Outcome outcome =
        carrier.route(
            sid(sales), asFound, carrier.diverted(asFound, List.of(ANNA), Optional.empty()));
    assertThat(outcome.kind()).isEqualTo(Outcome.Kind.UNKNOWN);
    assertThat(outcome.said()).contains("429", "was not changed");
  }

  @Test
  void a_wrong_token_is_a_refusal_that_does_not_show_the_token() {
    try (TwilioCarrier stranger = SimulatedOffice.carrier(office.settings("canary-token"))) {
      assertThat(stranger.numbers().problem()).isEqualTo(Answer.Problem.DENIED);
      Outcome outcome = stranger.setOrigination(TRUNK, STANDBY.withPriority(5));
      assertThat(outcome.kind()).isEqualTo(Outcome.Kind.REJECTED);
      assertThat(outcome.said() + office.settings("canary-token")).doesNotContain("canary-token");
    }
  }

  @Test
  void a_number_that_the_account_does_not_have_is_not_found() {
    String stranger = sid(new PhoneNumber("+441632960777"));
    assertThat(carrier.number(stranger).problem()).isEqualTo(Answer.Problem.NOT_FOUND);
  }

  @Test
  void a_carrier_that_is_gone_is_unreachable_and_nothing_was_sent() {
    PhoneNumber sales = office.line(1);
    NumberImage asFound = carrier.number(sid(sales)).value().orElseThrow().image();
    office.simulated.close();
    Outcome outcome =
        carrier.route(
            sid(sales), asFound, carrier.diverted(asFound, List.of(ANNA), Optional.empty()));
    assertThat(outcome.kind()).isEqualTo(Outcome.Kind.UNKNOWN);
    assertThat(carrier.send(CONTROL, ANNA, "hello").kind()).isEqualTo(Outcome.Kind.REJECTED);
    assertThat(carrier.numbers().problem()).isEqualTo(Answer.Problem.UNREACHABLE);
    assertThat(carrier.health().lastAnswer()).isPresent();
  }

  private static boolean isPost(Request request) {
    return request.method().equals("POST");
  }

  /** A request that hangs is only logged once it was given up. */
  private void awaitPosts(String pathPart, int expected) {
    org.linekeeper.time.Ticker ticker = Ticker.system();
    while (office.requests("POST", pathPart) < expected
        && ticker.now().compareTo(Duration.ofSeconds(5)) < 0) {
      Thread.onSpinWait();
    }
    assertThat(office.requests("POST", pathPart)).isEqualTo(expected);
  }
}
