package org.linekeeper.office;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One of a {@link Trio}: its process, and what it answers. */
final class OneOfThree implements AutoCloseable {
  private static final Duration ANSWER = Duration.ofSeconds(8);
  private static final JsonMapper JSON = JsonMapper.shared();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String name;
  private final Path directory;
  private final int port;
  private Optional<Program> process = Optional.empty();
  private int lives;

  OneOfThree(String name, Path directory, int port) {
    this.name = name;
    this.directory = directory;
    this.port = port;
  }

  String name() {
    return name;
  }

  /** Where its settings files and, in {@code journal}, its journal are. */
  Path directory() {
    return directory;
  }

  /** Starts it; does not wait. */
  Program start() {
    Program started =
        new Program(
            directory.resolve("said-" + ++lives), Map.of(), "--config", directory.toString());
    process = Optional.of(started);
    return started;
  }

  /** As kill -9 does; returns when it is gone. */
  void kill() {
    process.ifPresent(Program::kill);
  }

  /** As the service manager ends it. */
  void end() {
    process.ifPresent(Program::close);
  }

  boolean running() {
    return process.filter(Program::running).isPresent();
  }

  /** Runs the command line against it, in a process of its own, and returns its exit code. */
  int command(String... words) {
    List<String> arguments = new ArrayList<>(List.of(words));
    arguments.addAll(List.of("--url", url()));
    try (Program client =
        new Program(directory.resolve("client"), Map.of(), arguments.toArray(String[]::new))) {
      return client.exit();
    }
  }

  /** Whether it took the command. */
  boolean say(String text) {
    return ask(HttpRequest.newBuilder(URI.create(url() + "/api/commands"))
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(Map.of("text", text)))))
        .filter(told -> told.path("accepted").asBoolean(false))
        .isPresent();
  }

  /** What it says of everything; empty while it does not answer. */
  Optional<JsonNode> status() {
    return ask(HttpRequest.newBuilder(URI.create(url() + "/api/status")));
  }

  boolean leads() {
    return notices().contains("This watcher leads");
  }

  /** Whether it knows who leads, misses nobody, and sees both PBXs and the carrier. */
  boolean well() {
    Optional<JsonNode> status = status();
    return status
        .filter(s -> s.path("troubles").isEmpty() && s.path("carrierReachable").asBoolean(false))
        .filter(s -> s.path("pbxs").size() == 2)
        .filter(s -> s.path("pbxs").valueStream().allMatch(p -> word(p).equals("healthy")))
        .map(s -> s.path("notices").toString())
        .filter(said -> said.contains("This watcher leads the 3") || said.contains("looks on"))
        .filter(said -> !said.contains("does not"))
        .isPresent();
  }

  private static String word(JsonNode pbx) {
    return pbx.path("verdict").asString("");
  }

  /** What the page would show besides. */
  String notices() {
    return status().map(s -> s.path("notices").toString()).orElse("");
  }

  /** The latest records, each with its place. */
  List<String> journal() {
    return ask(HttpRequest.newBuilder(URI.create(url() + "/api/journal?most=100"))).stream()
        .flatMap(answer -> answer.path("entries").valueStream())
        .map(entry -> entry.path("number") + " " + entry.path("at") + " " + entry.path("sentence"))
        .toList();
  }

  private String url() {
    return "http://127.0.0.1:" + port;
  }

  private Optional<JsonNode> ask(HttpRequest.Builder request) {
    try {
      HttpResponse<String> answer =
          http.send(
              request.timeout(ANSWER).header("X-Linekeeper", "cli").build(),
              HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200
          ? Optional.of(JSON.readTree(answer.body()))
          : Optional.empty();
    } catch (IOException silent) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    kill();
  }

  @Override
  public String toString() {
    return name + " " + status().map(s -> s.path("troubles") + " " + s.path("notices")).orElse("-");
  }
}
