package org.linekeeper.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linekeeper.settings.Settings;
import org.linekeeper.settings.SettingsReader;
import org.linekeeper.settings.TargetCheck;

/** Three watchers whose files differ: on which of these differences do they say so? */
class WatcherCardTest {
  @TempDir Path directory;

  @Test
  void howPatientOneIsMustBeAlike() throws IOException {
    String lan = files("profile: lan ", "profile: lan ");
    assertThat(files("hold-down: 10m", "hold-down: 10m")).isEqualTo(lan);
    assertThat(files("profile: lan ", "profile: wan ")).isNotEqualTo(lan);
    assertThat(files("freeze-tolerance: 800ms", "freeze-tolerance: 4s")).isNotEqualTo(lan);
  }

  @Test
  void whatIsDoneMustBeAlike() throws IOException {
    assertThat(files("hold-down: 10m", "hold-down: 11m"))
        .isNotEqualTo(files("hold-down: 10m", "hold-down: 10m"));
  }

  @Test
  void whereEachHasItsFilesNeedNot() throws IOException {
    assertThat(files("journal: /var/lib/linekeeper/journal", "journal: /srv/journal"))
        .isEqualTo(files("profile: lan ", "profile: lan "));
  }

  /** What a watcher says of the shipped files, with that one changed. */
  private String files(String there, String by) throws IOException {
    for (String name : List.of("linekeeper.yml", "numbers.yml", "staff.yml", "schedule.yml")) {
      String text = Files.readString(Path.of("config").resolve(name));
      if (name.equals("linekeeper.yml")) {
        assertThat(text).contains(there);
        text = text.replace(there, by);
      }
      Files.writeString(directory.resolve(name), text);
    }
    Optional<Settings> settings =
        new SettingsReader(
                name -> Optional.of(name.endsWith("SID") ? "AC" + "0".repeat(32) : "s3cret-enough"),
                TargetCheck.NONE)
            .read(directory)
            .settings();
    return WatcherCard.here("watcher-1", settings, Instant.EPOCH, List.of()).files();
  }
}
