package org.linekeeper.demo.carrier;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A request as it reached the simulated carrier.
 *
 * @param base scheme, host and port by which the client reached it
 * @param path decoded, without the query
 * @param body as sent
 */
public record Request(
    String method,
    String base,
    String path,
    String rawQuery,
    String contentType,
    String authorization,
    String body,
    Form query,
    Form form) {
  private static final int MAX_BODY_BYTES = 64 * 1024;

  /** Empty if the body is larger than any of Twilio's requests can be. */
  static Optional<Request> read(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
    if (body.length > MAX_BODY_BYTES) {
      return Optional.empty();
    }
    String text = new String(body, StandardCharsets.UTF_8);
    String rawQuery = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
    String contentType = header(exchange, "Content-Type");
    return Optional.of(
        new Request(
            exchange.getRequestMethod(),
            "http://" + header(exchange, "Host"),
            exchange.getRequestURI().getPath(),
            rawQuery,
            contentType,
            header(exchange, "Authorization"),
            text,
            Form.parse(rawQuery),
            contentType.startsWith("application/x-www-form-urlencoded")
                ? Form.parse(text)
                : Form.EMPTY));
  }

  Request withForm(Form changed) {
    return new Request(
        method, base, path, rawQuery, contentType, authorization, body, query, changed);
  }

  /** The secret in the Authorization header stays out of logs. */
  @Override
  public String toString() {
    return method + " " + path + " " + query.values() + " " + form.values();
  }

  private static String header(HttpExchange exchange, String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
  }
}
