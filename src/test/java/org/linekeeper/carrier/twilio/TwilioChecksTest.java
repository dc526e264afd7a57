package org.linekeeper.carrier.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linekeeper.carrier.twilio.SimulatedOffice.ANNA;
import static org.linekeeper.carrier.twilio.SimulatedOffice.CONTROL;
import static org.linekeeper.carrier.twilio.SimulatedOffice.STANDBY;
import static org.linekeeper.carrier.twilio.SimulatedOffice.TRUNK;
import static org.linekeeper.carrier.twilio.SimulatedOffice.sid;

import java.net.URI;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.linekeeper.check.CheckResult;
import org.linekeeper.check.CheckResult.Level;
import org.linekeeper.demo.carrier.Fault;
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
    List<URI> webhooks =
        List.of(
            URI.create("https://example.com/twilio/sms"),
            URI.create("https://second.example.com/twilio/sms"));
    List<CheckResult> results = check(webhooks, sales);
    assertThat(results).allMatch(r -> r.level() == Level.OK).allMatch(r -> r.remedy().isEmpty());
    assertThat(results.toString())
        .contains(
            "disaster recovery",
            "SMS webhook",
            "primary first",
            "divert URL",
            "emergency",
            "alerts",
            "list of texts");
  }

  @Test
  void wrong_credentials_are_one_failure_and_not_twenty() {
    try (TwilioCarrier stranger = SimulatedOffice.carrier(office.settings("wrong"))) {
      TwilioChecks checks =
          new TwilioChecks(
              stranger, office.settings("wrong"), estate(sales), List.of(), InstantSource.system());
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

    List<CheckResult> results = check(List.of(), sales, stranger, offTrunk, diverted);
    assertThat(about(results, stranger.e164()).said()).contains("not at the account");
    assertThat(about(results, offTrunk.e164()).said()).contains("not on the trunk");
    assertThat(about(results, offTrunk.e164()).level()).isEqualTo(Level.FAILURE);
    assertThat(about(results, diverted.e164()).level()).isEqualTo(Level.WARNING);
    assertThat(about(results, "emergency address of " + offTrunk.e164()).level())
        .isEqualTo(Level.WARNING);
    assertThat(about(results, "numbers").said()).contains("1 of 4");
  }

  @Test
  void a_caller_id_that_is_none_of_the_accounts_numbers_is_told() {
    PhoneNumber stranger = new PhoneNumber("+441632960555");
    OfficeNumber shown = line(sales, Optional.of(stranger));
    CheckResult result =
        about(run(office.settings, estate(List.of(shown)), List.of()), "caller-id of");
    assertThat(result.level()).isEqualTo(Level.WARNING);
    assertThat(result.said()).contains(stranger.e164(), "withheld");
    OfficeNumber own = line(sales, Optional.of(CONTROL));
    assertThat(run(office.settings, estate(List.of(own)), List.of()))
        .noneMatch(r -> r.what().startsWith("caller-id of"));
  }

  @Test
  void origination_urls_in_the_wrong_order_or_disabled_are_told() {
    office.carrier.setOrigination(TRUNK, STANDBY.withPriority(10));
    assertThat(about(check(List.of(), sales), "order").said()).contains("undecided");
    office.carrier.setOrigination(TRUNK, STANDBY.withPriority(5));
    assertThat(about(check(List.of(), sales), "order").level()).isEqualTo(Level.WARNING);
    office.carrier.setOrigination(
        TRUNK,
        new org.linekeeper.state.OriginationUrl(STANDBY.sid(), STANDBY.sipUrl(), 20, 10, false));
    assertThat(about(check(List.of(), sales), "origination URL of standby").said())
        .contains("disabled");
  }

  @Test
  void a_control_number_without_texts_or_with_another_webhook_is_told() {
    List<URI> ours = List.of(URI.create("https://phones.example.com/carrier/sms"));
    assertThat(about(check(ours, sales), "SMS webhook").level()).isEqualTo(Level.FAILURE);
    assertThat(about(check(ours, sales), "path of the SMS webhook"))
        .satisfies(r -> assertThat(r.level()).isEqualTo(Level.WARNING))
        .satisfies(r -> assertThat(r.said()).contains("/carrier/sms", "/twilio/sms"));
    office.simulated.provisioning().withoutSms(CONTROL.e164());
    assertThat(about(check(ours, sales), "control number").said()).contains("cannot receive");
  }

  @Test
  void a_webhook_that_is_called_by_get_is_told() {
    control(Map.of("SmsUrl", "https://example.com/sms", "SmsMethod", "GET"));
    List<URI> ours = List.of(URI.create("https://example.com/sms"));
    CheckResult webhook = about(check(ours, sales), "SMS webhook");
    assertThat(webhook.level()).isEqualTo(Level.FAILURE);
    assertThat(webhook.said()).contains("by GET", "405");
    assertThat(webhook.remedy()).contains("HTTP POST");
  }

  /** Twilio signs the address that it calls: what is not listed is forged to the watcher there. */
  @Test
  void a_fallback_to_an_address_that_would_turn_texts_away_is_told() {
    URI first = URI.create("https://example.com/twilio/sms");
    URI second = URI.create("https://second.example.com/twilio/sms");
    control(Map.of("SmsUrl", first.toString(), "SmsFallbackUrl", second.toString()));
    assertThat(about(check(List.of(first, second), sales), "SMS fallback URL"))
        .satisfies(r -> assertThat(r.level()).isEqualTo(Level.OK))
        .satisfies(r -> assertThat(r.said()).contains(second.toString()));
    assertThat(about(check(List.of(first), sales), "SMS fallback URL"))
        .satisfies(r -> assertThat(r.level()).isEqualTo(Level.WARNING))
        .satisfies(r -> assertThat(r.said()).contains(second.toString(), "turns texts away"))
        .satisfies(r -> assertThat(r.remedy()).contains("two addresses under sms: webhook-url"));

    control(Map.of("SmsUrl", first.toString(), "SmsFallbackUrl", first.toString()));
    assertThat(about(check(List.of(first, second), sales), "SMS fallback URL"))
        .satisfies(r -> assertThat(r.level()).isEqualTo(Level.WARNING))
        .satisfies(r -> assertThat(r.remedy()).contains("\"Primary handler fails\" to " + second));

    control(Map.of("SmsUrl", first.toString()));
    assertThat(about(check(List.of(first, second), sales), "SMS fallback URL"))
        .satisfies(r -> assertThat(r.level()).isEqualTo(Level.WARNING))
        .satisfies(r -> assertThat(r.remedy()).contains(second.toString()));

    control(
        Map.of(
            "SmsUrl", first.toString(),
            "SmsFallbackUrl", second.toString(),
            "SmsFallbackMethod", "GET"));
    assertThat(about(check(List.of(first, second), sales), "SMS fallback URL"))
        .satisfies(r -> assertThat(r.level()).isEqualTo(Level.FAILURE))
        .satisfies(r -> assertThat(r.said()).contains("by GET", "405"));
  }

  @Test
  void where_texts_are_polled_nobody_else_may_answer_them() {
    control(Map.of("SmsUrl", "https://demo.twilio.com/welcome/sms/reply"));
    CheckResult webhook = about(check(List.of(), sales), "SMS webhook");
    assertThat(webhook.level()).isEqualTo(Level.WARNING);
    assertThat(webhook.said()).contains("demo.twilio.com", "answer the staff as well");

    control(Map.of("SmsApplicationSid", Provisioning.applicationSid("Queue")));
    assertThat(about(check(List.of(), sales), "SMS webhook").said()).contains("AP");

    control(Map.of());
    assertThat(check(List.of(), sales)).noneMatch(r -> r.what().equals("SMS webhook"));
  }

  private void control(Map<String, String> params) {
    office.simulated.provisioning().number(CONTROL.e164(), params);
  }

  @ParameterizedTest
  @CsvSource({"/v1/Alerts, carrier's alerts, Monitor", "/Messages, list of texts, Messages"})
  void a_key_that_may_not_read_something_is_told(String path, String what, String resource) {
    office.simulated.goWrong(Fault.HTML_PAGE, 10, request -> request.path().contains(path));
    CheckResult result = about(check(List.of(), sales), what);
    assertThat(result.level()).isEqualTo(Level.FAILURE);
    assertThat(result.remedy()).contains("API key", resource);
  }

  @Test
  void a_disaster_recovery_url_that_rings_nobody_is_told() {
    String function = office.simulated.baseUrl() + "/twiml/divert";
    recovery(function);
    assertThat(about(check(List.of(), sales), "disaster").said()).contains("not with TwiML");
    recovery(function + "?to=%2B447700900555");
    assertThat(about(check(List.of(), sales), "disaster").said()).contains("nobody in staff");
    recovery("/no-address");
    assertThat(about(check(List.of(), sales), "disaster").level()).isEqualTo(Level.WARNING);
    recovery(null);
    CheckResult unset = about(check(List.of(), sales), "disaster");
    assertThat(unset.said()).contains("is not set");
    assertThat(unset.remedy()).contains("?to=");
  }

  private void recovery(@Nullable String url) {
    office.simulated.provisioning().trunk("Office trunk", url);
  }

  @Test
  void a_divert_url_without_a_function_behind_it_is_told() {
    TwilioSettings nowhere =
        TwilioSettings.of(
            office.settings.accountSid(),
            office.settings.user(),
            office.settings.secret(),
            office.settings.baseUrl(),
            office.simulated.baseUrl().resolve("/twiml/divert/nothing-here"));
    List<CheckResult> results =
        new TwilioChecks(office.carrier, nowhere, estate(sales), List.of(), InstantSource.system())
            .run();
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
    List<CheckResult> results = run(office.settings, other, List.of());
    assertThat(about(results, "trunk TK").level()).isEqualTo(Level.FAILURE);
  }

  private List<CheckResult> check(List<URI> webhook, PhoneNumber... numbers) {
    return run(office.settings, estate(numbers), webhook);
  }

  private List<CheckResult> run(TwilioSettings settings, Estate estate, List<URI> webhook) {
    return new TwilioChecks(office.carrier, settings, estate, webhook, InstantSource.system())
        .run();
  }

  private static CheckResult about(List<CheckResult> results, String what) {
    return results.stream().filter(r -> r.what().startsWith(what)).findFirst().orElseThrow();
  }

  private static Estate estate(PhoneNumber... numbers) {
    return estate(Stream.of(numbers).map(number -> line(number, Optional.empty())).toList());
  }

  private static OfficeNumber line(PhoneNumber number, Optional<PhoneNumber> callerId) {
    return new OfficeNumber(number, "Line", SITE, Set.of(), true, List.of(), callerId);
  }

  private static Estate estate(List<OfficeNumber> lines) {
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
