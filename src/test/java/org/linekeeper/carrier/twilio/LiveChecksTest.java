package org.linekeeper.carrier.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linekeeper.carrier.twilio.SimulatedOffice.ANNA;
import static org.linekeeper.carrier.twilio.SimulatedOffice.sid;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.linekeeper.check.CheckResult;
import org.linekeeper.check.CheckResult.Level;
import org.linekeeper.contract.ContractRecorder;
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
    ContractRecorder contract = ContractRecorder.attach(office.simulated);
    List<CheckResult> results = run();
    assertThat(results).hasSize(6).allMatch(r -> r.level() == Level.OK);
    assertThat(office.record(spare)).isEqualTo(before);
    assertThat(contract.violations()).isEmpty();
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
    assertThat(last.remedy()).contains("TrunkSid=" + SimulatedOffice.TRUNK, "VoiceUrl=https://");
  }

  @Test
  void a_strangers_number_is_not_touched() {
    List<CheckResult> results =
        new LiveChecks(office.carrier, Ticker.system(), ANNA).run(new PhoneNumber("+441632960555"));
    assertThat(results).singleElement().matches(r -> r.level() == Level.FAILURE);
    assertThat(office.requests("POST", sid(spare))).isZero();
  }

  private List<CheckResult> run() {
    return new LiveChecks(office.carrier, Ticker.system(), ANNA).run(spare);
  }
}
