package org.linekeeper.demo.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The REST API behaves as Twilio documents it, and goes wrong in the ways a carrier can. */
class RestApiTest {
  private SimulatedCarrier carrier;
  private Client client;
  private String sales;

  @BeforeEach
  void start() throws Exception {
    carrier = Office.start();
    client = new Client(carrier);
    sales = client.account("/IncomingPhoneNumbers/" + Office.sid(Office.SALES) + ".json");
  }

  @AfterEach
  void stop() {
    carrier.close();
  }

  @Test
  void a_wrong_token_gets_twilios_401() throws Exception {
    Client.Reply reply = new Client(carrier, carrier.account().sid(), "wrong").get(sales);
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.json().path("code").asInt()).isEqualTo(20003);
    assertThat(reply.text("more_info")).isEqualTo("https://www.twilio.com/docs/errors/20003");
  }

  @Test
  void an_unknown_number_gets_twilios_404() throws Exception {
    Client.Reply reply =
        client.get(client.account("/IncomingPhoneNumbers/" + Sids.of("PN", "none") + ".json"));
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.json().path("code").asInt()).isEqualTo(20404);
  }

  @Test
  void one_post_diverts_a_number_and_one_brings_it_back() throws Exception {
    Client.Reply diverted =
        client.post(sales, "TrunkSid", "", "VoiceUrl", "https://example.com/divert");
    assertThat(diverted.text("trunk_sid")).isEqualTo("null");
    assertThat(diverted.text("voice_url")).isEqualTo("https://example.com/divert");
    Client.Reply returned = client.post(sales, "TrunkSid", Office.TRUNK, "VoiceUrl", "");
    assertThat(returned.text("trunk_sid")).isEqualTo(Office.TRUNK);
    assertThat(returned.text("voice_url")).isEmpty();
  }

  @Test
  void trunk_and_voice_application_delete_each_other() throws Exception {
    String application = carrier.provisioning().application("Divert", "https://example.com/v");
    Client.Reply onApplication = client.post(sales, "VoiceApplicationSid", application);
    assertThat(onApplication.text("trunk_sid")).isEqualTo("null");
    Client.Reply onTrunk = client.post(sales, "TrunkSid", Office.TRUNK);
    assertThat(onTrunk.text("voice_application_sid")).isEmpty();
  }

  @Test
  void every_writable_field_is_kept() throws Exception {
    String url = "https://example.com/x";
    Map<String, String> wanted =
        Map.ofEntries(
            Map.entry("FriendlyName", "Sales desk"),
            Map.entry("VoiceUrl", url),
            Map.entry("VoiceMethod", "GET"),
            Map.entry("VoiceFallbackUrl", url),
            Map.entry("VoiceFallbackMethod", "GET"),
            Map.entry("VoiceCallerIdLookup", "true"),
            Map.entry("StatusCallback", url),
            Map.entry("StatusCallbackMethod", "GET"),
            Map.entry("SmsUrl", url),
            Map.entry("SmsMethod", "GET"),
            Map.entry("SmsFallbackUrl", url),
            Map.entry("SmsFallbackMethod", "GET"),
            Map.entry("EmergencyStatus", "Active"),
            Map.entry("EmergencyAddressSid", Sids.of("AD", "office")),
            Map.entry("AddressSid", Sids.of("AD", "office")),
            Map.entry("BundleSid", Sids.of("BU", "office")),
            Map.entry("IdentitySid", Sids.of("RI", "office")),
            Map.entry("VoiceReceiveMode", "fax"),
            Map.entry("ApiVersion", "2010-04-01"));
    List<String> params = new ArrayList<>();
    wanted.forEach((name, value) -> params.addAll(List.of(name, value)));
    client.post(sales, params.toArray(String[]::new));
    Client.Reply now = client.get(sales);
    wanted.forEach(
        (param, value) ->
            assertThat(now.text(Field.of(param, Kind.TEXT, null).json()))
                .as(param)
                .isEqualTo(value));
    assertThat(now.text("trunk_sid")).isEqualTo(Office.TRUNK);
    assertThat(now.text("emergency_address_status")).isEqualTo("registered");
  }

  @Test
  void a_bad_value_changes_nothing() throws Exception {
    Client.Reply refused = client.post(sales, "FriendlyName", "New", "VoiceUrl", "not a url");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("code").asInt()).isEqualTo(21402);
    assertThat(client.get(sales).text("friendly_name")).isEqualTo("Line " + Office.SALES);
  }

  @Test
  void pages_lead_through_all_numbers_once() throws Exception {
    for (int i = 0; i < 120; i++) {
      carrier.provisioning().number("+4416329601%02d".formatted(i % 100) + i / 100, Map.of());
    }
    Set<String> seen = new HashSet<>();
    int pages = 0;
    String next = client.account("/IncomingPhoneNumbers.json?PageSize=50");
    while (!next.equals("null") && pages < 10) {
      Client.Reply page = client.get(next);
      page.json()
          .path("incoming_phone_numbers")
          .forEach(n -> assertThat(seen.add(n.path("sid").asString())).isTrue());
      next = page.text("next_page_uri");
      pages++;
    }
    assertThat(seen).hasSize(123);
    assertThat(pages).isEqualTo(3);
  }

  @Test
  void too_many_at_once_are_refused_unprocessed_and_the_header_says_how_many() throws Exception {
    carrier.knobs(Knobs.DEFAULT.withLatency(Duration.ofMillis(300)).withMaxConcurrent(5));
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      answers.add(
          client
              .http()
              .sendAsync(
                  client.postRequest(sales, "FriendlyName", "n" + i),
                  HttpResponse.BodyHandlers.ofString()));
    }
    Map<Integer, Long> statuses =
        answers.stream()
            .map(CompletableFuture::join)
            .collect(Collectors.groupingBy(HttpResponse::statusCode, Collectors.counting()));
    assertThat(statuses).containsEntry(200, 5L).containsEntry(429, 15L);
    assertThat(answers.get(0).join().headers().firstValue("Twilio-Concurrent-Requests"))
        .isPresent();
  }

  @Test
  void a_hundred_at_once_really_run_at_once() throws Exception {
    carrier.knobs(Knobs.DEFAULT.withLatency(Duration.ofMillis(500)));
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      answers.add(
          client
              .http()
              .sendAsync(
                  client.postRequest(sales, "FriendlyName", "n" + i),
                  HttpResponse.BodyHandlers.ofString()));
    }
    assertThat(answers.stream().map(a -> a.join().statusCode())).containsOnly(200);
    long most =
        answers.stream()
            .map(a -> a.join().headers().firstValue("Twilio-Concurrent-Requests").orElse("0"))
            .mapToLong(Long::parseLong)
            .max()
            .orElse(0);
    assertThat(most).isGreaterThan(50);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"ERROR_500", "UNAVAILABLE", "HTML_PAGE", "TOO_MANY", "TIMEOUT", "CUT"})
  void faults_without_effect_leave_the_number_as_it_was(Fault fault) throws Exception {
    rename(fault);
    assertThat(client.get(sales).text("friendly_name")).isEqualTo("Line " + Office.SALES);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {
        "ERROR_500_APPLIED",
        "TRUNCATED_JSON",
        "TIMEOUT_APPLIED",
        "TIMEOUT_LATE",
        "CUT_APPLIED"
      })
  void faults_with_effect_have_changed_the_number(Fault fault) throws Exception {
    rename(fault);
    assertThat(client.get(sales).text("friendly_name")).isEqualTo("New name");
  }

  private void rename(Fault fault) throws InterruptedException {
    carrier.knobs(Knobs.DEFAULT.withHang(Duration.ofMillis(100)));
    carrier.goWrong(fault, 1, r -> r.method().equals("POST"));
    try {
      Client.Reply reply = client.post(sales, "FriendlyName", "New name");
      boolean broken = reply.status() != 200 || fault == Fault.TRUNCATED_JSON;
      assertThat(broken).isTrue();
    } catch (IOException | tools.jackson.core.JacksonException e) {
      assertThat(fault.name()).containsAnyOf("CUT", "TIMEOUT", "TRUNCATED");
    }
  }

  @Test
  void a_half_applied_divert_leaves_the_number_without_trunk_and_without_voice_url()
      throws Exception {
    carrier.goWrong(Fault.HALF_APPLIED, 1, r -> r.method().equals("POST"));
    Client.Reply reply =
        client.post(sales, "TrunkSid", "", "VoiceUrl", "https://example.com/divert");
    assertThat(reply.status()).isEqualTo(500);
    assertThat(client.get(sales).text("trunk_sid")).isEqualTo("null");
    assertThat(client.get(sales).text("voice_url")).isEqualTo("null");
  }

  @Test
  void every_request_is_in_the_log_and_the_token_is_not() throws Exception {
    client.post(sales, "TrunkSid", "", "VoiceUrl", "https://example.com/divert");
    Exchange last = carrier.exchanges().get(0);
    assertThat(last.request().form().values())
        .containsExactly(
            Map.entry("TrunkSid", ""), Map.entry("VoiceUrl", "https://example.com/divert"));
    assertThat(last.answer().status()).isEqualTo(200);
    assertThat(last.request().toString()).doesNotContain("Basic").doesNotContain("token");
  }

  @Test
  void an_origination_url_takes_only_what_twilio_takes() throws Exception {
    String url = "/v1/Trunks/" + Office.TRUNK + "/OriginationUrls/" + Office.STANDBY;
    assertThat(client.post(url, "Priority", "5", "Weight", "10").status()).isEqualTo(200);
    assertThat(client.get(url).json().path("priority").asInt()).isEqualTo(5);
    assertThat(client.post(url, "Weight", "0").status()).isEqualTo(400);
    assertThat(client.post(url, "Priority", "65536").status()).isEqualTo(400);
    assertThat(client.post(url, "SipUrl", "sips:192.0.2.1").status()).isEqualTo(400);
  }

  @Test
  void a_number_the_office_sets_up_wrongly_is_refused_at_once() {
    assertThatThrownBy(
            () -> carrier.provisioning().number("+441632960500", Map.of("VoiceUrl", "nonsense")))
        .hasMessageContaining("VoiceUrl");
  }
}
