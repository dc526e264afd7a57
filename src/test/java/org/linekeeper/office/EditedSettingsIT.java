package org.linekeeper.office;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linekeeper.demo.pbx.FeatureCode;
import org.linekeeper.estate.PbxId;
import org.linekeeper.settings.Passwords;
import org.linekeeper.settings.Problem;

/** The admin edits the files while the phones ring. */
class EditedSettingsIT {
  private static final Duration AT_ONCE = Duration.ofSeconds(2);
  private static final int LINES = 8;

  @TempDir Path directory;
  private Office office;
  private OfficeFiles files;

  /** Each from another desk: one from which wrong codes keep coming is locked. */
  private int phones;

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
      assertThat(rings(line, Office.ALICE)).isTrue();
      office.write(
          "numbers.yml", files.numbers().replaceFirst("divert-to: \\[alice]", "divert-to: [bob]"));
      within(AT_ONCE, () -> rings(line, Office.BOB));
    }
  }

  @Test
  void aPinThatHasLeakedIsWorthNothingTwoSecondsAfterItsEdit() {
    office.write("staff.yml", files.staff().replace("may-operate: yes", proof("4071")));
    try (Running linekeeper = Running.on(directory).healthy()) {
      assertThat(dialled("4071")).isEqualTo(FeatureCode.Reply.ACCEPTED);
      office.write("staff.yml", files.staff().replace("may-operate: yes", proof("9035")));
      within(AT_ONCE, () -> dialled("4071") == FeatureCode.Reply.REFUSED);
      assertThat(dialled("9035")).isEqualTo(FeatureCode.Reply.ACCEPTED);
      assertThat(linekeeper.journal())
          .anyMatch(s -> s.contains("PINs, staff codes or the rules for texts were edited"));
    }
  }

  @Test
  void aNewStaffCodeCountsWithinTwoSecondsAndTheOldOneNoLonger() {
    office.write("staff.yml", files.staff().replace("may-operate: yes", proof("4071")));
    try (Running linekeeper = Running.on(directory).healthy()) {
      office.write("staff.yml", files.staff().replace("may-operate: yes", proof("22", "4071")));
      within(AT_ONCE, () -> dialled("22", "4071") == FeatureCode.Reply.ACCEPTED);
      assertThat(dialled("21", "4071")).isEqualTo(FeatureCode.Reply.REFUSED);
      assertThat(restartNeeded(linekeeper)).isEmpty();
    }
  }

  @Test
  void anotherMobileOfWhoeverIsRungMovesTheNumbersWithinTwoSeconds() {
    String line = office.lines().get(0);
    String next = "+447700900109";
    office.write(
        "numbers.yml",
        files.numbers().replace("[alice]", "[bob]").replaceFirst("\\[bob]", "[alice]"));
    try (Running linekeeper = Running.on(directory).healthy()) {
      linekeeper.say("DIVERT " + line);
      linekeeper.settles(1);
      office.write("staff.yml", files.staff().replace(Office.ALICE, next));
      within(AT_ONCE, () -> rings(line, next));
    }
  }

  @Test
  void theScheduleMovesNumbersWithinTwoSecondsOfItsEdit() {
    String line = office.lines().get(0);
    try (Running linekeeper = Running.on(directory).healthy()) {
      office.write(
          "schedule.yml",
          "schedule: [{name: works, numbers: [\"" + line + "\"], when: mon-sun all-day}]\n");
      within(AT_ONCE, () -> rings(line, Office.ALICE));
      office.write("schedule.yml", OfficeFiles.SCHEDULE);
      linekeeper.settles(0);
    }
  }

  /** Its name in the files is one thing, which machine is watched and rung another. */
  @Test
  void aStandbyThatWasRenamedServesAllTheSameAndTheNameWaitsForARestart() {
    try (Running linekeeper = Running.on(directory).healthy()) {
      rename("standby", "pbx-2");
      await().atMost(AT_ONCE).until(() -> !restartNeeded(linekeeper).isEmpty());
      assertThat(restartNeeded(linekeeper))
          .anyMatch(s -> s.startsWith("the PBXs (their names") && s.contains("restarted"));
      office.primary().kill();
      within(Running.SOON, () -> office.priority("standby") < office.priority("primary"));
      assertThat(linekeeper.state().active()).contains(new PbxId("standby"));
    }
  }

  @Test
  void aPrimaryThatWasRenamedIsStillTheOneThatServes() {
    try (Running linekeeper = Running.on(directory).healthy()) {
      rename("primary", "pbx-1");
      await().atMost(AT_ONCE).until(() -> !restartNeeded(linekeeper).isEmpty());
      office.write(
          "numbers.yml", files.numbers().replaceFirst("divert-to", "name: Hall, divert-to"));
      String before = linekeeper.state().settings().orElseThrow().hash();
      await()
          .atMost(AT_ONCE)
          .until(() -> !linekeeper.state().settings().orElseThrow().hash().equals(before));
      assertThat(linekeeper.state().active()).contains(new PbxId("primary"));
      office.primary().kill();
      within(Running.SOON, () -> office.priority("standby") < office.priority("primary"));
    }
  }

  /** The files wait for a person, and meanwhile the PBXs in them are watched under new names. */
  @Test
  void anEditThatWaitsOverARestartDoesNotKeepThePbxsFromBeingWatched() {
    try (Running linekeeper = Running.on(directory).healthy()) {
      linekeeper.say("DIVERT ALL");
      linekeeper.settles(LINES);
    }
    rename("standby", "pbx-2");
    office.write("numbers.yml", files.numbers().replace("[alice]", "[bob]"));
    try (Running linekeeper = Running.on(directory).healthy()) {
      waits(linekeeper);
      assertThat(restartNeeded(linekeeper)).isEmpty();
      assertThat(ringing(Office.BOB)).isZero();
      office.primary().kill();
      await()
          .atMost(Running.SOON)
          .until(() -> linekeeper.state().active().filter(new PbxId("pbx-2")::equals).isPresent());
    }
  }

  private void rename(String pbx, String name) {
    String before = files.linekeeper();
    assertThat(before).contains("  " + pbx + ":\n");
    office.write("linekeeper.yml", before.replace("  " + pbx + ":\n", "  " + name + ":\n"));
  }

  private static List<String> restartNeeded(Running linekeeper) {
    return linekeeper.service().settingsDesk().restartNeeded();
  }

  private static String proof(String pin) {
    return proof("21", pin);
  }

  private static String proof(String code, String pin) {
    return "code: \"" + code + "\", pin-hash: " + Passwords.hash(pin).encoded();
  }

  private FeatureCode.Reply dialled(String pin) {
    return dialled("21", pin);
  }

  private FeatureCode.Reply dialled(String code, String pin) {
    return office
        .primary()
        .dialFeatureCode(new FeatureCode("1" + ++phones, code, pin, "STATUS"))
        .toCompletableFuture()
        .join();
  }

  private static void within(Duration limit, Callable<Boolean> holds) {
    await().atMost(limit).pollInterval(Duration.ofMillis(20)).until(holds);
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
    return office.lines().stream().filter(line -> rings(line, mobile)).count();
  }

  private boolean rings(String line, String mobile) {
    return office.record(line).get("voice_url").toString().contains(mobile.substring(1));
  }
}
