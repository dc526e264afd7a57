package org.linekeeper.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers as the service does, with what it was told to, and writes down what it was asked. */
final class StubService implements AutoCloseable {
  /** One request. */
  record Asked(String method, String path, String body, Map<String, List<String>> headers) {}

  private record Answer(int status, String type, String body) {}

  final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final HttpServer server;

  StubService() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  StubService answers(String path, String json) {
    return answers(path, 200, "application/json", json);
  }

  StubService answers(String path, int status, String type, String body) {
    answers.put(path, new Answer(status, type, body));
    return this;
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().toString();
    asked.add(
        new Asked(
            exchange.getRequestMethod(),
            path,
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
            Map.copyOf(exchange.getRequestHeaders())));
    Answer answer =
        answers.getOrDefault(
            path, new Answer(404, "application/problem+json", "{\"detail\":\"?\"}"));
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", answer.type());
    exchange.sendResponseHeaders(answer.status(), body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
