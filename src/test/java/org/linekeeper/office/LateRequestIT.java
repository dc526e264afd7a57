package org.linekeeper.office;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.linekeeper.demo.carrier.Fault;

/**
 * A request that the carrier carries out only long after Linekeeper has given it up, or has died
 * and been started again, does not have the last word.
 */
@Timeout(180)
class LateRequestIT {
  private static final Duration LANDS_AFTER = Duration.ofSeconds(9);
  private static final Duration MENDED = Duration.ofSeconds(60);

  @TempDir Path one;
  @TempDir Path another;

  /** Mostly waiting, so both stories at once. */
  @Test
  void theLastWordIsWhatIsWantedNow() {
    CompletableFuture.allOf(
            CompletableFuture.runAsync(() -> in(one, LateRequestIT::divertLandsAfterTheReturn)),
            CompletableFuture.runAsync(() -> in(another, LateRequestIT::returnLandsAfterTheDivert)))
        .join();
  }

  /** An office, and who kills Linekeeper in it. */
  private record Scene(
      Path directory, Office office, Reaper reaper, Map<String, Map<String, Object>> before) {
    /** The late request has been carried out. */
    void landed() {
      await()
          .atMost(LANDS_AFTER.multipliedBy(2))
          .pollInterval(Duration.ofMillis(20))
          .until(
              () ->
                  office.carrier().exchanges().stream()
                      .anyMatch(e -> e.fault().equals(Optional.of(Fault.TIMEOUT_LATE))));
    }
  }

  private static void in(Path directory, Consumer<Scene> story) {
    try (Office office = new Office(directory).withLines(2)) {
      OfficeFiles files = new OfficeFiles(office);
      files.write();
      office.write(
          "linekeeper.yml", files.linekeeper().replace("most-at-once: 90", "most-at-once: 1"));
      office.carrier().knobs(office.carrier().knobs().withHang(LANDS_AFTER));
      story.accept(new Scene(directory, office, new Reaper(office.carrier()), office.records()));
    }
  }

  private static void divertLandsAfterTheReturn(Scene scene) {
    try (Child first = new Child(scene.directory()).start().healthy();
        Child second = new Child(scene.directory())) {
      scene.reaper().watch(first);
      scene.reaper().kill(true, 1, Fault.TIMEOUT_LATE);
      first.say("DIVERT ALL");
      first.gone();
      second.start().healthy();
      settles(second, 2);
      assertThat(second.say("RETURN ALL")).isTrue();
      settles(second, 0);
      assertThat(scene.office().records()).as("returned in time").isEqualTo(scene.before());
      scene.landed();
      await().atMost(MENDED).until(() -> scene.office().records().equals(scene.before()));
    }
  }

  private static void returnLandsAfterTheDivert(Scene scene) {
    try (Child first = new Child(scene.directory()).start().healthy();
        Child second = new Child(scene.directory())) {
      scene.reaper().watch(first);
      assertThat(first.say("DIVERT ALL")).isTrue();
      settles(first, 2);
      scene.reaper().watch(first);
      scene.reaper().kill(true, 1, Fault.TIMEOUT_LATE);
      first.say("RETURN ALL");
      first.gone();
      second.start().healthy();
      settles(second, 0);
      assertThat(second.say("DIVERT ALL")).isTrue();
      settles(second, 2);
      scene.landed();
      Office office = scene.office();
      await().atMost(MENDED).until(() -> office.lines().stream().allMatch(office::diverted));
      assertThat(second.say("RETURN ALL")).isTrue();
      settles(second, 0);
      assertThat(office.records()).isEqualTo(scene.before());
    }
  }

  private static void settles(Child linekeeper, int diverted) {
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> linekeeper.state().filter(s -> s.settledWith(diverted)).isPresent());
  }
}
