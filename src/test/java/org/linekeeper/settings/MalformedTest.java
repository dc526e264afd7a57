package org.linekeeper.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands in the files: no exception, either settings or problems that name a line. */
class MalformedTest {
  static final List<String> FILES = Snapshot.NAMES;

  /** What nobody meant to write as the value of any key. */
  private static final List<String> NONSENSE =
      List.of(
          "",
          "~",
          "''",
          "[]",
          "{}",
          "[[[]]]",
          "{a: {b: {c: d}}}",
          "[{}, {}]",
          "-1",
          "1e999",
          "99999999999999999999999999",
          "0x7fffffffffffffff",
          ".nan",
          "!!binary aGVsbG8=",
          "!!set {a, b}",
          "!x y",
          "&a [*a]",
          "${env:",
          "${env:NOT_SET}",
          "file:/dev/zero",
          "file:\\0",
          "\"\\0\\u0007\\uD800\"",
          "'" + "x".repeat(20_000) + "'",
          "? ? ?",
          "\u0000",
          "☎".repeat(3000),
          "|",
          "%TAG",
          "@at",
          "`tick`");

  @TempDir Path directory;

  @BeforeEach
  void examples() throws IOException {
    for (String file : FILES) {
      Files.copy(Path.of("config").resolve(file), directory.resolve(file));
    }
  }

  private SettingsRead read() {
    return new SettingsReader(
            name -> name.equals("NOT_SET") ? Optional.empty() : Optional.of("a secret"),
            TargetCheck.NONE)
        .read(directory);
  }

  private SettingsRead read(String file, String text) throws IOException {
    Files.write(directory.resolve(file), text.getBytes(StandardCharsets.UTF_8));
    return check(text);
  }

  /** Every problem can be found in the files and read in a line. */
  private SettingsRead check(String text) {
    SettingsRead read = read();
    assertThat(read.settings().isPresent()).as(text).isEqualTo(read.problems().isEmpty());
    for (Problem problem : read.problems()) {
      assertThat(problem.line()).as("%s", problem).isPositive();
      assertThat(problem.toString()).doesNotContain("\n").hasSizeLessThan(1000);
      assertThat(problem.wrong()).isNotBlank();
      assertThat(problem.remedy()).isNotBlank();
    }
    return read;
  }

  @ParameterizedTest
  @FieldSource("FILES")
  void aFileThatIsCutOffAnywhere(String file) throws IOException {
    String whole = Files.readString(directory.resolve(file));
    for (int end = 0; end < whole.length(); end += 23) {
      read(file, whole.substring(0, end));
    }
    assertThat(read(file, "").problems()).isNotEmpty();
  }

  @ParameterizedTest
  @FieldSource("FILES")
  void nonsenseAtEveryKey(String file) throws IOException {
    String[] lines = Files.readString(directory.resolve(file)).split("\n", -1);
    int replaced = 0;
    for (int i = 0; i < lines.length; i++) {
      String line = lines[i];
      int colon = line.indexOf(": ");
      if (colon < 0 || line.strip().startsWith("#")) {
        continue;
      }
      // Each key gets a third of it, so that the test takes seconds; its neighbours get the rest.
      for (int n = i % 3; n < NONSENSE.size(); n += 3) {
        String nonsense = NONSENSE.get(n);
        String[] changed = lines.clone();
        changed[i] = line.substring(0, colon + 2) + nonsense;
        read(file, String.join("\n", changed));
        replaced++;
      }
    }
    assertThat(replaced).isPositive();
  }

  @ParameterizedTest
  @FieldSource("FILES")
  void aListOrSectionWhereAnotherKindBelongsIsAlwaysAProblem(String file) throws IOException {
    String whole = Files.readString(directory.resolve(file));
    for (String line : whole.lines().filter(l -> l.matches("[a-z]+:.*")).toList()) {
      String key = line.substring(0, line.indexOf(':'));
      String rest = whole.replaceAll("(?ms)^" + key + ":.*?(?=^[a-z]|\\z)", "");
      for (String value : List.of("nonsense", "{nonsense: {nonsense: [x]}}", "[[x]]")) {
        SettingsRead read = read(file, rest + "\n" + key + ": " + value + "\n");
        assertThat(read.problems()).as("%s: %s", key, value).isNotEmpty();
      }
    }
  }

  @ParameterizedTest
  @FieldSource("FILES")
  void bytesChangedAtRandom(String file) throws IOException {
    byte[] whole = Files.readAllBytes(directory.resolve(file));
    for (int seed = 0; seed < 150; seed++) {
      Random random = new Random(seed);
      byte[] changed = whole.clone();
      for (int i = 0; i <= random.nextInt(4); i++) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      }
      Files.write(directory.resolve(file), changed);
      check("seed " + seed);
    }
  }

  @ParameterizedTest
  @FieldSource("FILES")
  void linesLostOrRepeatedOrIndentedAtRandom(String file) throws IOException {
    String[] lines = Files.readString(directory.resolve(file)).split("\n", -1);
    for (int seed = 0; seed < 150; seed++) {
      Random random = new Random(seed);
      List<String> changed = new ArrayList<>(Arrays.asList(lines));
      for (int i = 0; i <= random.nextInt(3); i++) {
        int at = random.nextInt(changed.size());
        switch (random.nextInt(4)) {
          case 0 -> changed.remove(at);
          case 1 -> changed.add(at, changed.get(random.nextInt(changed.size())));
          case 2 -> changed.set(at, "  " + changed.get(at));
          default -> changed.set(at, "\t" + changed.get(at));
        }
      }
      read(file, String.join("\n", changed));
    }
  }

  @Test
  void aBillionLaughs() throws IOException {
    StringBuilder text =
        new StringBuilder("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
    for (int i = 1; i < 12; i++) {
      String nine = String.join(", ", Collections.nCopies(9, "*a" + (i - 1)));
      text.append("a" + i + ": &a" + i + " [" + nine + "]\n");
    }
    text.append("numbers: *a11\n");

    SettingsRead read = read(Snapshot.NUMBERS, text.toString());

    assertThat(read.problems()).isNotEmpty();
  }

  @Test
  void aListThatContainsItself() throws IOException {
    assertThat(read(Snapshot.SCHEDULE, "schedule: &a [*a, {name: &b {name: *b}}]\n").problems())
        .isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{", "- ", "a: {", "? ", "!", "&", "*", "'", "\"", "|\n", "---\n"})
  void deepAndEndless(String piece) throws IOException {
    for (int count : new int[] {1, 30, 50_000}) {
      assertThat(read(Snapshot.STAFF, piece.repeat(count)).problems()).isNotEmpty();
    }
  }

  @Test
  void aFileThatIsTooLarge() throws IOException {
    assertThat(read(Snapshot.STAFF, "#".repeat(Snapshot.LARGEST + 1)).problems())
        .extracting(Problem::wrong)
        .contains("the file is larger than 1 MB");
  }

  @Test
  void aDirectoryInsteadOfAFile() throws IOException {
    Files.delete(directory.resolve(Snapshot.STAFF));
    Files.createDirectory(directory.resolve(Snapshot.STAFF));

    assertThat(check("").problems())
        .extracting(Problem::wrong)
        .anyMatch(wrong -> wrong.startsWith("the file cannot be read"));
  }

  @Test
  void anotherEncodingIsToldWithItsLine() throws IOException {
    String text = Files.readString(directory.resolve(Snapshot.STAFF)).replace("Bob Baker", "Bôb");
    Files.write(directory.resolve(Snapshot.STAFF), text.getBytes(StandardCharsets.ISO_8859_1));

    assertThat(check(text).problems())
        .anySatisfy(
            problem -> {
              assertThat(problem.wrong()).contains("not UTF-8");
              assertThat(text.lines().toList().get(problem.line() - 1)).contains("Bôb");
            });
  }

  @Test
  void windowsLineEndsAndAByteOrderMarkAreNoMistake() throws IOException {
    for (String file : FILES) {
      String text = Files.readString(directory.resolve(file));
      Files.writeString(directory.resolve(file), "\uFEFF" + text.replace("\n", "\r\n"));
    }

    assertThat(check("").problems()).isEmpty();
  }

  @Test
  void everyValueCanBeWrongAndNoneIsShownIfItIsSecret() throws IOException {
    String text =
        Files.readString(directory.resolve(Snapshot.OFFICE))
            .replaceAll("\\$\\{env:[A-Z_]+}", "PLANTED-SECRET");

    SettingsRead read = read(Snapshot.OFFICE, text);

    assertThat(read.problems()).hasSize(3);
    assertThat(read.problems().toString()).doesNotContain("PLANTED");
  }
}
