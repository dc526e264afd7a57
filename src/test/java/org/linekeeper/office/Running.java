package org.linekeeper.office;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.linekeeper.failover.CommandDesk.Told;
import org.linekeeper.failover.Overview;
import org.linekeeper.journal.Journal;
import org.linekeeper.journal.Recorded;
import org.linekeeper.service.Clocks;
import org.linekeeper.service.Service;
import org.linekeeper.service.ServiceAround;
import org.linekeeper.settings.SettingsRead;
import org.linekeeper.state.Actor;
import org.linekeeper.state.MovedNumber;
import org.linekeeper.state.State;
import org.linekeeper.time.Ticker;
import org.linekeeper.verdict.Verdict;

/** A running Linekeeper in this process, and the questions that tests ask of it. */
final class Running implements AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(20);
  private static final Actor PAT = new Actor(Actor.Door.CLI, "pat");

  private final Service service;

  private Running(Service service) {
    this.service = service;
  }

  /** Starts it on the files in the directory. */
  static Running on(Path directory) {
    return on(directory, Clocks.system(), UnaryOperator.identity());
  }

  static Running on(Path directory, InstantSource time) {
    return on(directory, new Clocks(time, Ticker.system()), UnaryOperator.identity());
  }

  static Running on(Path directory, UnaryOperator<Journal> around) {
    return on(directory, Clocks.system(), around);
  }

  private static Running on(Path directory, Clocks clocks, UnaryOperator<Journal> around) {
    SettingsRead read = Service.reader().read(directory);
    assertThat(read.problems()).isEmpty();
    return new Running(
        ServiceAround.start(
            read.settings().orElseThrow(), directory, clocks, System.err::println, around));
  }

  Service service() {
    return service;
  }

  State state() {
    return service.journal().state();
  }

  /** Waits until it has looked at everything and finds nothing wrong. */
  Running healthy() {
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(
            () -> {
              Overview overview = service.loop().overview();
              assertThat(overview.troubles()).isEmpty();
              assertThat(overview.verdicts().values())
                  .hasSize(2)
                  .allMatch(verdict -> verdict.kind() == Verdict.Kind.HEALTHY);
            });
    return this;
  }

  /** Says something on the command line. */
  Told say(String words) {
    try {
      return service.commands().say(words, PAT).toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("no answer to " + words, e);
    }
  }

  /** Whether so many numbers ring on mobiles, and nothing is under way or in doubt. */
  boolean settledWith(int diverted) {
    State now = state();
    return now.openPlans().isEmpty()
        && now.moved().size() == diverted
        && now.moved().values().stream().allMatch(MovedNumber::settled);
  }

  Running settles(int diverted) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> settledWith(diverted));
    return this;
  }

  /** The latest sentences of the journal, the newest first. */
  List<String> journal() {
    return service.journal().latest(500).stream()
        .map(Recorded::entry)
        .map(entry -> entry.sentence())
        .toList();
  }

  @Override
  public void close() {
    service.close();
  }
}
