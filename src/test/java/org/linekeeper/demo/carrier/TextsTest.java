package org.linekeeper.demo.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.security.RequestValidator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts between staff and office pass through the carrier as Twilio describes. */
class TextsTest {
  private SimulatedCarrier carrier;
  private Client client;
  private Webhook webhook;
  private Webhook fallback;

  @BeforeEach
  void start() throws Exception {
    carrier = Office.start();
    client = new Client(carrier);
    webhook = new Webhook();
    fallback = new Webhook();
    set("SmsUrl", webhook.url());
  }

  @AfterEach
  void stop() {
    carrier.close();
    webhook.close();
    fallback.close();
  }

  @Test
  void annas_text_reaches_the_webhook_with_a_signature_that_twilios_own_sdk_accepts()
      throws Exception {
    String sid = carrier.staffTexts(Office.ANNA, Office.CONTROL, "DIVERT SALES & co = 100% ü");
    Webhook.Hit hit = webhook.next();
    assertThat(hit.params().values())
        .containsEntry("From", Office.ANNA)
        .containsEntry("To", Office.CONTROL)
        .containsEntry("Body", "DIVERT SALES & co = 100% ü")
        .containsEntry("MessageSid", sid);
    RequestValidator twilio = new RequestValidator(carrier.account().authToken());
    assertThat(twilio.validate(webhook.url(), hit.params().values(), hit.signature())).isTrue();
    assertThat(
            new RequestValidator("forged")
                .validate(webhook.url(), hit.params().values(), hit.signature()))
        .isFalse();
  }

  @Test
  void the_webhooks_twiml_answers_anna() throws Exception {
    webhook.answering(200, "text/xml", "<Response><Message>Reply 1234</Message></Response>");
    carrier.staffTexts(Office.ANNA, Office.CONTROL, "DIVERT");
    assertThat(inbox(Office.ANNA, 1)).containsExactly("Reply 1234");
  }

  @Test
  void plain_text_answers_too_and_an_empty_answer_says_nothing() throws Exception {
    webhook.answering(200, "text/plain", "OK");
    carrier.staffTexts(Office.ANNA, Office.CONTROL, "STATUS");
    assertThat(inbox(Office.ANNA, 1)).containsExactly("OK");
    webhook.answering(204, "text/plain", "");
    carrier.staffTexts(Office.BEN, Office.CONTROL, "STATUS");
    webhook.next();
    webhook.next();
    assertThat(messagesTo(Office.BEN)).isZero();
  }

  @Test
  void a_failing_webhook_is_covered_by_the_fallback() throws Exception {
    webhook.answering(500, "text/html", "broken");
    set("SmsFallbackUrl", fallback.url());
    carrier.staffTexts(Office.ANNA, Office.CONTROL, "STATUS");
    Form again = fallback.next().params();
    assertThat(again.values())
        .containsEntry("ErrorCode", "11200")
        .containsEntry("ErrorUrl", webhook.url())
        .containsEntry("Body", "STATUS");
  }

  @Test
  void a_webhook_that_answers_late_is_covered_by_the_fallback() throws Exception {
    carrier.knobs(Knobs.DEFAULT.withWebhookDeadline(Duration.ofMillis(100)));
    try (java.net.ServerSocket silent = new java.net.ServerSocket(0)) {
      set("SmsUrl", "http://127.0.0.1:" + silent.getLocalPort() + "/sms");
      set("SmsFallbackUrl", fallback.url());
      carrier.staffTexts(Office.ANNA, Office.CONTROL, "STATUS");
      assertThat(fallback.next().params().values()).containsEntry("Body", "STATUS");
    }
  }

  @Test
  void without_a_webhook_the_text_is_found_by_polling() throws Exception {
    set("SmsUrl", "");
    String sid = carrier.staffTexts(Office.ANNA, Office.CONTROL, "STATUS");
    String since = Dates.iso(Instant.now().minusSeconds(60)).replace(":", "%3A");
    Client.Reply polled =
        client.get(client.account("/Messages.json?To=%2B441632960099&DateSent%3E=" + since));
    assertThat(polled.json().path("messages"))
        .singleElement()
        .satisfies(
            m -> {
              assertThat(m.path("sid").asString()).isEqualTo(sid);
              assertThat(m.path("direction").asString()).isEqualTo("inbound");
              assertThat(m.path("status").asString()).isEqualTo("received");
            });
    String later = Dates.iso(Instant.now().plusSeconds(60)).replace(":", "%3A");
    assertThat(
            client
                .get(client.account("/Messages.json?To=%2B441632960099&DateSent%3E=" + later))
                .json()
                .path("messages")
                .size())
        .isZero();
  }

  @Test
  void the_same_message_can_arrive_twice() throws Exception {
    String sid = carrier.staffTexts(Office.ANNA, Office.CONTROL, "DIVERT");
    carrier.redeliver(sid);
    assertThat(webhook.next().params().values()).containsEntry("MessageSid", sid);
    assertThat(webhook.next().params().values()).containsEntry("MessageSid", sid);
  }

  @Test
  void an_sms_through_the_api_is_queued_and_then_delivered() throws Exception {
    Client.Reply sent = send(Office.CONTROL, Office.ANNA, "Lines moved");
    assertThat(sent.status()).isEqualTo(201);
    assertThat(sent.text("status")).isEqualTo("queued");
    assertThat(inbox(Office.ANNA, 1)).containsExactly("Lines moved");
    String path = client.account("/Messages/" + sent.text("sid") + ".json");
    await(() -> statusAt(path).equals("delivered"));
  }

  @Test
  void after_stop_anna_gets_nothing_until_she_sends_start() throws Exception {
    carrier.staffTexts(Office.ANNA, Office.CONTROL, " stop ");
    assertThat(webhook.next().params().values()).containsEntry("Body", " stop ");
    assertThat(inbox(Office.ANNA, 1)).singleElement().asString().contains("unsubscribed");
    Client.Reply refused = send(Office.CONTROL, Office.ANNA, "Lines moved");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("code").asInt()).isEqualTo(21610);
    carrier.staffTexts(Office.ANNA, Office.CONTROL, "START");
    inbox(Office.ANNA, 2);
    assertThat(send(Office.CONTROL, Office.ANNA, "Lines moved").status()).isEqualTo(201);
  }

  @Test
  void stop_with_more_words_is_an_ordinary_text() throws Exception {
    carrier.staffTexts(Office.ANNA, Office.CONTROL, "STOP DIVERT");
    webhook.next();
    assertThat(send(Office.CONTROL, Office.ANNA, "Hello").status()).isEqualTo(201);
  }

  @ParameterizedTest
  @CsvSource({
    "+441632960099, '', Hello, 21604",
    "+441632960099, 07700900001, Hello, 21211",
    "'', +447700900001, Hello, 21603",
    "+441632960777, +447700900001, Hello, 21659",
    "+441632960002, +447700900001, Hello, 21606",
    "+441632960099, +447700900001, '', 21602",
  })
  void texts_the_carrier_does_not_take(String from, String to, String body, int code)
      throws Exception {
    carrier.provisioning().withoutSms(Office.SUPPORT);
    Client.Reply refused = send(from, to, body);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("code").asInt()).isEqualTo(code);
  }

  private Client.Reply send(String from, String to, String body) throws Exception {
    return client.post(client.account("/Messages.json"), "From", from, "To", to, "Body", body);
  }

  private void set(String param, String value) throws Exception {
    client.post(
        client.account("/IncomingPhoneNumbers/" + Office.sid(Office.CONTROL) + ".json"),
        param,
        value);
  }

  private int messagesTo(String number) throws Exception {
    return client
        .get(client.account("/Messages.json?To=" + number.replace("+", "%2B")))
        .json()
        .path("messages")
        .size();
  }

  private String statusAt(String path) {
    try {
      return client.get(path).text("status");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private List<String> inbox(String number, int expected) throws InterruptedException {
    Supplier<List<String>> texts =
        () ->
            carrier.provisioning().mobile(number).inbox().stream().map(Mobile.Text::body).toList();
    await(() -> texts.get().size() >= expected);
    return texts.get();
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    Instant deadline = Instant.now().plusSeconds(5);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError("not within 5 s");
      }
      Thread.sleep(10);
    }
  }
}
