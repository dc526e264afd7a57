package org.linekeeper.demo.carrier;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A plain REST client, as a customer of the carrier would write one. */
final class Client {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient http = HttpClient.newHttpClient();
  private final SimulatedCarrier carrier;
  private final String authorization;

  Client(SimulatedCarrier carrier) {
    this(carrier, carrier.account().sid(), carrier.account().authToken());
  }

  Client(SimulatedCarrier carrier, String user, String password) {
    this.carrier = carrier;
    this.authorization =
        "Basic "
            + Base64.getEncoder()
                .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  record Reply(int status, JsonNode json, HttpResponse<String> raw) {
    String text(String name) {
      return json.path(name).isNull() ? "null" : json.path(name).asString();
    }
  }

  String account(String rest) {
    return "/2010-04-01/Accounts/" + carrier.account().sid() + rest;
  }

  Reply get(String path) throws IOException, InterruptedException {
    return send(request(path).build());
  }

  Reply delete(String path) throws IOException, InterruptedException {
    return send(request(path).DELETE().build());
  }

  Reply post(String path, String... params) throws IOException, InterruptedException {
    return send(postRequest(path, params));
  }

  HttpRequest postRequest(String path, String... params) {
    Map<String, String> form = new LinkedHashMap<>();
    for (int i = 0; i < params.length; i += 2) {
      form.put(params[i], params[i + 1]);
    }
    return request(path)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(Form.of(form).encode()))
        .build();
  }

  HttpClient http() {
    return http;
  }

  private HttpRequest.Builder request(String path) {
    URI uri = path.startsWith("http") ? URI.create(path) : carrier.baseUrl().resolve(path);
    return HttpRequest.newBuilder(uri)
        .timeout(Duration.ofSeconds(10))
        .header("Authorization", authorization);
  }

  private Reply send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> raw = http.send(request, HttpResponse.BodyHandlers.ofString());
    boolean json =
        !raw.body().isEmpty()
            && raw.headers().firstValue("Content-Type").orElse("").contains("json");
    return new Reply(raw.statusCode(), JSON.readTree(json ? raw.body() : "{}"), raw);
  }
}
