package org.linekeeper.lab;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The jar as an office runs it, in a process of its own. */
public final class LinekeeperProcess implements AutoCloseable {
  /** As in docker/Dockerfile and docs/OPERATIONS.md. */
  public static final List<String> SHIPPED_OPTIONS =
      List.of(
          "-Xms48m",
          "-Xmn16m",
          "-Xmx192m",
          "-XX:MinHeapFreeRatio=20",
          "-XX:MetaspaceSize=96m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1");

  /** Likewise. */
  private static final Map<String, String> SHIPPED_ENVIRONMENT = Map.of("MALLOC_ARENA_MAX", "2");

  private final LabOffice lab;
  private final Process process;
  private final HttpClient http = HttpClient.newHttpClient();

  private LinekeeperProcess(LabOffice lab, Process process) {
    this.lab = lab;
    this.process = process;
  }

  /** What starts it by that command, in the environment that it is shipped with. */
  public static ProcessBuilder shipped(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(SHIPPED_ENVIRONMENT);
    return builder;
  }

  /** Starts it; does not wait. */
  public static LinekeeperProcess start(LabOffice lab) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(SHIPPED_OPTIONS);
    command.addAll(
        List.of(
            "-jar",
            System.getProperty("linekeeper.jar", "target/linekeeper.jar"),
            "--config",
            lab.directory().toString()));
    File log = lab.directory().resolve("linekeeper.log").toFile();
    try {
      return new LinekeeperProcess(
          lab,
          shipped(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it sees both PBXs healthy. */
  public void awaitCalm() {
    Await.until(
        "both PBXs healthy; see " + lab.directory().resolve("linekeeper.log"),
        Duration.ofSeconds(30),
        () -> get("/api/status").split("\"verdict\":\"healthy\"", -1).length - 1 == 2);
  }

  /** What it answers to a GET; empty text while it does not. */
  public String get(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + lab.webPort() + path))
            .timeout(Duration.ofSeconds(2))
            .build();
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200 ? answer.body() : "";
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  /** Runs a client command against it, and returns what it printed. */
  public String command(String... words) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-jar",
            System.getProperty("linekeeper.jar", "target/linekeeper.jar")));
    command.addAll(List.of(words));
    command.addAll(List.of("--url", "http://127.0.0.1:" + lab.webPort()));
    return Shell.run(command.toArray(String[]::new));
  }

  /** Resident memory, in MiB. */
  public long residentMebibytes() {
    try (var lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
      String line = lines.filter(l -> l.startsWith("VmRSS:")).findFirst().orElseThrow();
      return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public boolean running() {
    return process.isAlive();
  }

  /** As a power cut ends it. */
  public void kill9() {
    process.destroyForcibly();
    awaitEnd();
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(15, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    process.destroy();
    awaitEnd();
  }
}
