package org.linekeeper.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Keeps the machine's processors busy until closed, with processes that count for ever. */
public final class CpuHogs implements AutoCloseable {
  private final List<Process> hogs = new ArrayList<>();

  /** Starts this many. */
  public static CpuHogs start(int count) {
    return start(count, Duration.ofMinutes(10));
  }

  /** Starts this many, to end by themselves after so long should the test die without closing. */
  public static CpuHogs start(int count, Duration longest) {
    CpuHogs all = new CpuHogs();
    for (int i = 0; i < count; i++) {
      try {
        all.hogs.add(
            new ProcessBuilder(
                    "timeout",
                    Long.toString(longest.toSeconds()),
                    "sh",
                    "-c",
                    "while :; do :; done")
                .start());
      } catch (IOException e) {
        all.close();
        throw new UncheckedIOException(e);
      }
    }
    return all;
  }

  /** How many still run. */
  public long running() {
    return hogs.stream().filter(Process::isAlive).count();
  }

  @Override
  public void close() {
    // SIGTERM to `timeout`, which passes it on to what it runs
    hogs.forEach(Process::destroy);
  }
}
