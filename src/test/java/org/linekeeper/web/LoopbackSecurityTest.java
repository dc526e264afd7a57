package org.linekeeper.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.linekeeper.settings.WebSettings;

/** Nobody logs in on this machine itself; other people's web pages must still stay out. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoopbackSecurityTest {
  private final Scene scene = Scene.calm();
  private WebServer server;
  private Site site;

  @BeforeAll
  void start() {
    server = WebServer.start(scene.backend());
    site = new Site(server);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @BeforeEach
  void nothingAskedYet() {
    scene.desk.asked.clear();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:8080",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "192.168.1.5",
        ""
      })
  void aNamePointedAtThisMachineGetsNothing(String host) {
    String answer = get(host, "/api/status");

    assertThat(answer).startsWith("HTTP/1.1 403").contains("web.public-url");
    assertThat(answer).doesNotContain("primary");
    assertThat(get(host, "/")).startsWith("HTTP/1.1 403");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST:8080", "127.0.0.1:1", "127.9.9.9", "[::1]:8080"})
  void thisMachinesOwnNamesAreWelcome(String host) {
    assertThat(get(host, "/api/status")).startsWith("HTTP/1.1 200");
  }

  private String get(String host, String path) {
    return site.raw("GET " + path + " HTTP/1.1\nHost: " + host + "\nConnection: close\n\n");
  }

  @Test
  void whoComesThroughAProxyIsNotAtThisMachine() {
    assertThat(site.get("/api/status", "X-Forwarded-For", "203.0.113.9").statusCode())
        .isEqualTo(403);
    assertThat(site.get("/", "Forwarded", "for=203.0.113.9").statusCode()).isEqualTo(403);
  }

  @Test
  void aPublicAddressBringsTheLoginWithIt() {
    WebSettings settings =
        new WebSettings(
            "127.0.0.1",
            0,
            Optional.of(URI.create("https://phones.example.com")),
            List.of(),
            Optional.empty(),
            false);
    try (WebServer behindProxy = WebServer.start(Scene.calm().with(settings).backend())) {
      Site there = new Site(behindProxy);
      assertThat(there.get("/api/status").statusCode()).isEqualTo(401);
      assertThat(there.raw("GET /login HTTP/1.1\nHost: phones.example.com\nConnection: close\n\n"))
          .startsWith("HTTP/1.1 200");
      assertThat(there.raw("GET /login HTTP/1.1\nHost: evil.example\nConnection: close\n\n"))
          .startsWith("HTTP/1.1 403");
    }
  }

  @Test
  void aFormOfSomebodyElsesPageIsNotObeyed() {
    HttpResponse<String> answer =
        site.form("/say", Map.of("text", "DIVERT ALL"), "Accept", "text/html");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("Nothing was changed");
    assertThat(scene.desk.asked).isEmpty();
  }

  @Test
  void aTokenWithoutItsCookieIsWorthNothing() {
    Site.Token token = site.token();

    assertThat(site.form("/say", Map.of("text", "DIVERT ALL", "_csrf", token.field())).statusCode())
        .isEqualTo(403);
    assertThat(scene.desk.asked).isEmpty();
  }

  @Test
  void thePagesOwnFormIsObeyed() {
    Site.Token token = site.token();

    HttpResponse<String> answer =
        site.form(
            "/say", Map.of("text", "RETURN ALL", "_csrf", token.field()), "Cookie", token.cookie());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("rings on your mobile", "Back to the phones");
    assertThat(scene.desk.asked).containsExactly("local by page: RETURN ALL");
  }

  @Test
  void theApiTakesNoCommandThatAWebPageCouldSend() {
    String command = "{\"text\":\"DIVERT ALL\"}";

    assertThat(site.post("/api/commands", "text/plain", command, "X-Linekeeper", "x").statusCode())
        .isEqualTo(415);
    assertThat(
            site.post(
                    "/api/commands",
                    "application/x-www-form-urlencoded",
                    "text=DIVERT",
                    "X-Linekeeper",
                    "x")
                .statusCode())
        .isEqualTo(415);
    assertThat(site.post("/api/commands", "application/json", command).statusCode()).isEqualTo(403);
    assertThat(
            site.post(
                    "/api/commands",
                    "application/json",
                    command,
                    "X-Linekeeper",
                    "x",
                    "Sec-Fetch-Site",
                    "cross-site")
                .statusCode())
        .isEqualTo(403);
    assertThat(scene.desk.asked).isEmpty();
  }

  @Test
  void noOtherSiteIsAllowedToAsk() {
    String preflight =
        site.raw(
            "OPTIONS /api/commands HTTP/1.1\nHost: localhost\nOrigin: https://evil.example\n"
                + "Access-Control-Request-Method: POST\n"
                + "Access-Control-Request-Headers: x-linekeeper,content-type\n"
                + "Connection: close\n\n");

    assertThat(preflight).doesNotContainIgnoringCase("Access-Control-Allow");
    assertThat(site.get("/api/status", "Origin", "https://evil.example").headers().map())
        .doesNotContainKey("access-control-allow-origin");
  }

  @Test
  void thePageAllowsNothingFromElsewhere() {
    HttpResponse<String> page = site.get("/");

    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "script-src 'self';", "style-src 'self';")
        .contains("frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'")
        .doesNotContain("unsafe");
    assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(page.headers().firstValue("X-Frame-Options")).contains("DENY");
    assertThat(page.headers().firstValue("Referrer-Policy")).contains("same-origin");
    assertThat(page.headers().firstValue("Cross-Origin-Opener-Policy")).contains("same-origin");
    assertThat(page.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
    assertThat(page.headers().firstValue("Server").orElse("")).isEmpty();
    assertThat(page.body()).doesNotContain("style=\"", "onclick", "http://", "https://");
    assertThat(page.body()).doesNotContainPattern("<script(?! src=\"/)");
  }

  @Test
  void itsCookieIsForTheServerOnly() {
    String cookie = site.get("/").headers().firstValue("Set-Cookie").orElse("");

    assertThat(cookie).contains("HttpOnly", "SameSite=Strict");
  }

  @Test
  void nothingElseOfTheActuatorIsThere() {
    for (String path : List.of("env", "beans", "heapdump", "loggers", "configprops", "shutdown")) {
      assertThat(site.get("/actuator/" + path).statusCode()).as(path).isEqualTo(404);
    }
  }
}
