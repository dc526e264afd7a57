package org.linekeeper.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds and removes networks, namespaces and Asterisks of labs whose JVM is gone. */
final class Leftovers {
  private static final String OWNER = "linekeeper-lab ";
  private static final Path LINKS = Path.of("/sys/class/net");
  private static final Path NAMESPACES = Path.of("/run/netns");

  private Leftovers() {}

  /** The mark that says which JVM a bridge belongs to. */
  static String mark() {
    return OWNER + identity(ProcessHandle.current());
  }

  /** Removes all labs of dead JVMs, and nobody else's. */
  static void remove() {
    for (String bridge : names(LINKS, "lkb")) {
      owner(bridge).filter(Leftovers::gone).ifPresent(dead -> removeNetwork(bridge));
    }
  }

  /** Ends what runs in the network's namespaces, then removes these and the bridge. */
  static void removeNetwork(String bridge) {
    for (String namespace : names(NAMESPACES, bridge.replace("lkb", "lk") + "-")) {
      // by id, and only what runs in a namespace that this lab made
      Shell.attempt(Shell.USUAL, List.of("ip", "netns", "pids", namespace))
          .output()
          .lines()
          .filter(line -> line.matches("[0-9]+"))
          .forEach(pid -> Shell.attempt(Shell.USUAL, List.of("kill", "-9", pid)));
      Shell.attempt(Shell.USUAL, List.of("ip", "netns", "delete", namespace));
    }
    // namespaces go lazily: without this the next lab could meet a port of the same name
    for (String port : names(LINKS, bridge.replace("lkb", "lkp") + "-")) {
      Shell.attempt(Shell.USUAL, List.of("ip", "link", "delete", port));
    }
    Shell.attempt(Shell.USUAL, List.of("ip", "link", "delete", bridge));
  }

  private static Optional<String> owner(String bridge) {
    try {
      String alias = Files.readString(LINKS.resolve(bridge).resolve("ifalias")).trim();
      return Optional.of(alias)
          .filter(text -> text.startsWith(OWNER))
          .map(text -> text.substring(OWNER.length()));
    } catch (IOException e) {
      return Optional.empty(); // removed by its own lab while we looked
    }
  }

  private static boolean gone(String owner) {
    long pid = Long.parseLong(owner.substring(0, owner.indexOf('@')));
    return ProcessHandle.of(pid).map(process -> !identity(process).equals(owner)).orElse(true);
  }

  /** A process id alone could belong to somebody else by now. */
  private static String identity(ProcessHandle process) {
    return process.pid()
        + "@"
        + process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  private static List<String> names(Path directory, String prefix) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> name.startsWith(prefix))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
