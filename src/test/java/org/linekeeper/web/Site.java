package org.linekeeper.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks a running web server as programs and browsers would. */
final class Site {
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  private final URI base;

  Site(WebServer server) {
    base = URI.create("http://127.0.0.1:" + server.port());
  }

  HttpResponse<String> get(String path, String... headers) {
    return send(request(path, headers).GET());
  }

  HttpResponse<String> command(String text, String... headers) {
    return send(
        request("/api/commands", headers)
            .header("Content-Type", "application/json")
            .header("X-Linekeeper", "test")
            .POST(body(JsonMapper.shared().writeValueAsString(Map.of("text", text)))));
  }

  HttpResponse<String> post(String path, String type, String body, String... headers) {
    return send(request(path, headers).header("Content-Type", type).POST(body(body)));
  }

  /** A form as a browser sends it, with no token but those given. */
  HttpResponse<String> form(String path, Map<String, String> fields, String... headers) {
    return post(path, "application/x-www-form-urlencoded", encoded(fields), headers);
  }

  /** The page's own cookie and token, as a browser has them after looking at it. */
  Token token(String... headers) {
    return tokenOf("/", headers);
  }

  Token tokenOf(String path, String... headers) {
    HttpResponse<String> page = get(path, headers);
    String cookie =
        page.headers().allValues("Set-Cookie").stream()
            .filter(c -> c.startsWith("linekeeper-csrf="))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no token cookie: " + page.headers().map()))
            .split(";")[0];
    String field = page.body().replaceFirst("(?s).*name=\"_csrf\" value=\"([^\"]+)\".*", "$1");
    return new Token(cookie, field);
  }

  record Token(String cookie, String field) {}

  /** The answer's status line and everything after it, to a request written by hand. */
  String raw(String request) {
    try (Socket socket = new Socket(base.getHost(), base.getPort())) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write(request.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI address() {
    return base;
  }

  static JsonNode json(HttpResponse<String> response) {
    return JsonMapper.shared().readTree(response.body());
  }

  static String basic(String user, String password) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  static String encoded(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(e -> encoded(e.getKey()) + "=" + encoded(e.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(30));
    return headers.length == 0 ? request : request.headers(headers);
  }

  private static HttpRequest.BodyPublisher body(String text) {
    return HttpRequest.BodyPublishers.ofString(text);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
