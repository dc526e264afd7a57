package org.linekeeper.office;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Linekeeper as people start it, in a process of its own, with the logging that it ships with. */
final class Program implements AutoCloseable {
  private final Process process;
  private final Path said;

  /**
   * @param said where everything goes that it says
   * @param env what is in its environment besides the usual
   */
  Program(Path said, Map<String, String> env, String... arguments) {
    this.said = said;
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                // The test's own would be found first.
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                "org.linekeeper.Linekeeper"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(said.toFile()));
    builder.environment().putAll(env);
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String said() {
    try {
      return Files.readString(said);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean running() {
    return process.isAlive();
  }

  /** Its exit code, once it has ended. */
  int exit() {
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        throw new AssertionError("it did not end: " + said());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** As kill -9 does; returns when it is gone. */
  void kill() {
    process.destroyForcibly();
    exit();
  }

  /** Ends it as a service manager does. */
  @Override
  public void close() {
    process.destroy();
    exit();
  }
}
