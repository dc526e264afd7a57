package org.linekeeper.gameday;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.linekeeper.lab.AsteriskRoot;
import org.linekeeper.lab.LabHost;
import org.linekeeper.lab.LabNetwork;
import tools.jackson.databind.ObjectMapper;

/**
 * Builds the network, and starts {@link Inside} in the carrier's namespace, so that nothing that is
 * measured or that measures goes through the machine itself. Whatever becomes of that process, the
 * network is removed; if this one is killed as well, by the next game day.
 */
final class GameDay {
  /** What a process of the game day is started with: small, since several share two cores. */
  static final List<String> SMALL = List.of("-Xmx512m", "-XX:+UseSerialGC");

  private static final ObjectMapper JSON = new ObjectMapper();

  private GameDay() {}

  /**
   * Does what the words say, as in {@link Inside}; fails if that fails.
   *
   * @param line is given each line of what is printed
   */
  static void run(List<String> words, Consumer<String> line) {
    AsteriskRoot.ensureGameDayTools();
    Inside.root(words); // out here: no package gets into the carrier's namespace
    try (LabNetwork network = LabNetwork.isolated()) {
      LabHost carrier = network.host(House.CARRIER, 1);
      carrier.alias(network.emergencySip().getHostString());
      network.host(House.PHONES, 2).alias(network.stranger().getHostString());
      network.host(House.WATCHER, 4);
      network.host("primary");
      network.host("standby");
      run(carrier, network.number(), words, line);
    }
  }

  /** As {@link #run}, and gives the result; prints all else. */
  static <T> T result(Class<T> type, String... words) {
    List<T> results = new ArrayList<>();
    run(
        List.of(words),
        line -> {
          if (line.startsWith(Inside.RESULT)) {
            results.add(JSON.readValue(line.substring(Inside.RESULT.length()), type));
          } else {
            System.out.println(line);
          }
        });
    return results.get(0);
  }

  private static void run(LabHost carrier, int number, List<String> words, Consumer<String> line) {
    List<String> command = new ArrayList<>(carrier.command(java(), "-Dlinekeeper.jar=" + jar()));
    command.addAll(SMALL);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            Inside.class.getName(),
            Integer.toString(number)));
    command.addAll(words);
    try {
      // its input stays open as long as we live: it ends when we are gone
      Process inside = new ProcessBuilder(command).redirectErrorStream(true).start();
      try (BufferedReader printed =
          new BufferedReader(
              new InputStreamReader(inside.getInputStream(), StandardCharsets.UTF_8))) {
        for (String next = printed.readLine(); next != null; next = printed.readLine()) {
          line.accept(next);
        }
      }
      if (!inside.waitFor(30, TimeUnit.SECONDS) || inside.exitValue() != 0) {
        throw new AssertionError("the game day failed; what it printed says why");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted during the game day", e);
    }
  }

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  static String jar() {
    return Path.of(System.getProperty("linekeeper.jar", "target/linekeeper.jar"))
        .toAbsolutePath()
        .toString();
  }
}
