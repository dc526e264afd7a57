package org.linekeeper.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.linekeeper.settings.PasswordHash;
import org.linekeeper.settings.WebSettings;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/** The page can be reached from other machines: nobody gets in without name and password. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoginTest {
  private static final WebSettings SETTINGS =
      new WebSettings(
          "0.0.0.0",
          0,
          Optional.empty(),
          List.of(
              user("olive", "olive's horse", WebSettings.Role.OPERATOR),
              user("victor", "victor's dog", WebSettings.Role.VIEWER)),
          Optional.empty(),
          true);

  private static final String OLIVE = Site.basic("olive", "olive's horse");
  private static final String VICTOR = Site.basic("victor", "victor's dog");

  private final Scene scene = Scene.calm().with(SETTINGS);
  private final AtomicReference<Duration> ticks = new AtomicReference<>(Duration.ofHours(1));
  private WebServer server;
  private Site site;

  private static WebSettings.User user(String name, String password, WebSettings.Role role) {
    // The cheapest cost that is accepted: these tests log in often.
    String hash = new BCryptPasswordEncoder(4).encode(password);
    return new WebSettings.User(name, new PasswordHash(hash), role);
  }

  @BeforeAll
  void start() {
    Backend backend = scene.backend();
    server =
        WebServer.start(
            Backend.of(
                SETTINGS,
                backend.time(),
                ticks::get,
                backend.overview(),
                backend.journal(),
                backend.desk()));
    site = new Site(server);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  /** Failed logins of one test are forgotten before the next. */
  @BeforeEach
  void later() {
    ticks.set(ticks.get().plus(Duration.ofHours(1)));
    scene.desk.asked.clear();
  }

  @Test
  void strangersSeeNothingButTheLogin() {
    for (String path : List.of("/", "/parts/numbers", "/journal", "/divert")) {
      HttpResponse<String> answer = site.get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(302);
      assertThat(answer.headers().firstValue("Location").orElse("")).endsWith("/login");
    }
    for (String path :
        List.of("/api/status", "/api/numbers", "/api/journal", "/events", "/actuator/prometheus")) {
      HttpResponse<String> answer = site.get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(401);
      assertThat(answer.body()).contains("web.users").doesNotContain("primary");
    }
    assertThat(site.command("DIVERT ALL").statusCode()).isEqualTo(401);
    assertThat(scene.desk.asked).isEmpty();
    assertThat(site.get("/login").body()).doesNotContain("Accountants", "primary");
  }

  @Test
  void healthIsPublicButSaysOnlyWhetherAllIsWell() {
    HttpResponse<String> health = site.get("/actuator/health");

    assertThat(health.statusCode()).isEqualTo(200);
    assertThat(Site.json(health).path("status").asString()).isEqualTo("UP");
    assertThat(health.body()).doesNotContain("primary", "journal");
    assertThat(site.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
    assertThat(site.get("/actuator/health/pbxs").statusCode()).isEqualTo(401);
    assertThat(site.get("/actuator/health", "Authorization", VICTOR).body()).contains("primary");
  }

  @Test
  void programsLogInWithHttpBasic() {
    assertThat(site.get("/api/status", "Authorization", VICTOR).statusCode()).isEqualTo(200);
    assertThat(site.get("/actuator/prometheus", "Authorization", VICTOR).statusCode())
        .isEqualTo(200);
    assertThat(site.command("RETURN ALL", "Authorization", OLIVE).statusCode()).isEqualTo(200);
    assertThat(scene.desk.asked).containsExactly("olive by cli: RETURN ALL");
  }

  @Test
  void whoMayOnlyLookChangesNothing() {
    HttpResponse<String> answer = site.command("RETURN ALL", "Authorization", VICTOR);

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("may look, but not change");
    assertThat(scene.desk.asked).isEmpty();

    String cookies = login("victor", "victor's dog");
    HttpResponse<String> page = site.get("/", "Cookie", cookies);
    assertThat(page.body()).contains("The phones work").doesNotContain("Switch over", "Divert…");
  }

  @Test
  void peopleLogInWithAForm() {
    String cookies = login("olive", "olive's horse");

    Site.Token token = site.token("Cookie", cookies);
    HttpResponse<String> answer =
        site.form(
            "/say",
            Map.of("text", "STATUS", "_csrf", token.field()),
            "Cookie",
            cookies + "; " + token.cookie());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(scene.desk.asked).containsExactly("olive by page: STATUS");
    assertThat(site.form("/say", Map.of("text", "DIVERT ALL"), "Cookie", cookies).statusCode())
        .as("without the page's token")
        .isEqualTo(403);
  }

  @Test
  void whoLogsOutIsOut() {
    String cookies = login("olive", "olive's horse");
    Site.Token token = site.token("Cookie", cookies);

    site.form("/logout", Map.of("_csrf", token.field()), "Cookie", cookies + "; " + token.cookie());

    assertThat(site.get("/", "Cookie", cookies).statusCode()).isEqualTo(302);
  }

  @Test
  void aWrongPasswordAndAnUnknownNameLookTheSame() {
    HttpResponse<String> wrong =
        site.get("/api/status", "Authorization", Site.basic("olive", "guess"));
    HttpResponse<String> unknown =
        site.get("/api/status", "Authorization", Site.basic("nobody", "guess"));

    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(unknown.statusCode()).isEqualTo(401);
    assertThat(wrong.body()).isEqualTo(unknown.body()).doesNotContain("guess");
  }

  @Test
  void whoGuessesTooOftenHasToWait() {
    String guess = Site.basic("olive", "guess");
    for (int i = 0; i < 10; i++) {
      assertThat(site.get("/api/status", "Authorization", guess).statusCode()).isEqualTo(401);
    }

    HttpResponse<String> eleventh = site.get("/api/status", "Authorization", OLIVE);
    assertThat(eleventh.statusCode()).as("even with the right one").isEqualTo(429);
    assertThat(eleventh.headers().firstValue("Retry-After")).contains("300");
    assertThat(tryLogin("olive", "olive's horse").headers().firstValue("Location").orElse(""))
        .endsWith("/login?later");

    ticks.set(ticks.get().plus(Duration.ofMinutes(6)));
    assertThat(site.get("/api/status", "Authorization", OLIVE).statusCode()).isEqualTo(200);
  }

  @Test
  void aLoginOfOnesOwnBetweenTheGuessesDoesNotHideThem() {
    String guess = Site.basic("olive", "guess");
    for (int i = 0; i < 9; i++) {
      assertThat(site.get("/api/status", "Authorization", guess).statusCode()).isEqualTo(401);
    }
    assertThat(site.get("/api/status", "Authorization", VICTOR).statusCode()).isEqualTo(200);
    assertThat(site.get("/api/status", "Authorization", guess).statusCode()).isEqualTo(401);
    assertThat(site.get("/api/status", "Authorization", guess).statusCode()).isEqualTo(429);
  }

  @Test
  void whoIsNoProxyCannotSayThatSomebodyElseGuesses() throws IOException {
    WebSettings behind =
        new WebSettings(
            "0.0.0.0",
            0,
            Optional.of(URI.create("https://phones.example.org")),
            SETTINGS.users(),
            Optional.empty(),
            true);
    try (WebServer proxied = WebServer.start(Scene.calm().with(behind).backend())) {
      for (int i = 0; i < 10; i++) {
        assertThat(guessed(proxied, "127.0.0.2", "203.0.113." + i)).contains(" 401 ");
      }
      assertThat(guessed(proxied, "127.0.0.2", "203.0.113.99")).contains(" 429 ");
      assertThat(guessed(proxied, "127.0.0.1", "203.0.113.98"))
          .as("the proxy on this machine is believed")
          .contains(" 401 ");
    }
  }

  /** The status line of a guess from one of this machine's own addresses, said to be another's. */
  private static String guessed(WebServer server, String from, String forwardedFor)
      throws IOException {
    InetAddress here = InetAddress.getByName("127.0.0.1");
    try (Socket socket = new Socket(here, server.port(), InetAddress.getByName(from), 0)) {
      socket.setSoTimeout(10_000);
      String request =
          "GET /api/status HTTP/1.1\r\nHost: phones.example.org\r\nConnection: close\r\n"
              + "X-Forwarded-For: "
              + forwardedFor
              + "\r\nAuthorization: "
              + Site.basic("olive", "guess")
              + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      return answer.lines().findFirst().orElse("");
    }
  }

  @Test
  void aSessionMadeBeforeTheLoginIsNotKept() {
    HttpResponse<String> in = tryLogin("olive", "olive's horse", "linekeeper=planted");

    assertThat(in.headers().allValues("Set-Cookie"))
        .anyMatch(c -> c.startsWith("linekeeper=") && !c.contains("planted"))
        .filteredOn((Predicate<String>) c -> c.startsWith("linekeeper="))
        .allMatch(c -> c.contains("HttpOnly") && c.contains("SameSite=Lax"));
  }

  private String login(String name, String password) {
    HttpResponse<String> in = tryLogin(name, password);
    assertThat(in.headers().firstValue("Location").orElse("")).endsWith("/");
    return in.headers().allValues("Set-Cookie").stream()
        .filter(c -> c.startsWith("linekeeper="))
        .map(c -> c.split(";")[0])
        .findFirst()
        .orElseThrow();
  }

  private HttpResponse<String> tryLogin(String name, String password, String... cookies) {
    Site.Token token = site.tokenOf("/login");
    return site.form(
        "/login",
        Map.of("username", name, "password", password, "_csrf", token.field()),
        "Cookie",
        String.join("; ", token.cookie(), String.join("; ", cookies)));
  }
}
