package org.linekeeper.carrier.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linekeeper.carrier.twilio.SimulatedOffice.ANNA;
import static org.linekeeper.carrier.twilio.SimulatedOffice.BEN;
import static org.linekeeper.carrier.twilio.SimulatedOffice.CONTROL;
import static org.linekeeper.carrier.twilio.SimulatedOffice.STANDBY;
import static org.linekeeper.carrier.twilio.SimulatedOffice.TRUNK;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.linekeeper.carrier.CarrierAlert;
import org.linekeeper.carrier.CarrierNumber;
import org.linekeeper.carrier.DeliveredCall;
import org.linekeeper.carrier.InboundText;
import org.linekeeper.demo.carrier.LegOutcome;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.state.OriginationUrl;
import org.linekeeper.state.Outcome;

/** What Linekeeper reads from the carrier: numbers, origination URLs, texts, alerts. */
class CarrierReadingTest {
  private SimulatedOffice office;

  @BeforeEach
  void open() {
    office = new SimulatedOffice();
  }

  @AfterEach
  void close() {
    office.close();
  }

  @Test
  void numbers_come_over_several_pages_with_what_they_can_do() {
    for (int i = 0; i < 520; i++) {
      office.line(i);
    }
    List<CarrierNumber> numbers = office.carrier.numbers().value().orElseThrow();
    assertThat(numbers).hasSize(521).extracting(CarrierNumber::number).doesNotHaveDuplicates();
    assertThat(office.requests("GET", "/IncomingPhoneNumbers")).isEqualTo(2);
    CarrierNumber control = only(numbers);
    assertThat(control.sms()).isTrue();
    assertThat(control.emergencyAddress()).startsWith("AD");
    assertThat(control.image().fields()).hasSize(NumberFields.WRITABLE.size());
  }

  @Test
  void the_standby_is_made_first_by_one_request() {
    Outcome outcome = office.carrier.setOrigination(TRUNK, STANDBY.withPriority(5));
    assertThat(outcome.kind()).isEqualTo(Outcome.Kind.APPLIED);
    assertThat(office.carrier.originationUrls(TRUNK).value().orElseThrow())
        .containsExactlyInAnyOrder(
            STANDBY.withPriority(5),
            new OriginationUrl(
                org.linekeeper.demo.carrier.Provisioning.originationUrlSid("primary"),
                "sip:192.0.2.10:5060",
                10,
                10,
                true));
    assertThat(office.simulated.exchanges().get(0).request().form().values())
        .containsEntry("Priority", "5")
        .containsEntry("Weight", "10");
  }

  @Test
  void texts_to_the_control_number_are_read_oldest_first_and_our_own_are_not_among_them() {
    Instant before = Instant.now().minusSeconds(5);
    office.simulated.staffTexts(ANNA.e164(), CONTROL.e164(), "DIVERT");
    office.simulated.staffTexts(BEN.e164(), CONTROL.e164(), "STATUS ?");
    assertThat(office.carrier.send(CONTROL, ANNA, "Reply with 4711").kind())
        .isEqualTo(Outcome.Kind.APPLIED);
    List<InboundText> texts = office.carrier.textsSince(CONTROL, before).value().orElseThrow();
    assertThat(texts).extracting(InboundText::body).containsExactlyInAnyOrder("DIVERT", "STATUS ?");
    assertThat(texts.get(0).from()).isIn(ANNA.e164(), BEN.e164());
    assertThat(texts.get(0).to()).isEqualTo(CONTROL.e164());
    assertThat(
            office
                .carrier
                .textsSince(CONTROL, Instant.now().plus(Duration.ofHours(1)))
                .value()
                .orElseThrow())
        .isEmpty();
  }

  @Test
  void a_mobile_that_texted_stop_is_named_as_such() {
    office.simulated.staffTexts(ANNA.e164(), CONTROL.e164(), "STOP");
    Outcome outcome = office.carrier.send(CONTROL, ANNA, "hello");
    assertThat(outcome.kind()).isEqualTo(Outcome.Kind.REJECTED);
    assertThat(outcome.said()).contains("STOP", "21610");
  }

  @Test
  void the_carriers_own_evidence_is_read_from_its_alerts() {
    Instant before = Instant.now().minusSeconds(5);
    // Nobody listens at the SMS webhook of the control number.
    office.simulated.staffTexts(ANNA.e164(), CONTROL.e164(), "DIVERT");
    List<CarrierAlert> alerts = awaitAlerts(before);
    assertThat(alerts).extracting(CarrierAlert::code).contains(11200);
    assertThat(alerts.get(0).sid()).startsWith("NO");
    assertThat(
            office
                .carrier
                .alertsSince(Instant.now().plus(Duration.ofHours(1)))
                .value()
                .orElseThrow())
        .isEmpty();
  }

  @Test
  void an_alert_about_a_failed_call_names_the_pbx_that_was_tried() {
    Instant before = Instant.now().minusSeconds(5);
    office.simulated.caller().call("+447700900123", CONTROL.e164());
    assertThat(awaitAlerts(before))
        .filteredOn(alert -> alert.code() == 32011)
        .extracting(CarrierAlert::about)
        .anyMatch(about -> about.contains(SimulatedOffice.STANDBY.sipUrl()));
  }

  @Test
  void calls_from_outside_that_were_answered_are_listed_unless_a_recovery_may_have_answered() {
    Instant before = Instant.now().minusSeconds(5);
    office.simulated.caller().call("+447700900123", CONTROL.e164()); // recovered by its own TwiML
    assertThat(delivered(TRUNK, Set.of(CONTROL))).as("its alert may come late").isEmpty();
    office.simulated.provisioning().trunk("Office trunk", null);

    office.pbxs = (uri, to, from, deadline) -> LegOutcome.refused(486, "Asterisk");
    office.simulated.caller().call("+447700900123", CONTROL.e164());
    assertThat(delivered(TRUNK, Set.of(CONTROL))).as("the first one only").hasSize(1);

    office.pbxs = (uri, to, from, deadline) -> LegOutcome.answered("Asterisk");
    office.simulated.caller().call("+447700900123", CONTROL.e164());
    assertThat(delivered(TRUNK, Set.of(CONTROL)))
        .hasSize(2)
        .allMatch(call -> call.at().isAfter(before) && call.sid().startsWith("CA"));
    String other = office.simulated.provisioning().trunk("Other trunk", null);
    assertThat(delivered(other, Set.of(CONTROL))).as("of another trunk").isEmpty();
  }

  private List<DeliveredCall> delivered(String trunk, Set<PhoneNumber> numbers) {
    return office.carrier.delivered(trunk, numbers).value().orElseThrow();
  }

  private List<CarrierAlert> awaitAlerts(Instant since) {
    org.linekeeper.time.Ticker ticker = org.linekeeper.time.Ticker.system();
    List<CarrierAlert> alerts = List.of();
    while (alerts.isEmpty() && ticker.now().compareTo(Duration.ofSeconds(20)) < 0) {
      alerts = office.carrier.alertsSince(since).value().orElseThrow();
    }
    return alerts;
  }

  private static CarrierNumber only(List<CarrierNumber> numbers) {
    return numbers.stream().filter(n -> n.number().equals(CONTROL)).findFirst().orElseThrow();
  }
}
