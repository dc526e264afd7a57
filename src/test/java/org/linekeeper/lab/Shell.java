package org.linekeeper.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the commands that the lab is made with; each has a deadline. */
public final class Shell {
  public static final Duration USUAL = Duration.ofSeconds(20);

  private Shell() {}

  /** What did it print? Fails, with all of its output, unless it ends well within 20 s. */
  public static String run(String... command) {
    return run(USUAL, List.of(command));
  }

  /** What did it print? Fails, with all of its output, unless it ends well within the limit. */
  public static String run(Duration limit, List<String> command) {
    Result result = attempt(limit, command);
    if (result.exit != 0) {
      throw new IllegalStateException(
          String.join(" ", command) + " ended with " + result.exit + ": " + result.output);
    }
    return result.output;
  }

  /** Exit code (137 if it had to be killed at the limit) and output of a command that may fail. */
  public static Result attempt(Duration limit, List<String> command) {
    try {
      // a file, not a pipe: a grandchild that keeps the pipe open would keep us reading
      Path output = Files.createTempFile("lab-shell", ".out");
      try {
        Process process =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
          process.destroyForcibly();
          process.waitFor(5, TimeUnit.SECONDS);
          return new Result(137, "no end after " + limit + ": " + text(output));
        }
        return new Result(process.exitValue(), text(output));
      } finally {
        Files.deleteIfExists(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while running " + command, e);
    }
  }

  private static String text(Path output) throws IOException {
    return new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
  }

  /** Exit code and output. */
  public record Result(int exit, String output) {}
}
