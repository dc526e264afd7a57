package org.linekeeper.actuator.program;

import java.time.Duration;
import java.util.List;
import java.util.Map;
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
  private final List<String> argv;
  private @Nullable Process waiting;
  private boolean closed;

  Spare(Programs programs, List<String> argv) {
    this.programs = programs;
    this.argv = List.copyOf(argv);
    programs.inTheBackground(this::fill);
  }

  /** Like {@link Programs#run}, only sooner. */
  public CompletableFuture<Ended> run(String input, Duration deadline) {
    Process ready = take();
    CompletableFuture.delayedExecutor(NEXT.toMillis(), TimeUnit.MILLISECONDS, Runnable::run)
        .execute(() -> programs.inTheBackground(this::fill));
    return ready != null && ready.isAlive()
        ? programs.use(ready, input, deadline)
        : programs.run(argv, Map.of(), input, deadline);
  }

  private synchronized @Nullable Process take() {
    Process ready = waiting;
    waiting = null;
    return ready;
  }

  private void fill() {
    synchronized (this) {
      if (closed || (waiting != null && waiting.isAlive())) {
        return;
      }
    }
    programs.startAhead(argv).ifPresent(this::keep);
  }

  private synchronized void keep(Process started) {
    if (closed || waiting != null && waiting.isAlive()) {
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
