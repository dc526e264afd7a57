package org.linekeeper.office;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.linekeeper.journal.PeerKeys;
import org.springframework.util.FileSystemUtils;

/** Two of three machines burn, and somebody with a terminal on the third gets the calls through. */
@Timeout(600)
@Tag("long")
class GoingAloneIT {
  private static final List<String> NAMES = List.of("watcher-1", "watcher-2", "witness");
  private static final String LEFT = "witness";
  private static final Duration SOON = Duration.ofSeconds(120);

  @TempDir Path directory;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, Integer> pages = new LinkedHashMap<>();
  private final Map<String, Integer> peers = new LinkedHashMap<>();
  private final Map<String, Program> running = new LinkedHashMap<>();

  @AfterEach
  void end() {
    running.values().forEach(Program::kill);
  }

  @Test
  void theOneThatIsLeftMovesNumbersAndPutsAllBackAsItWasFound() throws Exception {
    try (Office office = new Office(directory).withLines(2)) {
      OfficeFiles files = new OfficeFiles(office);
      files.write();
      Map<String, Map<String, Object>> found = office.records();
      seats(files);
      NAMES.forEach(this::start);
      until(() -> NAMES.stream().allMatch(name -> status(name).contains("lead")));
      until(() -> status(LEFT).split("\"healthy\"", -1).length == 3);
      String before = office.lines().get(0);
      String after = office.lines().get(1);
      assertThat(said(0, "divert", before)).contains("Alice");
      until(() -> office.diverted(before));
      until(() -> missing(LEFT).equals("0"));

      List<String> lost = List.of("watcher-1", "watcher-2");
      lost.forEach(name -> Objects.requireNonNull(running.get(name)).kill());
      until(() -> status(LEFT).contains("linekeeper alone"));
      assertThat(said(1, "divert", after)).contains("linekeeper alone");
      until(() -> said(1, "alone").contains("The risk"));
      assertThat(said(1, "alone"))
          .contains("watcher-1 (127.0.0.1) and watcher-2 (127.0.0.1)", "--others-are-off");
      assertThat(said(0, "alone", "--others-are-off")).contains("goes on alone");
      assertThat(Objects.requireNonNull(running.get(LEFT)).exit()).isEqualTo(70);
      start(LEFT);
      until(() -> status(LEFT).contains("witness went on alone"));
      assertThat(status(LEFT)).contains("\"mode\":\"manual\"");

      until(() -> said(-1, "divert", after).contains("Alice"));
      until(() -> office.diverted(after));
      assertThat(office.diverted(before)).isTrue();
      assertThat(said(0, "return", "ALL")).contains("office");
      until(() -> office.records().equals(found));

      start("watcher-1");
      assertThat(Objects.requireNonNull(running.get("watcher-1")).exit()).isNotZero();
      assertThat(Objects.requireNonNull(running.get("watcher-1")).said()).contains("has ended");
      FileSystemUtils.deleteRecursively(own("watcher-1").resolve("journal"));
      start("watcher-1");
      until(() -> status(LEFT).contains("watchers."));
    }
  }

  private Path own(String name) {
    return directory.resolve(name);
  }

  private void seats(OfficeFiles files) throws IOException {
    PeerKeys.make(
        directory.resolve("keys"),
        NAMES.stream().collect(Collectors.toMap(name -> name, name -> "127.0.0.1")));
    for (String name : NAMES) {
      pages.put(name, freePort());
      peers.put(name, freePort());
    }
    String section =
        NAMES.stream()
            .map(
                name ->
                    "  %s: {host: 127.0.0.1, port: %d, failure-domain: of-%s}\n"
                        .formatted(name, peers.get(name), name))
            .collect(Collectors.joining("", "watchers:\n", ""));
    for (String name : NAMES) {
      Files.createDirectories(own(name));
      for (String file :
          List.of("numbers.yml", "staff.yml", "schedule.yml", "ami-password", "auth-token")) {
        Files.copy(directory.resolve(file), own(name).resolve(file));
      }
      Files.writeString(
          own(name).resolve("linekeeper.yml"),
          files
                  .linekeeper()
                  .replace(
                      "watcher: {name: watcher-1, ",
                      "watcher: {name: " + name + ", keys: " + directory.resolve("keys") + ", ")
              + section
              + "web: {port: "
              + pages.get(name)
              + "}\n");
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void start(String name) {
    running.put(
        name, new Program(own(name).resolve("said"), Map.of(), "--config", own(name).toString()));
  }

  /**
   * What is said to somebody at the terminal of the watcher that is left.
   *
   * @param exit the exit code that it must have; -1: any
   */
  private String said(int exit, String... words) throws IOException {
    Path said = Files.createTempFile(directory, "said", "");
    Map<String, String> env = Map.of("LINEKEEPER_URL", "http://127.0.0.1:" + pages.get(LEFT));
    Program command = new Program(said, env, words);
    int code = command.exit();
    if (exit >= 0) {
      assertThat(code).as(command.said()).isEqualTo(exit);
    }
    return command.said();
  }

  /** Empty text while it does not answer. */
  private String status(String name) {
    return get(name, "/api/status");
  }

  private String missing(String name) {
    return get(name, "/api/plan").replaceFirst("(?s).*\"missing\":(\\d+).*", "$1");
  }

  private String get(String name, String path) {
    URI page = URI.create("http://127.0.0.1:" + pages.get(name) + path);
    try {
      return http.send(
              HttpRequest.newBuilder(page).timeout(Duration.ofSeconds(5)).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException notNow) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void until(Callable<Boolean> holds) {
    try {
      await().atMost(SOON).pollInterval(Duration.ofMillis(100)).until(holds);
    } catch (ConditionTimeoutException late) {
      throw new AssertionError(
          NAMES.stream()
              .map(
                  name ->
                      name
                          + ": "
                          + status(name)
                          + "\n"
                          + Objects.requireNonNull(running.get(name)).said())
              .collect(Collectors.joining("\n")),
          late);
    }
  }
}
