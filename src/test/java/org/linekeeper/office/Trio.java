package org.linekeeper.office;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.linekeeper.journal.PeerKeys;
import org.linekeeper.lab.Await;

/** Three Linekeepers beside one office, in processes of their own, that keep one journal. */
final class Trio implements AutoCloseable {
  static final List<String> NAMES = List.of("watcher-1", "watcher-2", "witness");

  /** Three JVMs start at once, on a busy machine. */
  private static final Duration SOON = Duration.ofMinutes(3);

  private static final Duration BETWEEN = Duration.ofMillis(100);

  private final Map<String, OneOfThree> watchers = new LinkedHashMap<>();

  /** Starts all of them on the office's settings files, and waits until they are together. */
  static Trio start(Office office) throws IOException {
    Trio trio = new Trio(office);
    trio.watchers.values().forEach(OneOfThree::start);
    trio.awaitTogether();
    return trio;
  }

  private Trio(Office office) throws IOException {
    Path keys = office.directory().resolve("keys");
    Map<String, String> hosts = new LinkedHashMap<>();
    StringBuilder section = new StringBuilder("watchers:\n");
    for (String name : NAMES) {
      hosts.put(name, "127.0.0.1");
      section.append(
          "  %s: {host: 127.0.0.1, port: %d, failure-domain: %s's}\n"
              .formatted(name, freePort(), name));
    }
    PeerKeys.make(keys, hosts);
    for (String name : NAMES) {
      int port = freePort();
      Path own = Files.createDirectories(office.directory().resolve(name));
      try (Stream<Path> files = Files.list(office.directory())) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Files.copy(file, own.resolve(file.getFileName()));
        }
      }
      Files.writeString(
          own.resolve("linekeeper.yml"),
          office
                  .read("linekeeper.yml")
                  .replace(
                      "watcher: {name: watcher-1, journal: journal}",
                      "watcher: {name: " + name + ", journal: journal, keys: " + keys + "}")
              + section
              + "web: {port: "
              + port
              + "}\n");
      watchers.put(name, new OneOfThree(name, own, port));
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }

  OneOfThree get(String name) {
    return Objects.requireNonNull(watchers.get(name));
  }

  /** The one that leads now; empty between two. */
  Optional<OneOfThree> leads() {
    return watchers.values().stream().filter(OneOfThree::leads).findFirst();
  }

  /** Waits until one leads. */
  OneOfThree leader() {
    return Await.value("one leads", SOON, this::leads);
  }

  /** One that does not. */
  OneOfThree follower() {
    OneOfThree leader = leader();
    return watchers.values().stream()
        .filter(each -> !each.equals(leader) && each.running())
        .findFirst()
        .orElseThrow();
  }

  /** Waits until each of them knows who leads and both PBXs, and none is missed. */
  void awaitTogether() {
    try {
      Await.until(
          "all three are together",
          SOON,
          () -> {
            Await.pause(BETWEEN);
            return leads().isPresent() && watchers.values().stream().allMatch(OneOfThree::well);
          });
    } catch (AssertionError late) {
      throw new AssertionError(watchers.values().toString(), late);
    }
  }

  /** Waits until all of them would show the same journal. */
  void awaitSameJournal() {
    Await.until(
        "all have the same journal",
        SOON,
        () -> watchers.values().stream().map(OneOfThree::journal).distinct().count() == 1);
    assertThat(leader().journal()).isNotEmpty();
  }

  @Override
  public void close() {
    watchers.values().forEach(OneOfThree::close);
  }
}
