package org.linekeeper.carrier.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.linekeeper.time.Ticker;

/** One request, and a server or network that misbehaves in ways a whole carrier does not. */
class WireTest {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final CountDownLatch over = new CountDownLatch(1);
  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
  private ExecutorService threads;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    threads = Executors.newFixedThreadPool(4);
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 10);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void the_request_is_the_sdks_at_the_other_base_with_its_credentials() {
    serve(exchange -> answer(exchange, 200, "{\"sid\":\"x\"}"));
    Request request =
        new Request(HttpMethod.POST, "trunking", "/v1/Trunks/TK1/OriginationUrls/OU1");
    request.addPostParam("FriendlyName", "a&b=ü");
    Attempt attempt = send(request, base());
    assertThat(attempt.kind()).isEqualTo(Attempt.Kind.ANSWERED);
    assertThat(seen)
        .containsExactly(
            "POST /v1/Trunks/TK1/OriginationUrls/OU1 FriendlyName=a%26b%3D%C3%BC Basic"
                + " QUMxOnNlY3JldA==");
  }

  @Test
  void headers_at_once_and_a_body_that_never_comes_are_a_silence() {
    serve(
        exchange -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write("{\"sid\":".getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
          await();
        });
    Ticker ticker = Ticker.system();
    try (Wire wire = new Wire(settings(base()))) {
      Attempt attempt = wire.send(authorised(get()), Duration.ofMillis(600));
      assertThat(attempt.kind()).isEqualTo(Attempt.Kind.SILENT);
    }
    assertThat(ticker.now()).isLessThan(PATIENCE);
  }

  @Test
  void credentials_do_not_follow_a_redirect() {
    serve(
        exchange -> {
          exchange.getResponseHeaders().set("Location", base() + "/elsewhere");
          answer(exchange, 302, "{}");
        });
    assertThat(send(get(), base()).kind()).isEqualTo(Attempt.Kind.BROKEN);
    assertThat(seen).hasSize(1);
  }

  @Test
  void an_endless_answer_is_cut_off() {
    serve(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] megabyte = new byte[1024 * 1024];
          for (int i = 0; i < 100; i++) {
            exchange.getResponseBody().write(megabyte);
          }
          exchange.close();
        });
    assertThat(send(get(), base()).kind()).isEqualTo(Attempt.Kind.CUT);
  }

  @Test
  void a_login_page_of_the_hotels_network_is_not_the_carrier() {
    serve(exchange -> answer(exchange, 200, "<html>Please accept our terms</html>"));
    Attempt attempt = send(get(), base());
    assertThat(attempt.kind()).isEqualTo(Attempt.Kind.BROKEN);
    assertThat(attempt.kind().twilioSpoke()).isFalse();
  }

  @Test
  void what_twilio_says_about_its_load_is_read() {
    serve(
        exchange -> {
          exchange.getResponseHeaders().set("Twilio-Concurrent-Requests", "17");
          exchange.getResponseHeaders().set("Retry-After", "3");
          answer(exchange, 429, "{\"code\":20429,\"message\":\"Too Many Requests\"}");
        });
    Attempt attempt = send(get(), base());
    assertThat(attempt.kind()).isEqualTo(Attempt.Kind.TOO_MANY);
    assertThat(attempt.counted()).isEqualTo(OptionalInt.of(17));
    assertThat(attempt.retryAfter()).contains(Duration.ofSeconds(3));
  }

  @Test
  void a_name_that_does_not_exist_is_unreachable() {
    assertThat(send(get(), Optional.of(URI.create("http://carrier.invalid"))).kind())
        .isEqualTo(Attempt.Kind.UNREACHABLE);
  }

  @Test
  void without_another_base_credentials_go_to_twilio_only() {
    Request foreign = new Request(HttpMethod.GET, "https://twilio.com.example.com/v1/Trunks");
    Attempt attempt = send(foreign, Optional.empty());
    assertThat(attempt.kind()).isEqualTo(Attempt.Kind.NOT_SENT);
    assertThat(attempt.said()).contains("not Twilio's");
  }

  private Optional<URI> base() {
    return Optional.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
  }

  private static Request get() {
    return new Request(HttpMethod.GET, "trunking", "/v1/Trunks");
  }

  private static Request authorised(Request request) {
    request.setAuth("AC1", "secret");
    return request;
  }

  private static Attempt send(Request request, Optional<URI> base) {
    try (Wire wire = new Wire(settings(base))) {
      return wire.send(authorised(request), PATIENCE);
    }
  }

  private static TwilioSettings settings(Optional<URI> base) {
    return TwilioSettings.of(
        "AC1", "AC1", "secret", base, URI.create("https://example.com/divert"));
  }

  private void serve(HttpHandler handler) {
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          seen.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI()
                  + " "
                  + body
                  + " "
                  + exchange.getRequestHeaders().getFirst("Authorization"));
          handler.handle(exchange);
        });
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private void await() {
    try {
      over.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
