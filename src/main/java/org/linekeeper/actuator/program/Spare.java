package org.linekeeper.actuator.program;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A program that is started ahead of its use and waits for its input, since starting it takes ten
 * times as long as what it is for. Used once; the next one is started when the hurry is over. If
 * none waits, one is started as any other.
 */
public final class Spare implements AutoCloseable {
  /** Whatever goes on in the first moments after it was used has the machine for itself. */
  private static final Duration NEXT = Duration.ofSeconds(2);

  private final Programs programs;
  private final List<String> ahead;
  private final List<String> argv;
  private @Nullable Process waiting;
  private boolean closed;

  /**
   * @param ahead what is started ahead and waits for its input
   * @param argv what is run if that is not there
   */
  Spare(Programs programs, List<String> ahead, List<String> argv) {
    this.programs = programs;
    this.ahead = List.copyOf(ahead);
    this.argv = List.copyOf(argv);
    programs.inTheBackground(this::fill);
  }

  /** Tells one of {@link Programs#whenTold}; like {@link Programs#run}, only sooner. */
  public CompletableFuture<Ended> tell(Map<String, String> environment, Duration deadline) {
    return used(Programs.told(environment), deadline)
        .map(ended -> ended.thenApply(Programs::ofTold))
        .orElseGet(() -> programs.run(argv, environment, "", deadline));
  }

  /** Like {@link Programs#run}, only sooner. */
  public CompletableFuture<Ended> run(String input, Duration deadline) {
    return used(input, deadline).orElseGet(() -> programs.run(argv, Map.of(), input, deadline));
  }

  /** Empty if none waits, or the one that does is gone. */
  private Optional<CompletableFuture<Ended>> used(String input, Duration deadline) {
    Process ready = take();
    CompletableFuture.delayedExecutor(NEXT.toMillis(), TimeUnit.MILLISECONDS, Runnable::run)
        .execute(() -> programs.inTheBackground(this::fill));
    return Optional.ofNullable(ready)
        .filter(Process::isAlive)
        .flatMap(process -> programs.use(process, input, deadline));
  }

  /** Whether one waits. */
  synchronized boolean ready() {
    return waiting != null && waiting.isAlive();
  }

  private synchronized @Nullable Process take() {
    Process ready = waiting;
    waiting = null;
    return ready;
  }

  private void fill() {
    synchronized (this) {
      if (closed || ready()) {
        return;
      }
    }
    programs.startAhead(ahead).ifPresent(this::keep);
  }

  private synchronized void keep(Process started) {
    if (closed || ready()) {
      started.destroyForcibly();
    } else {
      waiting = started;
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (waiting != null) {
      waiting.destroyForcibly();
    }
  }
}
