package org.linekeeper.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Keeps the machine's processors busy until closed, with processes that count for ever. */
public final class CpuHogs implements AutoCloseable {
  private final List<Process> hogs = new ArrayList<>();

  /** Starts this many. */
  public static CpuHogs start(int count) {
    CpuHogs all = new CpuHogs();
    for (int i = 0; i < count; i++) {
      try {
        // for ten minutes at most, should the test die without closing
        all.hogs.add(
            new ProcessBuilder("timeout", "600", "sh", "-c", "while :; do :; done").start());
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
