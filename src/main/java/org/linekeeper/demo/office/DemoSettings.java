package org.linekeeper.demo.office;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How is this demo set up?
 *
 * @param watchers names of the Linekeepers that watch: one, or three together
 * @param directory for files and journal; what a demo left there is replaced
 * @param webPort where the page will be, and so where the carrier brings texts
 * @param webhook whether the carrier brings texts; otherwise they are fetched only
 * @param pollEvery between two looks for texts
 * @param holdDown as in linekeeper.yml
 * @param divertAfter as in linekeeper.yml
 * @param returnAfter as in linekeeper.yml
 * @param callEvery between two calls from outside
 */
public record DemoSettings(
    List<String> watchers,
    Path directory,
    int webPort,
    boolean webhook,
    Duration pollEvery,
    Duration holdDown,
    Duration divertAfter,
    Duration returnAfter,
    Duration callEvery) {
  private static final List<String> ONE = List.of("demo");
  private static final List<String> THREE = List.of("watcher-1", "watcher-2", "witness");

  /** Copies its list. */
  public DemoSettings {
    watchers = List.copyOf(watchers);
  }

  /** What a newcomer gets. */
  public static DemoSettings shipped(Path directory, int webPort) {
    return new DemoSettings(
        ONE,
        directory,
        webPort,
        true,
        Duration.ofSeconds(5),
        Duration.ofMinutes(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(1));
  }

  /** With waits for tests, one way for texts, and calls in quick succession. */
  public static DemoSettings quick(Path directory, int webPort, boolean webhook) {
    return new DemoSettings(
        ONE,
        directory,
        webPort,
        webhook,
        webhook ? Duration.ofHours(1) : Duration.ofSeconds(1),
        Duration.ofMinutes(10),
        Duration.ofSeconds(2),
        Duration.ofSeconds(2),
        Duration.ofMillis(200));
  }

  /**
   * The same with three watchers. Texts are fetched, by whoever leads: the carrier would bring them
   * to one of the three, which may be the one that was killed.
   */
  public DemoSettings three() {
    return new DemoSettings(
        THREE,
        directory,
        webPort,
        false,
        Duration.ofSeconds(2),
        holdDown,
        divertAfter,
        returnAfter,
        callEvery);
  }

  /** Whether more than one watches. */
  public boolean several() {
    return watchers.size() > 1;
  }
}
