package org.linekeeper.carrier.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linekeeper.carrier.twilio.SimulatedOffice.ANNA;
import static org.linekeeper.carrier.twilio.SimulatedOffice.TRUNK;
import static org.linekeeper.carrier.twilio.SimulatedOffice.sid;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.linekeeper.check.CheckResult;
import org.linekeeper.check.CheckResult.Level;
import org.linekeeper.demo.carrier.Fault;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.time.Ticker;

/** The engineer lends a spare number, to see that the carrier does what we think it does. */
class LiveChecksTest {
  private SimulatedOffice office;
  private PhoneNumber spare;
  private Map<String, Object> before;

  @BeforeEach
  void open() {
    office = new SimulatedOffice();
    spare = office.line(7);
    before = office.record(spare);
  }

  @AfterEach
  void close() {
    office.close();
  }

  @Test
  void a_carrier_as_documented_passes_and_the_number_is_as_before() {
    List<CheckResult> results = run();
    assertThat(results).hasSize(10).allMatch(r -> r.level() == Level.OK);
    assertThat(said(results, "a cleared field")).contains("\"\"");
    assertThat(said(results, "trunk and application")).isEqualTo("the trunk wins");
    assertThat(office.record(spare)).isEqualTo(before);
  }

  @Test
  void a_spare_number_that_is_on_no_trunk_is_returned_to_the_offices_trunk_all_the_same() {
    spare = office.line(8, Map.of("VoiceUrl", "https://example.com/spare"));
    before = office.record(spare);
    List<CheckResult> results = run();
    assertThat(results).hasSize(10).allMatch(r -> r.level() == Level.OK);
    assertThat(sentBesides("TrunkSid=" + TRUNK)).anyMatch(form -> form.contains("VoiceUrl="));
    assertThat(sentBesides("TrunkSid=&")).anyMatch(form -> form.contains("VoiceUrl=http"));
    assertThat(office.record(spare)).isEqualTo(before);
  }

  @Test
  void a_number_that_cannot_be_put_on_the_trunk_is_left_alone() {
    List<CheckResult> results =
        new LiveChecks(office.carrier, Ticker.system(), "TK" + "0".repeat(32), ANNA).run(spare);
    assertThat(results).hasSize(2);
    assertThat(results.get(0).level()).isEqualTo(Level.FAILURE);
    assertThat(results.get(1).said()).contains("as it was");
  }

  @Test
  void a_request_that_was_not_answered_may_land_after_the_number_was_put_back() {
    office.simulated.goWrong(
        Fault.ERROR_500, 9, r -> r.form().get("FriendlyName").orElse("").contains("check --live"));
    List<CheckResult> results = run();
    assertThat(results).anyMatch(r -> r.level() == Level.WARNING && r.what().contains("refused"));
    assertThat(results.get(results.size() - 1).remedy()).contains("once more");
  }

  @Test
  void each_check_is_named_in_the_docs_beside_what_it_tries_and_no_other() throws IOException {
    String docs = Files.readString(Path.of("docs/CARRIER.md"));
    List<String> named =
        Pattern.compile("tried by `--live`: \\*([^*]+)\\*")
            .matcher(docs)
            .results()
            .map(found -> found.group(1))
            .distinct()
            .toList();
    List<CheckResult> results = run();
    assertThat(named)
        .containsExactlyInAnyOrderElementsOf(
            results.stream().limit(results.size() - 1).map(CheckResult::what).toList());
  }

  @Test
  void a_return_that_goes_wrong_is_told_and_the_number_is_put_back_all_the_same() {
    office.simulated.goWrong(
        Fault.HALF_APPLIED,
        1,
        r -> r.method().equals("POST") && !r.form().get("TrunkSid").orElse("").isEmpty());
    List<CheckResult> results = run();
    assertThat(results).anyMatch(r -> r.level() == Level.FAILURE);
    assertThat(office.record(spare)).isEqualTo(before);
    assertThat(results.get(results.size() - 1).level()).isEqualTo(Level.WARNING);
    assertThat(results.get(results.size() - 1).remedy()).contains("once more");
  }

  @Test
  void a_number_that_cannot_be_put_back_is_told_with_what_it_was() {
    office.simulated.goWrong(
        Fault.ERROR_500,
        100,
        r -> r.method().equals("POST") && !r.form().get("TrunkSid").orElse("").isEmpty());
    List<CheckResult> results = run();
    CheckResult last = results.get(results.size() - 1);
    assertThat(last.level()).isEqualTo(Level.FAILURE);
    assertThat(last.remedy()).contains("TrunkSid=" + TRUNK, "VoiceUrl=https://");
  }

  @Test
  void a_strangers_number_is_not_touched() {
    List<CheckResult> results =
        new LiveChecks(office.carrier, Ticker.system(), TRUNK, ANNA)
            .run(new PhoneNumber("+441632960555"));
    assertThat(results).singleElement().matches(r -> r.level() == Level.FAILURE);
    assertThat(office.requests("POST", sid(spare))).isZero();
  }

  private List<String> sentBesides(String field) {
    return office.simulated.exchanges().stream()
        .map(exchange -> exchange.request().body() + "&")
        .filter(form -> form.contains(field))
        .toList();
  }

  private static String said(List<CheckResult> results, String what) {
    return results.stream()
        .filter(r -> r.what().startsWith(what))
        .map(CheckResult::said)
        .findFirst()
        .orElseThrow();
  }

  private List<CheckResult> run() {
    return new LiveChecks(office.carrier, Ticker.system(), TRUNK, ANNA).run(spare);
  }
}
