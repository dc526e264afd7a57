package org.linekeeper.carrier.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linekeeper.carrier.twilio.SimulatedOffice.ANNA;
import static org.linekeeper.carrier.twilio.SimulatedOffice.BEN;
import static org.linekeeper.carrier.twilio.SimulatedOffice.sid;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.linekeeper.demo.carrier.Provisioning;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.state.NumberImage;
import org.linekeeper.state.Outcome;
import org.linekeeper.time.Ticker;

/** The office's numbers go to mobiles and come back, and the carrier's record is as it was. */
class DivertAndReturnTest {
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
  void one_request_sends_a_number_to_the_mobiles_and_one_brings_it_back() {
    PhoneNumber sales = office.line(1);
    Map<String, Object> before = office.record(sales);
    NumberImage asFound = office.image(sales);

    NumberImage diverted = office.carrier.diverted(asFound, List.of(ANNA, BEN), Optional.of(sales));
    assertThat(office.carrier.route(sid(sales), asFound, diverted).kind())
        .isEqualTo(Outcome.Kind.APPLIED);
    assertThat(office.image(sales)).isEqualTo(diverted);
    assertThat(diverted.get("VoiceUrl"))
        .endsWith(
            "/twiml/divert?to=%2B447700900001,%2B447700900002&callerId=%2B441632960001&show=office");
    assertThat(office.record(sales).get("trunk_sid")).isEqualTo("");

    assertThat(office.carrier.route(sid(sales), diverted, asFound).kind())
        .isEqualTo(Outcome.Kind.APPLIED);
    assertThat(office.image(sales)).isEqualTo(asFound);
    assertThat(office.record(sales)).isEqualTo(before);
    assertThat(office.requests("POST", sid(sales))).isEqualTo(2);
    assertThat(office.contract.judged()).hasSize(5);
  }

  @Test
  void what_is_not_wanted_any_more_is_not_sent() {
    PhoneNumber sales = office.line(1);
    NumberImage asFound = office.image(sales);
    NumberImage diverted = office.carrier.diverted(asFound, List.of(ANNA), Optional.of(sales));

    Outcome outcome = office.carrier.route(sid(sales), asFound, diverted, () -> false);

    assertThat(outcome.kind()).isEqualTo(Outcome.Kind.SUPERSEDED);
    assertThat(office.requests("POST", sid(sales))).isZero();
    assertThat(office.image(sales)).isEqualTo(asFound);
  }

  @Test
  void a_number_on_an_application_gets_its_application_back() {
    String application = Provisioning.applicationSid("Queue");
    PhoneNumber queue = office.line(1, Map.of("VoiceApplicationSid", application));
    Map<String, Object> before = office.record(queue);
    NumberImage asFound = office.image(queue);
    NumberImage diverted = office.carrier.diverted(asFound, List.of(ANNA), Optional.empty());

    office.carrier.route(sid(queue), asFound, diverted);
    assertThat(office.image(queue).get("VoiceApplicationSid")).isEmpty();
    office.carrier.route(sid(queue), diverted, asFound);
    assertThat(office.record(queue)).isEqualTo(before);
  }

  @Test
  void what_is_already_so_costs_no_request() {
    PhoneNumber sales = office.line(1);
    NumberImage asFound = office.image(sales);
    assertThat(office.carrier.route(sid(sales), asFound, asFound).kind())
        .isEqualTo(Outcome.Kind.ALREADY);
    assertThat(office.requests("POST", sid(sales))).isZero();
  }

  @Test
  void a_field_that_somebody_else_changed_meanwhile_is_left_alone_and_named() {
    PhoneNumber sales = office.line(1);
    NumberImage asFound = office.image(sales);
    office.carrier.route(sid(sales), asFound, asFound.with(Map.of("FriendlyName", "Reception")));

    Outcome outcome =
        office.carrier.route(
            sid(sales), asFound, office.carrier.diverted(asFound, List.of(ANNA), Optional.empty()));
    assertThat(outcome.kind()).isEqualTo(Outcome.Kind.APPLIED);
    assertThat(outcome.said()).contains("somebody else", "FriendlyName");
    assertThat(office.image(sales).get("FriendlyName")).isEqualTo("Reception");
  }

  @Test
  void what_others_changed_while_it_was_diverted_stays_when_it_comes_back() {
    PhoneNumber sales = office.line(1);
    NumberImage asFound = office.image(sales);
    NumberImage diverted = office.carrier.diverted(asFound, List.of(ANNA), Optional.empty());
    office.carrier.route(sid(sales), asFound, diverted);
    Map<String, String> others = Map.of("FriendlyName", "Reception", "SmsUrl", "https://x.y/sms");
    office.carrier.route(sid(sales), diverted, diverted.with(others));

    NumberImage real = office.image(sales);
    NumberImage back = office.carrier.withRoute(real, asFound);
    assertThat(office.carrier.route(sid(sales), real, back).kind()).isEqualTo(Outcome.Kind.APPLIED);
    assertThat(office.image(sales)).isEqualTo(asFound.with(others));
  }

  @Test
  void two_ways_of_ringing_are_told_apart_and_other_fields_do_not_matter() {
    NumberImage onTrunk = office.image(office.line(1));
    NumberImage toAnna = office.carrier.diverted(onTrunk, List.of(ANNA), Optional.empty());
    NumberImage toBoth = office.carrier.diverted(onTrunk, List.of(ANNA, BEN), Optional.empty());
    assertThat(office.carrier.sameRoute(onTrunk, toAnna)).isFalse();
    assertThat(office.carrier.sameRoute(toAnna, toBoth)).isFalse();
    assertThat(office.carrier.sameRoute(onTrunk, onTrunk.with(Map.of("VoiceUrl", "https://x.y"))))
        .as("the trunk goes before the voice URL")
        .isTrue();
    assertThat(office.carrier.sameRoute(toAnna, toAnna.with(Map.of("SmsUrl", "https://x.y"))))
        .isTrue();
  }

  @Test
  void a_hundred_numbers_come_back_with_every_field_as_before() throws Exception {
    List<PhoneNumber> lines = lines(100);
    Map<PhoneNumber, Map<String, Object>> before = new LinkedHashMap<>();
    lines.forEach(line -> before.put(line, office.record(line)));
    Map<PhoneNumber, NumberImage> found = new LinkedHashMap<>();
    office
        .carrier
        .numbers()
        .value()
        .orElseThrow()
        .forEach(number -> found.put(number.number(), number.image()));
    assertThat(found).hasSize(101).containsKeys(lines.toArray(PhoneNumber[]::new));

    assertThat(move(office.carrier, lines, found, true, 40)).containsOnly(Outcome.Kind.APPLIED);
    assertThat(lines).allSatisfy(line -> assertThat(office.image(line).get("TrunkSid")).isEmpty());
    assertThat(move(office.carrier, lines, found, false, 40)).containsOnly(Outcome.Kind.APPLIED);
    assertThat(lines).allSatisfy(l -> assertThat(office.record(l)).isEqualTo(before.get(l)));
    assertThat(office.requests("POST", "IncomingPhoneNumbers")).isEqualTo(200);
  }

  @Test
  void twenty_five_numbers_move_in_well_under_a_second_at_150_ms_a_request() throws Exception {
    office.simulated.knobs(office.simulated.knobs().withLatency(Duration.ofMillis(150)));
    try (TwilioCarrier carrier = SimulatedOffice.carrier(office.settings)) {
      List<PhoneNumber> lines = lines(25);
      Map<PhoneNumber, NumberImage> found = found(carrier);
      Ticker ticker = Ticker.system();
      List<Outcome.Kind> outcomes = move(carrier, lines, found, true, 32);
      assertThat(ticker.now()).isLessThan(Duration.ofMillis(900));
      assertThat(outcomes).containsOnly(Outcome.Kind.APPLIED);
    }
  }

  @Test
  void over_the_carriers_limit_no_update_is_lost() throws Exception {
    office.simulated.knobs(
        office.simulated.knobs().withLatency(Duration.ofMillis(20)).withMaxConcurrent(6));
    try (TwilioCarrier carrier = SimulatedOffice.carrier(office.settings)) {
      List<PhoneNumber> lines = lines(100);
      Map<PhoneNumber, NumberImage> found = found(carrier);
      assertThat(move(carrier, lines, found, true, 64)).containsOnly(Outcome.Kind.APPLIED);
      assertThat(carrier.health().limit()).isLessThan(12);
      assertThat(lines)
          .allSatisfy(l -> assertThat(office.record(l).get("trunk_sid")).isEqualTo(""));
    }
  }

  private List<PhoneNumber> lines(int count) {
    List<PhoneNumber> lines = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      lines.add(
          i % 10 == 0
              ? office.line(i, Map.of("VoiceApplicationSid", Provisioning.applicationSid("Queue")))
              : office.line(i));
    }
    return lines;
  }

  private static Map<PhoneNumber, NumberImage> found(TwilioCarrier carrier) {
    Map<PhoneNumber, NumberImage> found = new LinkedHashMap<>();
    carrier.numbers().value().orElseThrow().forEach(n -> found.put(n.number(), n.image()));
    return found;
  }

  private static List<Outcome.Kind> move(
      TwilioCarrier carrier,
      List<PhoneNumber> lines,
      Map<PhoneNumber, NumberImage> found,
      boolean away,
      int threads)
      throws Exception {
    List<Callable<Outcome.Kind>> work = new ArrayList<>();
    for (PhoneNumber line : lines) {
      NumberImage home = found.get(line);
      NumberImage diverted = carrier.diverted(home, List.of(ANNA, BEN), Optional.of(line));
      work.add(
          () ->
              (away
                      ? carrier.route(sid(line), home, diverted)
                      : carrier.route(sid(line), diverted, home))
                  .kind());
    }
    return SimulatedOffice.sideBySide(threads, work);
  }
}
