package org.linekeeper.carrier.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linekeeper.carrier.twilio.SimulatedOffice.ANNA;
import static org.linekeeper.carrier.twilio.SimulatedOffice.CONTROL;
import static org.linekeeper.carrier.twilio.SimulatedOffice.STANDBY;
import static org.linekeeper.carrier.twilio.SimulatedOffice.TRUNK;
import static org.linekeeper.carrier.twilio.SimulatedOffice.sid;

import java.net.URI;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.linekeeper.check.CheckResult;
import org.linekeeper.check.CheckResult.Level;
import org.linekeeper.demo.carrier.Provisioning;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.OfficeNumber;
import org.linekeeper.estate.Pbx;
import org.linekeeper.estate.PbxId;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.estate.Rules;
import org.linekeeper.estate.Schedule;
import org.linekeeper.estate.SiteId;
import org.linekeeper.estate.StaffId;
import org.linekeeper.estate.StaffMember;
import org.linekeeper.estate.TargetPolicy;
import org.linekeeper.estate.Trunk;
import org.linekeeper.state.NumberImage;

/** The engineer looks before leaping: what check says of the account at Twilio. */
class TwilioChecksTest {
  private static final SiteId SITE = new SiteId("head-office");
  private static final Map<String, String> GOOD =
      Map.of("TrunkSid", TRUNK, "EmergencyAddressSid", "AD0123456789abcdef0123456789abcdef");

  private SimulatedOffice office;
  private PhoneNumber sales;

  @BeforeEach
  void open() {
    office = new SimulatedOffice();
    sales = office.line(1, GOOD);
  }

  @AfterEach
  void close() {
    office.close();
  }

  @Test
  void an_account_as_it_should_be_is_all_ok() {
    List<CheckResult> results =
        check(Optional.of(URI.create("https://example.com/twilio/sms")), sales);
    assertThat(results).allMatch(r -> r.level() == Level.OK).allMatch(r -> r.remedy().isEmpty());
    assertThat(results.toString())
        .contains("disaster recovery", "SMS webhook", "primary first", "divert URL", "emergency");
  }

  @Test
  void wrong_credentials_are_one_failure_and_not_twenty() {
    try (TwilioCarrier stranger = SimulatedOffice.carrier(office.settings("wrong"))) {
      TwilioChecks checks =
          new TwilioChecks(stranger, office.settings("wrong"), estate(sales), Optional.empty());
      assertThat(checks.run())
          .singleElement()
          .satisfies(r -> assertThat(r.level()).isEqualTo(Level.FAILURE))
          .satisfies(r -> assertThat(r.said()).contains("does not accept the credentials"));
    }
  }

  @Test
  void numbers_that_would_not_work_are_named() {
    PhoneNumber stranger = new PhoneNumber("+441632960555");
    PhoneNumber offTrunk = office.line(2, Map.of("VoiceUrl", "https://example.com/elsewhere"));
    PhoneNumber diverted = office.line(3, GOOD);
    NumberImage asFound = office.image(diverted);
    office.carrier.route(
        sid(diverted), asFound, office.carrier.diverted(asFound, List.of(ANNA), Optional.empty()));

    List<CheckResult> results = check(Optional.empty(), sales, stranger, offTrunk, diverted);
    assertThat(about(results, stranger.e164()).said()).contains("not at the account");
    assertThat(about(results, offTrunk.e164()).said()).contains("not on the trunk");
    assertThat(about(results, offTrunk.e164()).level()).isEqualTo(Level.FAILURE);
    assertThat(about(results, diverted.e164()).level()).isEqualTo(Level.WARNING);
    assertThat(about(results, "emergency address of " + offTrunk.e164()).level())
        .isEqualTo(Level.WARNING);
    assertThat(about(results, "numbers").said()).contains("1 of 4");
  }

  @Test
  void origination_urls_in_the_wrong_order_or_disabled_are_told() {
    office.carrier.setOrigination(TRUNK, STANDBY.withPriority(10));
    assertThat(about(check(Optional.empty(), sales), "order").said()).contains("undecided");
    office.carrier.setOrigination(TRUNK, STANDBY.withPriority(5));
    assertThat(about(check(Optional.empty(), sales), "order").level()).isEqualTo(Level.WARNING);
    office.carrier.setOrigination(
        TRUNK,
        new org.linekeeper.state.OriginationUrl(STANDBY.sid(), STANDBY.sipUrl(), 20, 10, false));
    assertThat(about(check(Optional.empty(), sales), "origination URL of standby").said())
        .contains("disabled");
  }

  @Test
  void a_control_number_without_texts_or_with_another_webhook_is_told() {
    Optional<URI> ours = Optional.of(URI.create("https://phones.example.com/carrier/sms"));
    assertThat(about(check(ours, sales), "SMS webhook").level()).isEqualTo(Level.FAILURE);
    assertThat(about(check(ours, sales), "path of the SMS webhook"))
        .satisfies(r -> assertThat(r.level()).isEqualTo(Level.WARNING))
        .satisfies(r -> assertThat(r.said()).contains("/carrier/sms", "/twilio/sms"));
    office.simulated.provisioning().withoutSms(CONTROL.e164());
    assertThat(about(check(ours, sales), "control number").said()).contains("cannot receive");
  }

  @Test
  void a_divert_url_without_a_function_behind_it_is_told() {
    TwilioSettings nowhere =
        TwilioSettings.of(
            office.settings.accountSid(),
            office.settings.user(),
            office.settings.secret(),
            office.settings.baseUrl(),
            office.simulated.baseUrl().resolve("/nothing-here"));
    List<CheckResult> results =
        new TwilioChecks(office.carrier, nowhere, estate(sales), Optional.empty()).run();
    assertThat(about(results, "divert URL").level()).isEqualTo(Level.FAILURE);
    assertThat(about(results, "divert URL").remedy()).contains("docs/CARRIER.md");
  }

  @Test
  void a_trunk_that_does_not_exist_is_told() {
    Estate estate = estate(sales);
    Estate other =
        new Estate(
            estate.office(),
            estate.pbxs(),
            new Trunk("TK" + "0".repeat(32), Optional.empty()),
            estate.numbers(),
            estate.staff(),
            estate.schedule(),
            estate.targets(),
            estate.rules());
    List<CheckResult> results =
        new TwilioChecks(office.carrier, office.settings, other, Optional.empty()).run();
    assertThat(about(results, "trunk TK").level()).isEqualTo(Level.FAILURE);
  }

  private List<CheckResult> check(Optional<URI> webhook, PhoneNumber... numbers) {
    return new TwilioChecks(office.carrier, office.settings, estate(numbers), webhook).run();
  }

  private static CheckResult about(List<CheckResult> results, String what) {
    return results.stream().filter(r -> r.what().startsWith(what)).findFirst().orElseThrow();
  }

  private static Estate estate(PhoneNumber... numbers) {
    List<OfficeNumber> lines = new ArrayList<>();
    for (PhoneNumber number : numbers) {
      lines.add(
          new OfficeNumber(number, "Line", SITE, Set.of(), true, List.of(), Optional.empty()));
    }
    return new Estate(
        "Example Ltd",
        List.of(pbx("primary", Pbx.Role.PRIMARY), pbx("standby", Pbx.Role.STANDBY)),
        new Trunk(TRUNK, Optional.of(CONTROL)),
        lines,
        List.of(new StaffMember(new StaffId("anna"), "Anna", ANNA, Set.of(), true, true)),
        new Schedule(ZoneOffset.UTC, List.of()),
        new TargetPolicy("GB", List.of()),
        Rules.defaults());
  }

  private static Pbx pbx(String name, Pbx.Role role) {
    return new Pbx(new PbxId(name), SITE, role, Provisioning.originationUrlSid(name), List.of());
  }
}
