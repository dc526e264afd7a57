package org.linekeeper.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** ARCHITECTURE.md lists the rooms as their package-info and imports have them. */
class RoomsTest {
  private static final Path HOUSE = Path.of("src/main/java/org/linekeeper");
  private static final Pattern JAVADOC = Pattern.compile("(?s)/\\*\\*(.*?)\\*/");
  private static final Pattern IMPORT =
      Pattern.compile("(?m)^import (?:static )?org\\.linekeeper\\.([a-z]+)\\.");

  @Test
  void thePageShowsEveryRoomAndWhomItKnows() throws IOException {
    StringBuilder text = new StringBuilder("| room | what it is for | knows |\n|---|---|---|\n");
    List<Path> rooms = rooms();
    assertThat(rooms).hasSizeGreaterThan(15);
    for (Path room : rooms) {
      String name = room.getFileName().toString();
      text.append("| `%s` | %s | %s |\n".formatted(name, purpose(room), known(room, name)));
    }
    new GeneratedPart(Path.of("ARCHITECTURE.md"), RoomsTest.class).isUpToDate(text.toString());
  }

  private static List<Path> rooms() throws IOException {
    try (Stream<Path> files = Files.list(HOUSE)) {
      return files.filter(Files::isDirectory).sorted().toList();
    }
  }

  /** The first sentence says it. */
  private static String purpose(Path room) throws IOException {
    Path info = room.resolve("package-info.java");
    if (!Files.exists(info)) {
      return "only rooms of its own, each with its purpose";
    }
    String javadoc =
        JAVADOC
            .matcher(Files.readString(info))
            .results()
            .map(m -> m.group(1))
            .findFirst()
            .orElseThrow()
            .replaceAll("\\n \\*", " ")
            .replaceAll("\\{@\\w+ ([^}]*)}", "`$1`")
            .replaceAll("\\s+", " ")
            .strip();
    return javadoc.replaceFirst("(?s)(?<=[a-z)])\\. [A-Z].*", "").replaceFirst("\\.$", "");
  }

  private static String known(Path room, String name) throws IOException {
    Set<String> known = new TreeSet<>();
    try (Stream<Path> files = Files.walk(room)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        IMPORT
            .matcher(Files.readString(file))
            .results()
            .map((MatchResult m) -> m.group(1))
            .filter(other -> !other.equals(name))
            .forEach(known::add);
      }
    }
    return known.isEmpty() ? "nobody" : known.stream().collect(Collectors.joining(", "));
  }
}
