package org.linekeeper.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A lab run that crashed must not cost the next one anything, nor one run another. */
@Tag("lab")
class LabNetworkIT {
  /** Beyond the subnets that labs claim, so that this test meets nobody. */
  private static final int CRASHED = 251;

  @Test
  void whatACrashedRunLeftBehindIsRemovedByTheNext() throws Exception {
    Shell.run("ip", "link", "add", "lkb" + CRASHED, "type", "bridge");
    Shell.run("ip", "link", "set", "lkb" + CRASHED, "alias", "linekeeper-lab 1@0");
    Shell.run("ip", "netns", "add", "lk" + CRASHED + "-primary");
    Process left =
        new ProcessBuilder("ip", "netns", "exec", "lk" + CRASHED + "-primary", "sleep", "60")
            .start();
    Await.until(
        "the process of the crashed run in its namespace",
        Duration.ofSeconds(5),
        () -> !pidsOfCrashed().isBlank());

    try (LabNetwork network = LabNetwork.create()) {
      assertThat(left.waitFor(5, TimeUnit.SECONDS)).isTrue();
      assertThat(Path.of("/sys/class/net/lkb" + CRASHED)).doesNotExist();
      assertThat(Path.of("/run/netns/lk" + CRASHED + "-primary")).doesNotExist();
      assertThat(Path.of("/sys/class/net", network.bridge())).exists();
    }
  }

  @Test
  void twoLabsStandSideBySideAndEachRemovesOnlyItself() {
    try (LabNetwork first = LabNetwork.create()) {
      try (LabNetwork second = LabNetwork.create()) {
        assertThat(second.watcherAddress()).isNotEqualTo(first.watcherAddress());
      }
      assertThat(Files.exists(Path.of("/sys/class/net", first.bridge()))).isTrue();
    }
  }

  private static String pidsOfCrashed() {
    return Shell.attempt(Shell.USUAL, List.of("ip", "netns", "pids", "lk" + CRASHED + "-primary"))
        .output();
  }
}
