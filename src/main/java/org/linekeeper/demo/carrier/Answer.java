package org.linekeeper.demo.carrier;

import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the simulated carrier answers to a request.
 *
 * @param body empty for 204
 */
public record Answer(int status, String contentType, String body, Map<String, String> headers) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  static Answer json(int status, Object body) {
    return new Answer(status, "application/json", JSON.writeValueAsString(body), Map.of());
  }

  static Answer xml(String body) {
    return new Answer(200, "text/xml", body, Map.of());
  }

  static Answer html(int status, String body) {
    return new Answer(status, "text/html", body, Map.of());
  }

  static Answer deleted() {
    return new Answer(204, "application/json", "", Map.of());
  }
}
