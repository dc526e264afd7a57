package org.linekeeper.actuator.program;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Starts programs and sees to it that they end. No shell reads their arguments, and nothing of this
 * process's environment, where the passwords are, reaches them.
 */
public final class Programs {
  /** Where Debian keeps what an administrator runs. */
  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  /** What the shell calls itself when it complains. */
  private static final String TOLD = "told";

  /** Nothing is run before the empty line: at the end of the input nobody has asked for it. */
  private static final List<String> WHEN_TOLD =
      List.of(
          "sh",
          "-c",
          "while read -r line || exit 1; [ -n \"$line\" ]; do export \"$line\"; done; exec \"$@\"",
          TOLD);

  /** What is printed beyond it is read and thrown away, so that the program does not wait. */
  private static final int MOST_OUTPUT = 16 * 1024;

  /** Somebody whom the program left behind may keep its output open; it is not waited for. */
  private static final Duration OUTPUT_AFTER_END = Duration.ofMillis(100);

  private final Executor starter;

  /**
   * @param starter runs the start of a program, which takes a millisecond or two, and then reads
   *     its output: one thread for each that runs at the same time
   */
  public Programs(Executor starter) {
    this.starter = starter;
  }

  /**
   * Runs a program.
   *
   * @param argv program and arguments
   * @param environment all that it gets besides PATH and LANG
   * @param input what it reads
   * @param deadline it is killed then, with its children
   * @return completes when it has ended, at the latest shortly after the deadline, never
   *     exceptionally
   */
  public CompletableFuture<Ended> run(
      List<String> argv, Map<String, String> environment, String input, Duration deadline) {
    CompletableFuture<Ended> ended = new CompletableFuture<>();
    try {
      starter.execute(() -> start(argv, environment, input, deadline, ended));
    } catch (RejectedExecutionException full) {
      ended.complete(notStarted("cannot be started: too many programs run already"));
    }
    return ended;
  }

  /**
   * Keeps such a program started and waiting for its input.
   *
   * @param argv program and arguments; it must end when its input does
   */
  public Spare spare(List<String> argv) {
    return new Spare(this, argv, argv);
  }

  /**
   * Keeps a shell started that becomes this program when it is told to, and ends without it if this
   * process does. The shell reads its own few words and what {@link #told} says, as text; it may
   * leave PWD and the like in the program's environment.
   *
   * @param argv program and arguments, handed through as they are
   */
  public Spare whenTold(List<String> argv) {
    return new Spare(this, Stream.concat(WHEN_TOLD.stream(), argv.stream()).toList(), argv);
  }

  /**
   * The input for {@link #whenTold}.
   *
   * @param environment what the program gets besides PATH and LANG; without line breaks
   */
  static String told(Map<String, String> environment) {
    return environment.entrySet().stream()
        .map(each -> each.getKey() + "=" + each.getValue() + "\n")
        .collect(Collectors.joining("", "", "\n"));
  }

  /** Empty if it could not be started: whoever wants to use it will be told why. */
  Optional<Process> startAhead(List<String> argv) {
    try {
      return Optional.of(builder(argv, Map.of()).start());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** What nobody waits for: left out if too much is under way. */
  void inTheBackground(Runnable task) {
    try {
      starter.execute(task);
    } catch (RejectedExecutionException full) {
      // it is done without then
    }
  }

  /**
   * As {@link #run}, of one that waits for its input.
   *
   * @param input short: the pipe takes it at once, and then the program goes on
   * @return empty if it did not take its input, so that nothing was begun
   */
  Optional<CompletableFuture<Ended>> use(Process process, String input, Duration deadline) {
    if (!write(process, input)) {
      process.destroyForcibly();
      return Optional.empty();
    }
    CompletableFuture<Ended> ended = new CompletableFuture<>();
    try {
      starter.execute(() -> follow(process, "", deadline, ended));
    } catch (RejectedExecutionException full) {
      process.destroyForcibly();
      ended.complete(new Ended(OptionalInt.empty(), true, "too many programs run already"));
    }
    return Optional.of(ended);
  }

  /** The shell that was told says in its own words that there is no such program. */
  static Ended ofTold(Ended ended) {
    boolean notThere = ended.status().orElse(0) == 126 || ended.status().orElse(0) == 127;
    return notThere && ended.output().startsWith(TOLD + ":")
        ? notStarted(
            "cannot be started: " + ended.firstLine().replaceFirst("^" + TOLD + ":.*?exec: ", ""))
        : ended;
  }

  private static ProcessBuilder builder(List<String> argv, Map<String, String> environment) {
    ProcessBuilder builder = new ProcessBuilder(argv).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("PATH", PATH);
    builder.environment().put("LANG", "C.UTF-8");
    builder.environment().putAll(environment);
    return builder;
  }

  private static Ended notStarted(String why) {
    return new Ended(OptionalInt.empty(), false, why);
  }

  private static void start(
      List<String> argv,
      Map<String, String> environment,
      String input,
      Duration deadline,
      CompletableFuture<Ended> ended) {
    Process process;
    try {
      process = builder(argv, environment).start();
    } catch (IOException e) {
      String why = String.valueOf(e.getMessage()).replaceFirst("^Cannot run program ", "");
      ended.complete(notStarted("cannot be started: " + why));
      return;
    }
    follow(process, input, deadline, ended);
  }

  private static void follow(
      Process process, String input, Duration deadline, CompletableFuture<Ended> ended) {
    Running running = new Running(process, new Output(), ended, new AtomicBoolean());
    CompletableFuture.delayedExecutor(deadline.toMillis(), TimeUnit.MILLISECONDS, Runnable::run)
        .execute(running::kill);
    process.onExit().thenAccept(gone -> running.gone());
    write(process, input);
    running.output.read(process.getInputStream());
  }

  /**
   * @param over whether it is settled how it ended: by itself or at its deadline
   */
  private record Running(
      Process process, Output output, CompletableFuture<Ended> ended, AtomicBoolean over) {
    void gone() {
      if (over.compareAndSet(false, true)) {
        output
            .complete
            .completeOnTimeout(true, OUTPUT_AFTER_END.toMillis(), TimeUnit.MILLISECONDS)
            .thenAccept(read -> end(OptionalInt.of(process.exitValue())));
      }
    }

    void kill() {
      if (over.compareAndSet(false, true)) {
        // Asked for before it dies: afterwards they are nobody's children.
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        end(OptionalInt.empty());
      }
    }

    private void end(OptionalInt status) {
      ended.complete(new Ended(status, true, output.text()));
      close(process.getInputStream());
    }
  }

  private static void close(InputStream stream) {
    try {
      stream.close();
    } catch (IOException e) {
      // It is gone, which is what was wanted.
    }
  }

  /** Whether it took that: one that does not want to know says by its status what that means. */
  private static boolean write(Process process, String input) {
    try (OutputStream to = process.getOutputStream()) {
      to.write(input.getBytes(StandardCharsets.UTF_8));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** What was printed so far; read by one thread, asked by others. */
  private static final class Output {
    private final CompletableFuture<Boolean> complete = new CompletableFuture<>();
    private final byte[] kept = new byte[MOST_OUTPUT];
    private int length;

    void read(InputStream from) {
      byte[] piece = new byte[4096];
      try {
        for (int n = from.read(piece); n >= 0; n = from.read(piece)) {
          add(piece, n);
        }
      } catch (IOException e) {
        // Closed when it was killed.
      } finally {
        complete.complete(true);
      }
    }

    private synchronized void add(byte[] piece, int n) {
      int fits = Math.min(n, kept.length - length);
      System.arraycopy(piece, 0, kept, length, fits);
      length += fits;
    }

    synchronized String text() {
      return new String(kept, 0, length, StandardCharsets.UTF_8);
    }
  }
}
