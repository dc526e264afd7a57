package org.linekeeper.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.linekeeper.verdict.Verdict;

/** What the pages name is there. */
class PagesTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");
  private static final Pattern CLASS =
      Pattern.compile("`([A-Z][a-z]+[A-Za-z0-9]*)(?:\\.[a-z]\\w+)?`");

  private static List<Path> pages() throws IOException {
    try (Stream<Path> files =
        Stream.of(".", "docs", "dialplans")
            .map(Path::of)
            .flatMap(directory -> Stream.of(directory.toFile().listFiles()))
            .map(java.io.File::toPath)) {
      return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
    }
  }

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    assertThat(pages()).hasSizeGreaterThan(6);
    for (Path page : pages()) {
      LINK.matcher(Files.readString(page))
          .results()
          .map(m -> m.group(1))
          .forEach(to -> assertThat(page.resolveSibling(to)).as("in %s", page).exists());
    }
  }

  @Test
  void everyClassThatTheArchitectureNamesExists() throws IOException {
    Set<String> known;
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      known =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".java"))
              .map(name -> name.replace(".java", ""))
              .collect(Collectors.toSet());
    }
    List<String> named =
        CLASS
            .matcher(Files.readString(Path.of("ARCHITECTURE.md")))
            .results()
            .map(m -> m.group(1))
            .toList();

    assertThat(named).hasSizeGreaterThan(30);
    assertThat(known).containsAll(named);
  }

  @Test
  void operationsTellWhatEachVerdictMeans() throws IOException {
    String operations = Files.readString(Path.of("docs/OPERATIONS.md"));

    for (Verdict.Kind kind : Verdict.Kind.values()) {
      assertThat(operations).contains("\n| " + kind.words() + " |");
    }
  }

  @Test
  void noPageKnowsTheMachineItWasWrittenOn() throws IOException {
    for (Path page : pages()) {
      assertThat(Files.readString(page).toLowerCase(Locale.ROOT))
          .as("in %s", page)
          .doesNotContain("/work/", "/tmp/", "/home/", "/root/");
    }
  }
}
