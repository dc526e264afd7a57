package org.linekeeper.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linekeeper.estate.PhoneNumber;

class SettingsChangeTest {
  private ConfigDir config;
  private Settings before;

  @BeforeEach
  void tenNumbersThatAliceAnswers(@TempDir Path directory) {
    config = new ConfigDir(directory).write(Snapshot.NUMBERS, numbers(10, "alice"));
    before = config.settings();
  }

  private static String numbers(int count, String who) {
    return "groups: [sales]\nnumbers:\n"
        + IntStream.range(0, count)
            .mapToObj(i -> "  - {number: 01632 96010" + i + ", divert-to: [" + who + "]}\n")
            .collect(Collectors.joining());
  }

  private SettingsChange change() {
    return SettingsChange.between(before.estate(), config.settings().estate());
  }

  @Test
  void aCommentChangesNothing() {
    config.append(Snapshot.NUMBERS, "# checked by Pat\n");

    assertThat(change().isEmpty()).isTrue();
    assertThat(change().needsConfirmation()).isFalse();
    assertThat(change().sentence()).isEqualTo("the edit changes nothing that decides");
  }

  @Test
  void fiveNumbersRemovedTakeEffectAndSixWait() {
    config.write(Snapshot.NUMBERS, numbers(5, "alice"));
    assertThat(change().needsConfirmation()).isFalse();

    config.write(Snapshot.NUMBERS, numbers(4, "alice"));
    assertThat(change().needsConfirmation()).isTrue();
    assertThat(change().sentence())
        .isEqualTo(
            "the edit removes 6 numbers (01632 960104, 01632 960105, 01632 960106, 01632 960107,"
                + " 01632 960108 and 1 more): more than 5 numbers are removed or re-routed, so it"
                + " waits until somebody confirms it");
  }

  @Test
  void removedAndReroutedCountTogether() {
    config.write(
        Snapshot.NUMBERS,
        numbers(7, "alice").replaceFirst("(?s)alice(.*?)alice(.*?)alice", "bob$1bob$2bob"));

    assertThat(change().removed()).hasSize(3);
    assertThat(change().rerouted()).hasSize(3);
    assertThat(change().needsConfirmation()).isTrue();
  }

  @Test
  void anotherMobileReroutesEveryNumberThatItsOwnerAnswers() {
    config.change(Snapshot.STAFF, "07700 900101", "07700 900109");

    assertThat(change().rerouted()).hasSize(10);
    assertThat(change().needsConfirmation()).isTrue();
    assertThat(change().sentence())
        .contains("re-routes 10 numbers", "changes alice (mobile, rights or alerts)");
  }

  @Test
  void anEditCannotLiftItsOwnLimit() {
    config.append(Snapshot.OFFICE, "edits: {confirm-above: 1000}\n");
    config.write(Snapshot.NUMBERS, numbers(1, "alice"));

    assertThat(change().needsConfirmation()).isTrue();
  }

  @Test
  void aLineThatMustStayNowIsRerouted() {
    config.change(Snapshot.NUMBERS, "960100, divert-to: [alice]", "960100, divert: never");

    assertThat(change().rerouted()).containsExactly(new PhoneNumber("+441632960100"));
  }

  @Test
  void aNewNameIsToldButNeedsNobody() {
    config.change(Snapshot.NUMBERS, "960100,", "960100, name: Front desk,");

    assertThat(change().rerouted()).isEmpty();
    assertThat(change().sentence())
        .isEqualTo("the edit changes names, groups or caller IDs of numbers");
  }

  @Test
  void newNumbersAndStaffAreToldAndNeedNobody() {
    config
        .change(
            Snapshot.NUMBERS,
            "numbers:\n",
            "numbers:\n  - {number: 01632 960199, divert-to: [carol]}\n")
        .change(
            Snapshot.STAFF, "staff:\n", "staff:\n  carol: {name: Carol, mobile: 07700 900103}\n")
        .append(Snapshot.OFFICE, "failover: {hold-down: 20m}\n")
        .write(Snapshot.SCHEDULE, "schedule: [{name: n, numbers: all, when: sun all-day}]\n");

    assertThat(change().needsConfirmation()).isFalse();
    assertThat(change().sentence())
        .isEqualTo(
            "the edit adds 1 number (01632 960199); changes the schedule, the failover rules, carol"
                + " (new)");
  }

  @Test
  void whatASchedulesRuleMovesAtThisMomentCountsToo() {
    config.write(Snapshot.SCHEDULE, "schedule: [{name: n, numbers: all, when: mon-sun all-day}]\n");
    Set<PhoneNumber> all = before.estate().numbersByNumber().keySet();

    assertThat(change().needsConfirmation()).isFalse();
    assertThat(change().withReroutedNow(all).needsConfirmation()).isTrue();
  }

  @Test
  void anEditOfNumbersNeedsNoRestart() {
    config.write(Snapshot.NUMBERS, numbers(9, "bob"));

    assertThat(RestartNeeded.between(before, config.settings())).isEmpty();
  }

  @Test
  void portsAndAccessNeedARestartAndNoPasswordIsShown() {
    config
        .append(Snapshot.OFFICE, "web: {port: 9090}\nwatcher: {journal: /srv/journal}\n")
        .change(Snapshot.OFFICE, "${env:AMI_A}", "${env:AMI_B}");

    assertThat(RestartNeeded.between(before, config.settings()))
        .hasSize(3)
        .anyMatch(s -> s.startsWith("the journal's directory changed: this takes effect when"))
        .anyMatch(s -> s.startsWith("the web address, port, users or TLS changed"))
        .anyMatch(s -> s.startsWith("the access to a PBX changed"))
        .noneMatch(s -> s.contains("ami-secret"));
  }
}
