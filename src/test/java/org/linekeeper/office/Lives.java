package org.linekeeper.office;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;

/** One Linekeeper after the other on the same journal, each killed before the next begins. */
final class Lives implements AutoCloseable {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final Path directory;
  private Child now;

  /** A process that is there, but where Linekeeper has not begun: it saves a second each time. */
  private Child next;

  /** Begins the first. */
  Lives(Path directory) {
    this.directory = directory;
    now = new Child(directory);
    next = new Child(directory);
    now.start().healthy();
  }

  /** The one that runs. */
  Child now() {
    return now;
  }

  /** Kills the one that runs, if nobody has, and begins another. */
  void startAnew() {
    now.kill();
    now = next;
    next = new Child(directory);
    now.start().healthy();
  }

  /** Waits until the one that runs has been killed by somebody. */
  void awaitDeath(String where) {
    await()
        .alias("killed " + where)
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> !now.alive());
  }

  /** Waits until so many numbers ring on mobiles, and nothing is under way. */
  void settles(int diverted) {
    await()
        .alias(diverted + " numbers on mobiles")
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> now.state().filter(s -> s.settledWith(diverted)).isPresent());
  }

  @Override
  public void close() {
    now.close();
    next.close();
  }
}
