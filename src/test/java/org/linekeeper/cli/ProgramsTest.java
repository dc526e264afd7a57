package org.linekeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.linekeeper.settings.PasswordHash;
import org.linekeeper.settings.Passwords;

/** What the jar can be besides a client. */
class ProgramsTest {
  private static Run run(String... arguments) {
    return Run.of(Map.of(), "", arguments);
  }

  @Test
  void withSettingsItIsTheService() {
    assertThat(run("--config", "/etc/linekeeper").started())
        .containsExactly("serve /etc/linekeeper");
  }

  @Test
  void checkTakesTheSettingsBeforeOrAfterItsName() {
    assertThat(run("--config", "a", "check").started()).containsExactly("check a");
    Run after = run("check", "--config", "b", "--live", "+441632960009", "--json");
    assertThat(after.started()).containsExactly("check b live +441632960009 json");
    assertThat(after.exit()).isEqualTo(1);
    assertThat(run("check").exit()).isEqualTo(2);
  }

  @Test
  void demosHavePorts() {
    assertThat(run("demo").started()).containsExactly("demo 8080");
    assertThat(run("demo", "--three", "--port", "8181").started())
        .containsExactly("demo 8181 three");
    assertThat(run("demo-carrier", "--port", "9000").started())
        .containsExactly("demo-carrier 9000");
  }

  @Test
  void hashMakesWhatTheFilesHoldOfAPassword() {
    Run hash = Run.of(Map.of(), "olive's horse\n", "hash");

    assertThat(hash.exit()).isZero();
    assertThat(Passwords.matches("olive's horse", new PasswordHash(hash.out().strip()))).isTrue();
    assertThat(hash.out() + hash.err()).doesNotContain("horse");
    assertThat(Run.of(Map.of(), "\n", "hash").exit()).isEqualTo(2);
  }

  @Test
  void helpNamesEveryCommandAndExitCode() {
    Run help = run("--help");

    assertThat(help.exit()).isZero();
    assertThat(help.out())
        .contains("status", "divert", "return", "switchover", "failback", "acknowledge", "pause")
        .contains("resume", "confirm", "mode", "why", "journal", "plan", "repair", "accept")
        .contains("check", "demo", "hash", "LINEKEEPER_URL")
        .containsPattern("3 +the service does not answer");
  }
}
