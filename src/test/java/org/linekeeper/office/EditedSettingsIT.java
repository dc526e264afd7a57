package org.linekeeper.office;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linekeeper.settings.Problem;

/** The admin edits the files while the phones ring. */
class EditedSettingsIT {
  private static final Duration AT_ONCE = Duration.ofSeconds(2);
  private static final int LINES = 8;

  @TempDir Path directory;
  private Office office;
  private OfficeFiles files;

  @BeforeEach
  void open() {
    office = new Office(directory).withLines(LINES);
    files = new OfficeFiles(office);
    files.write();
  }

  @AfterEach
  void close() {
    office.close();
  }

  @Test
  void aGoodEditCountsWithinTwoSeconds() {
    String line = office.lines().get(0);
    try (Running linekeeper = Running.on(directory).healthy()) {
      linekeeper.say("DIVERT " + line);
      linekeeper.settles(1);
      assertThat(office.record(line).get("voice_url").toString()).contains(digits(Office.ALICE));
      office.write(
          "numbers.yml", files.numbers().replaceFirst("divert-to: \\[alice]", "divert-to: [bob]"));
      await()
          .atMost(AT_ONCE)
          .pollInterval(Duration.ofMillis(20))
          .until(
              () -> office.record(line).get("voice_url").toString().contains(digits(Office.BOB)));
    }
  }

  @Test
  void aWrongEditChangesNothingAndIsExplained() {
    try (Running linekeeper = Running.on(directory).healthy()) {
      String inForce = linekeeper.state().settings().orElseThrow().hash();
      office.write("numbers.yml", files.numbers().replaceFirst("\\[alice]", "[alcie]"));
      await()
          .atMost(AT_ONCE)
          .until(() -> !linekeeper.service().settingsDesk().problems().isEmpty());
      List<Problem> problems = linekeeper.service().settingsDesk().problems();
      assertThat(problems).hasSize(1);
      assertThat(problems.get(0).toString())
          .contains("numbers.yml:3", "alcie", "did you mean \"alice\"?");
      await()
          .until(
              () ->
                  linekeeper.journal().stream()
                      .anyMatch(
                          s -> s.contains("those before stay in force: ") && s.contains("alcie")));
      assertThat(linekeeper.state().settings().orElseThrow().hash()).isEqualTo(inForce);
      office.write("numbers.yml", files.numbers());
      await().atMost(AT_ONCE).until(() -> linekeeper.service().settingsDesk().problems().isEmpty());
      assertThat(linekeeper.state().settings().orElseThrow().hash()).isEqualTo(inForce);
    }
  }

  @Test
  void anEditThatWouldMoveManyNumbersWaitsForAPerson() {
    try (Running linekeeper = Running.on(directory).healthy()) {
      linekeeper.say("DIVERT ALL");
      linekeeper.settles(LINES);
      office.write("numbers.yml", files.numbers().replace("[alice]", "[bob]"));
      waits(linekeeper);
    }
    // Nor does a restart slip it in.
    try (Running linekeeper = Running.on(directory).healthy()) {
      waits(linekeeper);
      assertThat(ringing(Office.BOB)).isZero();
      assertThat(linekeeper.say("CONFIRM").text()).contains("8 numbers");
      await().atMost(Duration.ofSeconds(20)).until(() -> ringing(Office.BOB) == LINES);
    }
  }

  @Test
  void anEditThatRemovesManyNumbersWaitsForAPerson() {
    try (Running linekeeper = Running.on(directory).healthy()) {
      linekeeper.say("DIVERT ALL");
      linekeeper.settles(LINES);
      String first = files.numbers().lines().limit(3).reduce("", (a, b) -> a + b + "\n");
      office.write("numbers.yml", first);
      waits(linekeeper);
      assertThat(office.lines()).allMatch(office::diverted);
      assertThat(linekeeper.say("CONFIRM").accepted()).isTrue();
      // What is no longer in the files goes back to how it was found.
      linekeeper.settles(1);
      assertThat(office.lines().stream().filter(office::diverted)).hasSize(1);
    }
  }

  private static void waits(Running linekeeper) {
    await().atMost(AT_ONCE).until(() -> linekeeper.service().settingsDesk().waiting().isPresent());
  }

  private long ringing(String mobile) {
    return office.lines().stream()
        .filter(n -> office.record(n).get("voice_url").toString().contains(digits(mobile)))
        .count();
  }

  private static String digits(String mobile) {
    return mobile.substring(1);
  }
}
