package org.linekeeper.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsWatchTest implements SettingsWatch.Listener {
  private final List<Settings> accepted = new ArrayList<>();
  private final List<List<Problem>> refused = new ArrayList<>();
  private ConfigDir config;
  private SettingsWatch watch;

  @BeforeEach
  void theServiceHasStarted(@TempDir Path directory) {
    config = new ConfigDir(directory);
    watch = new SettingsWatch(directory, ConfigDir.reader(), config.settings().hash(), this);
  }

  @Override
  public void accepted(Settings settings) {
    accepted.add(settings);
  }

  @Override
  public void refused(List<Problem> problems) {
    refused.add(problems);
  }

  private void looks(int times) {
    for (int i = 0; i < times; i++) {
      watch.look();
    }
  }

  @Test
  void nothingIsToldWhileNobodyEdits() {
    looks(5);
    config.write(Snapshot.STAFF, ConfigDir.STAFF);
    looks(5);

    assertThat(accepted).isEmpty();
    assertThat(refused).isEmpty();
  }

  @Test
  void aGoodEditIsToldOnce() {
    config.change(Snapshot.STAFF, "Bob Baker", "Robert Baker");
    looks(5);

    assertThat(accepted).singleElement().isEqualTo(config.settings());
    assertThat(refused).isEmpty();
  }

  @Test
  void aFileThatIsStillBeingWrittenIsNotReadYet() {
    config.write(Snapshot.NUMBERS, "numbers:\n  - number: 01632 960001\n    divert-to: [alice]\n");
    looks(1);
    config.write(Snapshot.NUMBERS, ConfigDir.NUMBERS + "# all here\n");
    looks(1);
    assertThat(accepted).as("changed since the last look").isEmpty();

    looks(1);
    assertThat(accepted)
        .singleElement()
        .satisfies(settings -> assertThat(settings.estate().numbers()).hasSize(2));
  }

  @Test
  void aBadEditIsExplainedOnceAndItsRepairTakesEffect() {
    config.change(Snapshot.NUMBERS, "[alice]", "[alcie]");
    looks(5);
    assertThat(refused).singleElement().satisfies(problems -> assertThat(problems).hasSize(1));
    assertThat(accepted).isEmpty();

    config.change(Snapshot.NUMBERS, "[alcie]", "[bob]");
    looks(2);
    assertThat(accepted).hasSize(1);
  }

  @Test
  void takingABadEditBackIsToldSoThatTheErrorGoesAway() {
    config.change(Snapshot.NUMBERS, "[alice]", "[alcie]");
    looks(2);
    config.change(Snapshot.NUMBERS, "[alcie]", "[alice]");
    looks(2);

    assertThat(refused).hasSize(1);
    assertThat(accepted).hasSize(1);
  }

  @Test
  void anEditorThatWritesBesideAndRenames() throws Exception {
    Path beside = config.path.resolve(".staff.yml.swp");
    Files.writeString(beside, ConfigDir.STAFF.replace("Bob Baker", "Robert Baker"));
    looks(2);
    Files.move(beside, config.path.resolve(Snapshot.STAFF), StandardCopyOption.REPLACE_EXISTING);
    looks(2);

    assertThat(accepted).hasSize(1);
    assertThat(refused).isEmpty();
  }

  @Test
  void aFileThatIsGoneForAMomentIsNoNewsAndOneThatStaysGoneIs() throws Exception {
    Files.delete(config.path.resolve(Snapshot.STAFF));
    looks(1);
    config.write(Snapshot.STAFF, ConfigDir.STAFF);
    looks(2);
    assertThat(refused).isEmpty();

    Files.delete(config.path.resolve(Snapshot.STAFF));
    looks(2);
    assertThat(refused).hasSize(1);
  }

  @Test
  void aDefectOfTheReaderIsToldAndDoesNotEndTheWatch() {
    SettingsReader defective =
        new SettingsReader(
            name -> Optional.of("x"),
            (estate, target) -> target.e164().length() < 99 ? fail() : Optional.empty());
    watch = new SettingsWatch(config.path, defective, "another hash", this);
    looks(2);

    assertThat(refused).singleElement().asString().contains("this is a defect of Linekeeper");
    config.write(Snapshot.STAFF, "staff: {}\n").write(Snapshot.NUMBERS, "numbers: []\n");
    looks(2);
    assertThat(accepted).hasSize(1);
  }

  private static Optional<String> fail() {
    throw new IllegalStateException("planted");
  }

  @Test
  void byItselfItNoticesWithinTwoSeconds() throws Exception {
    BlockingQueue<Settings> news = new LinkedBlockingQueue<>();
    SettingsWatch.Listener listener =
        new SettingsWatch.Listener() {
          @Override
          public void accepted(Settings settings) {
            news.add(settings);
          }

          @Override
          public void refused(List<Problem> problems) {}
        };
    try (SettingsWatch running =
        new SettingsWatch(config.path, ConfigDir.reader(), config.settings().hash(), listener)
            .start()) {
      assertThat(running).isNotNull();
      config.change(Snapshot.STAFF, "Bob Baker", "Robert Baker");

      assertThat(news.poll(2, TimeUnit.SECONDS)).as("told within two seconds").isNotNull();
    }
  }
}
