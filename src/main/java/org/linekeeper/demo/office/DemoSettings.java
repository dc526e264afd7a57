package org.linekeeper.demo.office;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How is this demo set up?
 *
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
    Path directory,
    int webPort,
    boolean webhook,
    Duration pollEvery,
    Duration holdDown,
    Duration divertAfter,
    Duration returnAfter,
    Duration callEvery) {
  /** What a newcomer gets. */
  public static DemoSettings shipped(Path directory, int webPort) {
    return new DemoSettings(
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
        directory,
        webPort,
        webhook,
        webhook ? Duration.ofHours(1) : Duration.ofSeconds(1),
        Duration.ofMinutes(10),
        Duration.ofSeconds(2),
        Duration.ofSeconds(2),
        Duration.ofMillis(200));
  }
}
