package org.linekeeper.carrier.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.linekeeper.carrier.InboundText;
import org.w3c.dom.Document;

/** Twilio, or somebody who pretends to be, hands in a text. */
class SmsWebhookTest {
  private static final String TOKEN = "12345";
  private static final String ACCOUNT = "AC0123456789abcdef0123456789abcdef";
  private static final URI URL = URI.create("https://example.com/sms?office=1");
  private static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");

  private final SmsWebhook webhook = webhook(List.of(TOKEN), URL, ACCOUNT);

  @Test
  void twilios_own_example_of_a_signature_is_right() {
    // docs "Webhooks security": this request, signed with the token 12345, has this signature
    Map<String, String> params =
        Map.of(
            "CallSid", "CA1234567890ABCDE",
            "Caller", "+14158675309",
            "Digits", "1234",
            "From", "+14158675309",
            "To", "+18005551212");
    TwilioSignature signature =
        new TwilioSignature(
            List.of(TOKEN), List.of(URI.create("https://mycompany.com/myapp.php?foo=1&bar=2")));
    assertThat(signature.valid("RSOYDt4T1cUTdK1PDd93/VVr8B8=", params)).isTrue();
    assertThat(signature.valid("RSOYDt4T1cUTdK1PDd93/VVr8B9=", params)).isFalse();
  }

  @Test
  void a_text_that_the_carrier_signed_is_received() throws Exception {
    BlockingQueue<Map<String, String>> requests = new ArrayBlockingQueue<>(10);
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 10);
    server.createContext(
        "/sms",
        exchange -> {
          Map<String, String> form = form(exchange.getRequestBody().readAllBytes());
          form.put("signature", exchange.getRequestHeaders().getFirst(SmsWebhook.SIGNATURE_HEADER));
          byte[] reply = SmsReply.twiml(Optional.of("a < b & c")).getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", SmsReply.CONTENT_TYPE);
          exchange.sendResponseHeaders(200, reply.length);
          exchange.getResponseBody().write(reply);
          exchange.close();
          requests.add(form);
        });
    server.start();
    try (SimulatedOffice office = new SimulatedOffice()) {
      URI here = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/sms");
      var number = office.line(1, Map.of("SmsUrl", here.toString()));
      String sid =
          office.simulated.staffTexts(
              SimulatedOffice.ANNA.e164(), number.e164(), "DIVERT Käse & <b>");

      Map<String, String> form = requests.poll(10, TimeUnit.SECONDS);
      assertThat(form).isNotNull();
      String signature = form.remove("signature");
      SmsWebhook door =
          webhook(
              List.of(office.simulated.account().authToken()),
              here,
              office.simulated.account().sid());
      SmsWebhook.Received received = door.receive(signature, form);
      assertThat(received.text())
          .contains(
              new InboundText(
                  sid, SimulatedOffice.ANNA.e164(), number.e164(), "DIVERT Käse & <b>", NOW));

      form.put("Body", "DIVERT ALL TO 0900 1234567");
      assertThat(door.receive(signature, form).refusal()).isEqualTo(SmsWebhook.Refusal.FORGED);
    } finally {
      server.stop(0);
    }
  }

  /** The watcher at the first address is away; the second one shares its settings. */
  @Test
  void
      a_text_that_the_fallback_brings_is_signed_over_its_address_and_received_there_only_if_listed()
          throws Exception {
    BlockingQueue<Map<String, String>> requests = new ArrayBlockingQueue<>(10);
    HttpServer second = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 10);
    second.createContext(
        "/twilio/sms",
        exchange -> {
          Map<String, String> form = form(exchange.getRequestBody().readAllBytes());
          form.put("signature", exchange.getRequestHeaders().getFirst(SmsWebhook.SIGNATURE_HEADER));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
          requests.add(form);
        });
    second.start();
    try (SimulatedOffice office = new SimulatedOffice()) {
      URI first = URI.create("http://127.0.0.1:9/twilio/sms");
      URI fallback =
          URI.create("http://127.0.0.1:" + second.getAddress().getPort() + "/twilio/sms");
      var number =
          office.line(1, Map.of("SmsUrl", first.toString(), "SmsFallbackUrl", fallback.toString()));
      String sid =
          office.simulated.staffTexts(SimulatedOffice.ANNA.e164(), number.e164(), "DIVERT");

      Map<String, String> form = requests.poll(10, TimeUnit.SECONDS);
      assertThat(form).isNotNull();
      String signature = form.remove("signature");
      List<String> token = List.of(office.simulated.account().authToken());
      String account = office.simulated.account().sid();
      SmsWebhook both =
          new SmsWebhook(
              new TwilioSignature(token, List.of(first, fallback)),
              account,
              InstantSource.fixed(NOW));
      assertThat(both.receive(signature, form).text())
          .hasValueSatisfying(text -> assertThat(text.sid()).isEqualTo(sid));
      assertThat(webhook(token, first, account).receive(signature, form).refusal())
          .isEqualTo(SmsWebhook.Refusal.FORGED);
    } finally {
      second.stop(0);
    }
  }

  @Test
  void a_forged_or_missing_signature_is_turned_away_with_403() {
    Map<String, String> params = params();
    for (String signature : new String[] {null, "", "nonsense", sign("wrong-token", params)}) {
      SmsWebhook.Received received = webhook.receive(signature, params);
      assertThat(received.refusal()).isEqualTo(SmsWebhook.Refusal.FORGED);
      assertThat(received.refusal().status()).isEqualTo(403);
      assertThat(received.text()).isEmpty();
    }
  }

  @Test
  void while_the_token_is_being_changed_both_are_good() {
    SmsWebhook both = webhook(List.of("new-token", TOKEN), URL, ACCOUNT);
    assertThat(both.receive(sign(TOKEN, params()), params()).text()).isPresent();
    assertThat(both.receive(sign("new-token", params()), params()).text()).isPresent();
  }

  @Test
  void another_account_with_our_token_is_not_us() {
    Map<String, String> params = params();
    params.put("AccountSid", "ACffffffffffffffffffffffffffffffff");
    assertThat(webhook.receive(sign(TOKEN, params), params).refusal())
        .isEqualTo(SmsWebhook.Refusal.OTHER_ACCOUNT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"MessageSid", "From", "To"})
  void a_signed_request_that_is_no_text_is_malformed(String missing) {
    Map<String, String> params = params();
    params.remove(missing);
    assertThat(webhook.receive(sign(TOKEN, params), params).refusal())
        .isEqualTo(SmsWebhook.Refusal.MALFORMED);
  }

  @Test
  void a_text_without_words_is_still_a_text() {
    Map<String, String> params = params();
    params.remove("Body");
    assertThat(webhook.receive(sign(TOKEN, params), params).text())
        .hasValueSatisfying(text -> assertThat(text.body()).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Numbers < 3 & > 1",
        "</Message><Message>more",
        "bell \u0007 and half \uD83D",
        "☎"
      })
  void whatever_a_reply_says_it_stays_one_message(String text) throws Exception {
    Document twiml = parse(SmsReply.twiml(Optional.of(text)));
    assertThat(twiml.getElementsByTagName("Message").getLength()).isEqualTo(1);
    assertThat(twiml.getDocumentElement().getTextContent())
        .isEqualTo(text.replace("\u0007", "").replace("\uD83D", ""));
  }

  @Test
  void silence_is_an_empty_response() throws Exception {
    assertThat(parse(SmsReply.twiml(Optional.empty())).getDocumentElement().hasChildNodes())
        .isFalse();
    assertThat(SmsReply.twiml(Optional.of(" "))).endsWith("<Response/>");
  }

  private static SmsWebhook webhook(List<String> tokens, URI url, String account) {
    return new SmsWebhook(
        new TwilioSignature(tokens, List.of(url)), account, InstantSource.fixed(NOW));
  }

  private static Map<String, String> params() {
    Map<String, String> params = new HashMap<>();
    params.put("AccountSid", ACCOUNT);
    params.put("MessageSid", "SM0123456789abcdef0123456789abcdef");
    params.put("From", "+447700900001");
    params.put("To", "+441632960099");
    params.put("Body", "DIVERT");
    return params;
  }

  /** As Twilio signs: the URL and all parameters by name, HMAC-SHA1, base 64. */
  private static String sign(String token, Map<String, String> params) {
    StringBuilder text = new StringBuilder(URL.toString());
    params.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(e -> text.append(e.getKey()).append(e.getValue()));
    try {
      javax.crypto.Mac mac = javax.crypto.Mac.getInstance("HmacSHA1");
      mac.init(
          new javax.crypto.spec.SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      return java.util.Base64.getEncoder()
          .encodeToString(mac.doFinal(text.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> form(byte[] body) {
    Map<String, String> form = new HashMap<>();
    for (String pair : new String(body, StandardCharsets.UTF_8).split("&")) {
      String[] both = pair.split("=", 2);
      form.put(
          URLDecoder.decode(both[0], StandardCharsets.UTF_8),
          URLDecoder.decode(both[1], StandardCharsets.UTF_8));
    }
    return form;
  }

  private static Document parse(String xml) throws Exception {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new java.io.ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
