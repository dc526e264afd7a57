package org.linekeeper.carrier.twilio;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes sense of an HTTP answer, and only believes what is Twilio's JSON. */
final class Reading {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int TOO_MANY_AT_ONCE = 20429;
  private static final int LONGEST_MESSAGE = 200;

  private Reading() {}

  static Attempt of(HttpResponse<byte[]> response) {
    String body = new String(response.body(), StandardCharsets.UTF_8);
    Optional<JsonNode> json = object(body);
    int status = response.statusCode();
    Attempt.Kind kind = kind(status, json);
    return new Attempt(
        kind,
        status,
        body,
        json,
        said(kind, status, json),
        number(response.headers(), "Twilio-Concurrent-Requests"),
        retryAfter(response.headers()));
  }

  private static Attempt.Kind kind(int status, Optional<JsonNode> json) {
    boolean limited =
        status == 429 || json.map(j -> j.path("code").asInt(0) == TOO_MANY_AT_ONCE).orElse(false);
    if (limited) {
      return Attempt.Kind.TOO_MANY;
    }
    if (json.isEmpty() || status >= 500 || status < 200) {
      return Attempt.Kind.BROKEN;
    }
    return switch (status / 100) {
      case 2 -> Attempt.Kind.ANSWERED;
      case 4 ->
          status == 401 || status == 403
              ? Attempt.Kind.DENIED
              : status == 404 ? Attempt.Kind.NOT_FOUND : Attempt.Kind.REFUSED;
      default -> Attempt.Kind.BROKEN; // a redirect is not followed: credentials stay here
    };
  }

  private static String said(Attempt.Kind kind, int status, Optional<JsonNode> json) {
    String reason = json.map(Reading::reason).orElse("");
    return switch (kind) {
      case ANSWERED -> "";
      case DENIED ->
          "the carrier does not accept the credentials for this (" + status + ")" + reason;
      case NOT_FOUND -> "the carrier does not have it (404)" + reason;
      case TOO_MANY -> "the carrier had too many requests at once (429)";
      case BROKEN ->
          json.isEmpty()
              ? "the carrier answered " + status + " with something that is not its JSON"
              : "the carrier answered " + status + reason;
      default -> "the carrier refused (" + status + ")" + reason;
    };
  }

  private static String reason(JsonNode json) {
    String message = json.path("message").asString("");
    int code = json.path("code").asInt(0);
    String cut =
        message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) + "…" : message;
    return cut.isEmpty() ? "" : ": " + cut + (code == 0 ? "" : " (error " + code + ")");
  }

  private static Optional<JsonNode> object(String body) {
    try {
      return Optional.ofNullable(JSON.readTree(body)).filter(JsonNode::isObject);
    } catch (JacksonException notJson) {
      return Optional.empty();
    }
  }

  private static OptionalInt number(HttpHeaders headers, String name) {
    try {
      return headers.firstValue(name).isEmpty()
          ? OptionalInt.empty()
          : OptionalInt.of(Integer.parseInt(headers.firstValue(name).get().strip()));
    } catch (NumberFormatException odd) {
      return OptionalInt.empty();
    }
  }

  private static Optional<Duration> retryAfter(HttpHeaders headers) {
    OptionalInt seconds = number(headers, "Retry-After");
    return seconds.isPresent()
        ? Optional.of(Duration.ofSeconds(Math.max(0, seconds.getAsInt())))
        : Optional.empty();
  }
}
