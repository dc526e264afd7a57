package org.linekeeper.demo.office;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Writes the files that the demo's Linekeeper reads, as an engineer would have by hand. */
final class DemoFiles {
  private static final List<String> NAMES =
      List.of("linekeeper.yml", "numbers.yml", "staff.yml", "schedule.yml");

  /** What an earlier demo left; anything else means that the directory is somebody's own. */
  private static final String MARK = ".linekeeper-demo";

  private final Path directory;

  private DemoFiles(Path directory) {
    this.directory = directory;
  }

  /**
   * An empty directory: the simulated carrier forgets at each start, so must the journal.
   *
   * @throws IOException if it cannot be used, or holds what no demo has made
   */
  static DemoFiles in(Path directory) throws IOException {
    Path mark = directory.resolve(MARK);
    if (Files.isDirectory(directory) && !isEmpty(directory)) {
      if (!Files.exists(mark)) {
        throw new IOException(directory + " has files that are not the demo's. Name another one.");
      }
      delete(directory);
    }
    Files.createDirectories(directory);
    Files.createFile(mark);
    return new DemoFiles(directory);
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.findAny().isEmpty();
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** A file that holds one secret, for its owner's eyes. */
  void secret(String name, String value) throws IOException {
    Path folder = Files.createDirectories(directory.resolve("secrets"));
    Path file = Files.writeString(folder.resolve(name), value + "\n");
    if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
  }

  /** Each {@code <name>} in the files is replaced. */
  void write(Map<String, String> values) throws IOException {
    for (String name : NAMES) {
      String text = template(name);
      for (Map.Entry<String, String> value : values.entrySet()) {
        text = text.replace("<" + value.getKey() + ">", value.getValue());
      }
      Files.writeString(directory.resolve(name), text);
    }
  }

  private static String template(String name) {
    try (InputStream in = DemoFiles.class.getResourceAsStream("/demo/config/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the jar was built without demo/config/" + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
