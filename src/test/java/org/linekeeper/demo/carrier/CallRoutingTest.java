package org.linekeeper.demo.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.linekeeper.demo.carrier.CallRecord.AnsweredBy;

/** Calls from outside go where the carrier's settings send them at that moment. */
class CallRoutingTest {
  private static final String OUTSIDE = "+447700900500";

  private final Pbxs pbxs = new Pbxs();
  private SimulatedCarrier carrier;
  private Client client;
  private String sales;

  @BeforeEach
  void start() throws Exception {
    carrier = Office.start(pbxs);
    client = new Client(carrier);
    sales = client.account("/IncomingPhoneNumbers/" + Office.sid(Office.SALES) + ".json");
  }

  @AfterEach
  void stop() {
    carrier.close();
  }

  private CallRecord callSales() {
    return carrier.caller().call(OUTSIDE, Office.SALES);
  }

  @Test
  void on_a_normal_day_the_primary_answers() {
    CallRecord call = callSales();
    assertThat(call.answeredBy()).isEqualTo(AnsweredBy.PBX);
    assertThat(call.who()).isEqualTo("PBX at " + Pbxs.PRIMARY);
    assertThat(call.via()).isEqualTo("primary");
  }

  @Test
  void one_post_on_the_priority_moves_all_calls_to_the_standby() throws Exception {
    client.post(
        "/v1/Trunks/" + Office.TRUNK + "/OriginationUrls/" + Office.STANDBY,
        "Priority",
        "5",
        "Weight",
        "10");
    assertThat(IntStream.range(0, 20).mapToObj(i -> callSales().who()))
        .containsOnly("PBX at " + Pbxs.STANDBY);
  }

  @Test
  void a_503_sends_the_call_to_the_next_url_and_leaves_an_alert() throws Exception {
    pbxs.say(Pbxs.PRIMARY, LegOutcome.refused(503, ""));
    assertThat(callSales().who()).isEqualTo("PBX at " + Pbxs.STANDBY);
    Client.Reply alerts = client.get("/v1/Alerts?LogLevel=warning&StartDate=2026-01-01");
    assertThat(alerts.json().path("alerts").path(0).path("error_code").asString())
        .isEqualTo("32011");
    assertThat(alerts.json().path("alerts").path(0).path("alert_text").asString())
        .contains(Pbxs.PRIMARY);
    assertThat(alerts.json().path("alerts").path(0).propertyNames())
        .as("the properties of an alert in a list, as Twilio's page \"Monitor: Alerts\" has them")
        .containsExactlyInAnyOrder(
            "account_sid",
            "alert_text",
            "api_version",
            "date_created",
            "date_generated",
            "date_updated",
            "error_code",
            "log_level",
            "more_info",
            "request_method",
            "request_url",
            "resource_sid",
            "service_sid",
            "sid",
            "url");
  }

  @Test
  void an_alert_shows_only_after_the_lag() throws Exception {
    carrier.knobs(Knobs.DEFAULT.withAlertLag(Duration.ofMinutes(1)));
    pbxs.say(Pbxs.PRIMARY, LegOutcome.silent("no answer"));
    callSales();
    assertThat(client.get("/v1/Alerts").json().path("alerts").size()).isZero();
  }

  @Test
  void busy_is_an_answer_and_no_reason_to_try_the_standby() {
    pbxs.say(Pbxs.PRIMARY, LegOutcome.refused(486, ""));
    assertThat(callSales().answeredBy()).isEqualTo(AnsweredBy.NOBODY);
  }

  @Test
  void without_hunting_a_dead_primary_is_not_covered_by_the_standby() {
    carrier.knobs(Knobs.DEFAULT.withHunting(false));
    pbxs.say(Pbxs.PRIMARY, LegOutcome.silent("no answer"));
    assertThat(callSales().answeredBy()).isEqualTo(AnsweredBy.NOBODY);
  }

  @Test
  void urls_of_equal_priority_share_by_weight() throws Exception {
    client.post(
        "/v1/Trunks/" + Office.TRUNK + "/OriginationUrls/" + Office.STANDBY,
        "Priority",
        "10",
        "Weight",
        "30");
    long standby =
        IntStream.range(0, 400)
            .mapToObj(i -> callSales().who())
            .filter(w -> w.contains(Pbxs.STANDBY))
            .count();
    assertThat(standby).isBetween(250L, 350L);
  }

  @Test
  void when_no_pbx_answers_the_disaster_recovery_url_rings_the_mobiles() throws Exception {
    pbxs.say(Pbxs.PRIMARY, LegOutcome.silent("no answer"));
    pbxs.say(Pbxs.STANDBY, LegOutcome.refused(500, ""));
    client.post(
        "/v1/Trunks/" + Office.TRUNK,
        "DisasterRecoveryUrl",
        carrier.divertUrl(List.of(Office.ANNA), Office.SALES));
    CallRecord call = callSales();
    assertThat(call.answeredBy()).isEqualTo(AnsweredBy.MOBILE);
    assertThat(call.who()).isEqualTo(Office.ANNA);
  }

  @Test
  void with_all_urls_disabled_the_call_fails_without_disaster_recovery() throws Exception {
    client.post(
        "/v1/Trunks/" + Office.TRUNK,
        "DisasterRecoveryUrl",
        carrier.divertUrl(List.of(Office.ANNA), Office.SALES));
    for (String url : List.of(Office.PRIMARY, Office.STANDBY)) {
      client.post("/v1/Trunks/" + Office.TRUNK + "/OriginationUrls/" + url, "Enabled", "false");
    }
    assertThat(callSales().answeredBy()).isEqualTo(AnsweredBy.NOBODY);
    assertThat(client.get("/v1/Alerts").json().path("alerts").path(0).path("error_code").asString())
        .isEqualTo("32010");
  }

  @Test
  void a_diverted_number_rings_the_mobiles_and_the_others_still_ring_the_pbx() throws Exception {
    divertSales(OUTSIDE, Office.ANNA, Office.BEN);
    assertThat(callSales().who()).isEqualTo(Office.ANNA);
    assertThat(carrier.caller().call(OUTSIDE, Office.SUPPORT).answeredBy())
        .isEqualTo(AnsweredBy.PBX);
  }

  @Test
  void the_quicker_of_two_mobiles_gets_the_call() throws Exception {
    divertSales(OUTSIDE, Office.ANNA, Office.BEN);
    carrier.provisioning().mobile(Office.ANNA).set(Mobile.Habit.ANSWERS, Duration.ofMillis(80));
    carrier.provisioning().mobile(Office.BEN).set(Mobile.Habit.ANSWERS, Duration.ofMillis(20));
    assertThat(callSales().who()).isEqualTo(Office.BEN);
  }

  @Test
  void a_voicemail_picks_up_first_but_cannot_press_1() throws Exception {
    divertSales(OUTSIDE, Office.ANNA, Office.BEN);
    carrier.provisioning().mobile(Office.ANNA).set(Mobile.Habit.VOICEMAIL, Duration.ZERO);
    assertThat(callSales().who()).isEqualTo(Office.BEN);
  }

  @Test
  void when_nobody_picks_up_the_caller_hears_so() throws Exception {
    divertSales(OUTSIDE, Office.ANNA);
    carrier.provisioning().mobile(Office.ANNA).set(Mobile.Habit.RINGS_OUT, Duration.ZERO);
    CallRecord call = callSales();
    assertThat(call.answeredBy()).isEqualTo(AnsweredBy.ANNOUNCEMENT);
    assertThat(call.trace()).last().asString().contains("Sorry, nobody can take your call");
  }

  @ParameterizedTest
  @ValueSource(strings = {"anonymous", "+266696687", "+86282452253"})
  void a_withheld_caller_gets_through_because_the_office_number_is_shown(String withheld)
      throws Exception {
    divertSales(OUTSIDE, Office.ANNA);
    assertThat(carrier.caller().call(withheld, Office.SALES).who()).isEqualTo(Office.ANNA);
    client.post(
        sales,
        "TrunkSid",
        "",
        "VoiceUrl",
        carrier.baseUrl() + TwimlHost.PATH + "?to=%2B447700900001");
    assertThat(carrier.caller().call(withheld, Office.SALES).answeredBy())
        .isNotEqualTo(AnsweredBy.MOBILE);
  }

  @Test
  void a_voice_application_is_asked_like_a_voice_url() throws Exception {
    String application =
        carrier
            .provisioning()
            .application("Divert", carrier.divertUrl(List.of(Office.BEN), Office.SALES));
    client.post(sales, "VoiceApplicationSid", application);
    assertThat(callSales().who()).isEqualTo(Office.BEN);
  }

  @Test
  void while_the_number_is_on_the_trunk_its_voice_url_is_not_used() throws Exception {
    client.post(sales, "VoiceUrl", carrier.divertUrl(List.of(Office.ANNA), Office.SALES));
    assertThat(callSales().answeredBy()).isEqualTo(AnsweredBy.PBX);
  }

  @Test
  void a_dead_voice_url_falls_back_to_the_fallback_url() throws Exception {
    client.post(
        sales,
        "TrunkSid",
        "",
        "VoiceUrl",
        carrier.baseUrl() + "/twiml/nothing-here",
        "VoiceFallbackUrl",
        carrier.divertUrl(List.of(Office.ANNA), Office.SALES));
    assertThat(callSales().who()).isEqualTo(Office.ANNA);
  }

  @Test
  void the_outside_world_calls_the_numbers_in_turn_until_paused() throws Exception {
    BlockingQueue<CallRecord> calls = new LinkedBlockingQueue<>();
    carrier.caller().onCall(calls::add);
    carrier.caller().callEvery(Duration.ofMillis(20));
    // Calls overlap, so a quick one may end before a slower one that began earlier.
    Set<String> called = new TreeSet<>();
    for (int i = 0; i < 30 && called.size() < 3; i++) {
      called.add(next(calls).to());
    }
    assertThat(called).containsExactlyInAnyOrder(Office.SALES, Office.SUPPORT, Office.CONTROL);
    carrier.caller().pause();
    assertThat(carrier.caller().paused()).isTrue();
  }

  private static CallRecord next(BlockingQueue<CallRecord> calls) throws InterruptedException {
    CallRecord call = calls.poll(5, TimeUnit.SECONDS);
    assertThat(call).as("a call within 5 s").isNotNull();
    return call;
  }

  private void divertSales(String caller, String... mobiles) throws Exception {
    client.post(
        sales, "TrunkSid", "", "VoiceUrl", carrier.divertUrl(List.of(mobiles), Office.SALES));
  }
}
