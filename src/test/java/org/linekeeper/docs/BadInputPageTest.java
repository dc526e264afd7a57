package org.linekeeper.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tests that docs/BAD-INPUT.md names are there. */
class BadInputPageTest {
  private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT))(?:\\.(\\w+))?`");

  @Test
  void everyTestThatIsNamedExists() throws IOException {
    Map<String, String> tests = new HashMap<>();
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        tests.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
      }
    }
    String page = Files.readString(Path.of("docs/BAD-INPUT.md"));
    assertThat(page).as("a row without a test").doesNotContain("| | |");
    List<String> missing =
        NAMED
            .matcher(page)
            .results()
            .filter(m -> !has(tests.get(m.group(1)), m.group(2)))
            .map(MatchResult::group)
            .toList();
    assertThat(missing).isEmpty();
    assertThat(NAMED.matcher(page).results()).hasSizeGreaterThan(50);
  }

  private static boolean has(String source, String method) {
    return source != null && (method == null || source.contains("void " + method + "("));
  }
}
