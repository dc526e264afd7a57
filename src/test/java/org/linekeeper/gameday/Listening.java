package org.linekeeper.gameday;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** A program that prints what it observes, a line at a time, until it is closed. */
final class Listening implements AutoCloseable {
  private final Process process;

  private Listening(Process process) {
    this.process = process;
  }

  /**
   * Times that it prints are UTC.
   *
   * @param name of the thread
   * @param each is given each line as it comes, on that thread
   */
  static Listening to(List<String> command, String name, Consumer<String> each) {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("TZ", "UTC");
    try {
      Process process = builder.start();
      Thread reader = new Thread(() -> read(process, each), name);
      reader.setDaemon(true);
      reader.start();
      return new Listening(process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void read(Process process, Consumer<String> each) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        each.accept(line);
      }
    } catch (IOException e) {
      // it was ended
    }
  }

  /** Whether it is still there: a program that ended observes nothing. */
  boolean goesOn() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.destroy();
  }
}
