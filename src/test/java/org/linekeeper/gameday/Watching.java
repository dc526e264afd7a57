package org.linekeeper.gameday;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.linekeeper.lab.Await;
import org.linekeeper.lab.LabHost;
import org.linekeeper.lab.LinekeeperProcess;
import org.linekeeper.lab.Shell;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Linekeeper on a host of its own, started as docs/OPERATIONS.md says, and an {@link Ear} beside
 * it.
 */
final class Watching implements AutoCloseable {
  private static final List<String> SHIPPED = LinekeeperProcess.SHIPPED_OPTIONS;

  /** Twenty times a second: no verdict that lasts is missed. */
  static final Duration CLOSELY = Duration.ofMillis(50);

  /** Three start at once on two processors that others use as well. */
  static final Duration STARTED = Duration.ofSeconds(90);

  /** Where the machine's time is what is measured. */
  static final Duration NOW_AND_THEN = Duration.ofMillis(500);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final LabHost host;
  private final String url;
  private final Process linekeeper;
  private final Listening ear;
  private final Path log;
  private final List<Seen> heard;

  private Watching(
      LabHost host, String url, Process linekeeper, Listening ear, Path log, List<Seen> heard) {
    this.host = host;
    this.url = url;
    this.linekeeper = linekeeper;
    this.ear = ear;
    this.log = log;
    this.heard = heard;
  }

  /** Starts it on the watcher's host, and returns when it has seen that all is well. */
  static Watching start(House house) {
    return start(house, house.watcher(), List.of(), CLOSELY);
  }

  /**
   * @param host where it is to run
   * @param options further options of the JVM
   * @param listened how often it is asked for its status
   */
  static Watching start(House house, LabHost host, List<String> options, Duration listened) {
    return start(house, host, house.office().directory(), options, listened);
  }

  /**
   * @param directory of its settings files
   */
  static Watching start(
      House house, LabHost host, Path directory, List<String> options, Duration listened) {
    Path log = directory.resolve("linekeeper.log");
    List<String> command = new ArrayList<>(host.command(GameDay.java()));
    command.addAll(SHIPPED);
    command.addAll(options);
    command.addAll(List.of("-jar", GameDay.jar(), "--config", directory.toString()));
    String url = "http://127.0.0.1:" + house.office().webPort();
    List<String> listening = new ArrayList<>(host.command(GameDay.java(), "-Xmx64m"));
    listening.addAll(SHIPPED.subList(1, SHIPPED.size()));
    listening.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            Ear.class.getName(),
            url + "/api/status",
            Long.toString(listened.toMillis())));
    List<Seen> heard = new CopyOnWriteArrayList<>();
    try {
      return new Watching(
          host,
          url,
          LinekeeperProcess.shipped(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start(),
          Listening.to(listening, "ear", line -> heard.add(Seen.of(line))),
          log,
          heard);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it said, oldest first. */
  List<Seen> heard() {
    return List.copyOf(heard);
  }

  /** What it said from then on. */
  List<Seen> heardSince(Instant when) {
    return heard.stream().filter(seen -> !seen.at().isBefore(when)).toList();
  }

  Optional<Seen> latest() {
    return heard.isEmpty() ? Optional.empty() : Optional.of(heard.get(heard.size() - 1));
  }

  void awaitCalm() {
    await("Linekeeper calm", Seen::calm);
  }

  /** Both PBXs healthy; that a failover was not acknowledged may still be said. */
  void awaitHealthy() {
    await("both PBXs healthy", Seen::allHealthy);
  }

  private void await(String what, Predicate<Seen> holds) {
    try {
      Await.until(what + "; see " + log, STARTED, () -> latest().filter(holds).isPresent());
    } catch (AssertionError late) {
      throw new AssertionError(late.getMessage() + "; it said last: " + latest(), late);
    }
  }

  /** Runs a client command on its host. */
  String command(String... words) {
    List<String> command =
        new ArrayList<>(
            host.command(GameDay.java(), "-XX:TieredStopAtLevel=1", "-jar", GameDay.jar()));
    command.addAll(List.of(words));
    command.addAll(List.of("--url", url));
    return Shell.run(Duration.ofSeconds(30), command);
  }

  /**
   * When it first wrote such entries into its journal, in microseconds from that moment.
   *
   * @param names kind of entry to what it is called
   */
  Map<String, Long> firstEntries(Instant from, Map<String, String> names) {
    Map<String, Long> first = new TreeMap<>();
    for (JsonNode entry : JSON.readTree(command("journal", "--json")).path("entries")) {
      Instant at = Instant.parse(entry.path("at").asString());
      String name = names.get(entry.path("kind").asString());
      if (name != null && !at.isBefore(from)) {
        first.merge(name, Duration.between(from, at).toNanos() / 1000, Math::min);
      }
    }
    return first;
  }

  /** The latest entries of its journal, each in a line. */
  List<String> journal(int most) {
    List<String> lines = new ArrayList<>();
    for (JsonNode entry :
        JSON.readTree(command("journal", "--most", Integer.toString(most), "--json"))
            .path("entries")) {
      lines.add(entry.path("at").asString() + " " + entry.path("sentence").asString());
    }
    return lines;
  }

  /** The verdicts that it noted from then on in its journal, but for those that all is well. */
  List<String> noted(Instant since) {
    List<String> noted = new ArrayList<>();
    for (JsonNode entry :
        JSON.readTree(command("journal", "--most", "500", "--json")).path("entries")) {
      Instant at = Instant.parse(entry.path("at").asString());
      String said = entry.path("sentence").asString();
      if (entry.path("kind").asString().equals("VerdictNoted")
          && !at.isBefore(since)
          && !said.contains(": healthy, ")) {
        noted.add(0, at + " " + said);
      }
    }
    return noted;
  }

  /** Stops it as a suspended machine does, for so long. */
  void suspend(Duration time) {
    Shell.run("kill", "-s", "STOP", Long.toString(linekeeper.pid()));
    Await.pause(time);
    Shell.run("kill", "-s", "CONT", Long.toString(linekeeper.pid()));
  }

  /** Of the process, for who stops it, lets it go on or ends it. */
  long pid() {
    return linekeeper.pid();
  }

  Path log() {
    return log;
  }

  boolean running() {
    return linekeeper.isAlive();
  }

  @Override
  public void close() {
    ear.close();
    linekeeper.destroy();
    try {
      if (!linekeeper.waitFor(15, TimeUnit.SECONDS)) {
        linekeeper.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
