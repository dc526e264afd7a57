package org.linekeeper.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the running service. Every fault becomes a {@link Failure} that says what it means. */
final class Client {
  private static final Duration CONNECT = Duration.ofSeconds(3);

  /** Longer than the service itself waits for a command. */
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private static final JsonMapper JSON = JsonMapper.shared();

  private final URI base;
  private final HttpClient http;
  private final Map<String, String> headers;

  Client(Connection connection, Surroundings here) {
    base = connection.address(here);
    HttpClient.Builder builder =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT);
    if (base.getScheme().equals("http")) {
      // Reading the authorities that Java trusts takes a fifth of a second, for nothing here.
      builder.sslContext(Trust.nobody());
    } else {
      connection.authority(here).ifPresent(pem -> builder.sslContext(Trust.only(pem)));
    }
    http = builder.build();
    headers =
        connection
            .login(here)
            .map(login -> Map.of("Authorization", "Basic " + base64(login)))
            .orElse(Map.of());
  }

  JsonNode get(String path) {
    return send(request(path).GET());
  }

  JsonNode command(String text) {
    String body = JSON.writeValueAsString(Map.of("text", text));
    return send(
        request("/api/commands")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(ANSWER)
            .header("Accept", "application/json, application/problem+json")
            .header("X-Linekeeper", "cli");
    headers.forEach(request::header);
    return request;
  }

  private JsonNode send(HttpRequest.Builder request) {
    HttpResponse<String> response;
    try {
      response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (java.net.http.HttpConnectTimeoutException | java.net.ConnectException e) {
      throw new Failure(Exit.NOT_REACHABLE, absent());
    } catch (java.net.http.HttpTimeoutException e) {
      throw new Failure(
          Exit.NOT_REACHABLE,
          "Linekeeper at "
              + base
              + " took the request and has not answered in "
              + ANSWER.toSeconds()
              + " s. It may still be carried out: look at \"status\" and \"journal\" before you"
              + " repeat it.");
    } catch (IOException e) {
      throw new Failure(Exit.NOT_REACHABLE, absent() + " (" + said(e) + ")");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(Exit.NOT_REACHABLE, "Interrupted before Linekeeper answered.");
    }
    return read(response);
  }

  private JsonNode read(HttpResponse<String> response) {
    JsonNode body = json(response.body());
    if (!body.isContainer()) {
      throw new Failure(
          Exit.NOT_REACHABLE,
          "What answers at "
              + base
              + " is not Linekeeper (HTTP "
              + response.statusCode()
              + "). Say where it is with --url or LINEKEEPER_URL.");
    }
    if (response.statusCode() == 200) {
      return body;
    }
    if (response.statusCode() == 401) {
      throw new Failure(
          Exit.REFUSED,
          "Linekeeper at "
              + base
              + " wants a login. Set LINEKEEPER_USER and LINEKEEPER_PASSWORD (or"
              + " LINEKEEPER_PASSWORD_FILE) to one of web.users. Nothing was changed.");
    }
    throw new Failure(
        response.statusCode() >= 500 ? Exit.NOT_REACHABLE : Exit.REFUSED,
        (body.path("detail").asString("HTTP " + response.statusCode())
                + " "
                + body.path("phones").asString(""))
            .strip());
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JacksonException notJson) {
      return JSON.missingNode();
    }
  }

  private String absent() {
    return "Linekeeper does not answer at "
        + base
        + ". PBXs and numbers stay as they are, but nobody watches them if it is down. Start it, or"
        + " say where it is with --url or LINEKEEPER_URL.";
  }

  private static String said(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static String base64(String login) {
    return Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
  }
}
