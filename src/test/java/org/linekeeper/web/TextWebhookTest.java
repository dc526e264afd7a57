package org.linekeeper.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.linekeeper.carrier.twilio.SmsWebhook;
import org.linekeeper.settings.WebSettings;
import org.linekeeper.web.security.SecurityConfiguration;

/** The carrier brings texts: without login or token, under any name, but only signed ones count. */
class TextWebhookTest {
  private static final WebSettings BEYOND =
      new WebSettings("0.0.0.0", 0, Optional.empty(), List.of(), Optional.empty(), true);

  private final List<SortedMap<String, String>> taken = new CopyOnWriteArrayList<>();
  private volatile boolean leads = true;
  private WebServer server;
  private Site site;

  private TextDoor.Knock door(SortedMap<String, String> form, String signature) {
    return signature.equals("right")
        ? new TextDoor.Knock(200, () -> obeyed(form))
        : TextDoor.Knock.refused(403);
  }

  private CompletionStage<Optional<String>> obeyed(SortedMap<String, String> form) {
    taken.add(form);
    return CompletableFuture.completedFuture(
        Optional.of("<Response><Message>Reply 123456</Message></Response>").filter(r -> leads));
  }

  @BeforeEach
  void start() {
    server = WebServer.start(Scene.calm().with(BEYOND).backend().withTexts(this::door));
    site = new Site(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> text(String... headers) {
    return site.form(
        "/twilio/sms", Map.of("From", "+447700900102", "Body", "DIVERT SALES & more"), headers);
  }

  @Test
  void aSignedTextIsAnsweredWithTwiml() {
    HttpResponse<String> answer = text("X-Twilio-Signature", "right");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/xml");
    assertThat(answer.body()).contains("<Message>Reply 123456</Message>");
    assertThat(taken)
        .containsExactly(
            new java.util.TreeMap<>(
                Map.of("From", "+447700900102", "Body", "DIVERT SALES & more")));
  }

  @Test
  void whatStandsInTheAddressIsNoneOfTheForm() {
    site.form(
        "/twilio/sms?office=1&From=nobody",
        Map.of("From", "+447700900102", "Body", "STATUS"),
        "X-Twilio-Signature",
        "right");

    assertThat(taken)
        .containsExactly(
            new java.util.TreeMap<>(Map.of("From", "+447700900102", "Body", "STATUS")));
  }

  /** 5xx is what makes the carrier ask the fallback URL. */
  @Test
  void aTextThatReachesNobodyWhoLeadsIsRefusedSoThatTheCarrierAsksTheNextWatcher() {
    leads = false;

    assertThat(text("X-Twilio-Signature", "right").statusCode()).isEqualTo(503);
  }

  @Test
  void checkNamesTheAddressThatThereIs() {
    assertThat(SmsWebhook.PATH).isEqualTo(SecurityConfiguration.WEBHOOK);
  }

  @Test
  void aForgedOneGetsNothing() {
    assertThat(text("X-Twilio-Signature", "wrong").statusCode()).isEqualTo(403);
    assertThat(text().statusCode()).isEqualTo(403);
    assertThat(text().body()).isEmpty();
    assertThat(taken).isEmpty();
  }

  @Test
  void itComesUnderWhateverNameTheCarrierUses() {
    String body = "Body=STATUS";

    assertThat(
            site.raw(
                "POST /twilio/sms HTTP/1.1\nHost: phones.example.com\nX-Twilio-Signature: right\n"
                    + "X-Forwarded-For: 203.0.113.9\n"
                    + "Content-Type: application/x-www-form-urlencoded\nContent-Length: "
                    + body.length()
                    + "\nConnection: close\n\n"
                    + body))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void aFloodIsTurnedAway() {
    List<Integer> answers = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 70; i++) {
      answers.add(text("X-Twilio-Signature", "right").statusCode());
    }

    assertThat(answers.subList(0, 60)).containsOnly(200);
    assertThat(answers).contains(429);
  }

  @Test
  void aFloodOfForgedOnesDoesNotKeepTheCarrierOut() {
    for (int i = 0; i < 200; i++) {
      assertThat(text("X-Twilio-Signature", "wrong").statusCode()).isIn(403, 429);
    }
    assertThat(text("X-Twilio-Signature", "right").statusCode()).isEqualTo(200);
    assertThat(taken).hasSize(1);
  }

  @Test
  void onlyPostedFormsAreTexts() {
    assertThat(site.get("/twilio/sms?Body=STATUS").statusCode()).isEqualTo(405);
    assertThat(
            site.post("/twilio/sms", "application/json", "{}", "X-Twilio-Signature", "right")
                .statusCode())
        .isEqualTo(415);
    assertThat(taken).isEmpty();
  }

  @Test
  void withoutAWebhookInTheSettingsThereIsNoSuchAddress() {
    try (WebServer without = WebServer.start(Scene.calm().with(BEYOND).backend())) {
      assertThat(
              new Site(without)
                  .form("/twilio/sms", Map.of("Body", "STATUS"), "X-Twilio-Signature", "right")
                  .statusCode())
          .isEqualTo(404);
    }
  }
}
