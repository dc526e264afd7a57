package org.linekeeper.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.linekeeper.lab.Await;

/** Three {@link Clerk}s, and the test's end of each. */
final class Clerks implements AutoCloseable {
  /** Processes that start on a busy machine take a while. */
  static final Duration SOON = Duration.ofMinutes(3);

  private static final Duration BETWEEN = Duration.ofMillis(200);

  private final Path directory;
  private final Path keys;
  private final List<String> ports = new ArrayList<>();
  private final Map<String, Running> running = new TreeMap<>();

  /** When it was said that a note is safe, by the test's monotonic clock. */
  record Safe(String note, Duration at) {}

  Clerks(Path directory, Path keys) throws IOException {
    this.directory = directory;
    this.keys = keys;
    for (int i = 0; i < Watchers.NAMES.size(); i++) {
      try (ServerSocket free = new ServerSocket(0)) {
        ports.add(Integer.toString(free.getLocalPort()));
      }
    }
  }

  /** Where one is to have its disk mounted, if not where all are. */
  Path disk(String name) {
    return directory.resolve(name);
  }

  Path journal(String name) {
    return disk(name).resolve("journal");
  }

  void startAll() {
    Watchers.NAMES.forEach(this::start);
    awaitTogether();
  }

  /** Starts it; does not wait. */
  Running start(String name) {
    try {
      Files.createDirectories(disk(name));
      Running started = new Running(name);
      running.put(name, started);
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Running get(String name) {
    return Objects.requireNonNull(running.get(name));
  }

  void awaitTogether() {
    Await.until(
        "all belong and know who leads",
        SOON,
        () -> {
          Await.pause(BETWEEN);
          List<String> said =
              running.values().stream()
                  .flatMap(each -> Stream.of(each.ask("trouble"), each.ask("standing")))
                  .toList();
          return said.stream().filter("done "::equals).count() == 3
              && said.stream().filter(text -> text.contains("members=[a, b, c]")).count() == 3
              && said.stream().anyMatch(text -> text.contains("[leads=true"));
        });
  }

  /** Waits until one of those leads. */
  String leader(String... among) {
    List<String> names = among.length == 0 ? Watchers.NAMES : Arrays.asList(among);
    return Await.value(
        "one leads",
        SOON,
        () ->
            names.stream().filter(name -> get(name).ask("leads").equals("done true")).findFirst());
  }

  /** The one that leads whenever all are well. */
  void awaitPreferred() {
    Await.until("a leads", SOON, () -> get("a").ask("leads").equals("done true"));
  }

  /** Waits until all have the same state, after one of each entry by that one. */
  void awaitSame(String by) {
    Await.until("a day is recorded", SOON, () -> get(by).ask("day").equals("done true"));
    Await.until(
        "all have the same state",
        SOON,
        () -> Watchers.NAMES.stream().map(name -> get(name).ask("state")).distinct().count() == 1);
  }

  /** All notes of that one that begin so, from its files. */
  List<String> history(String name, String begin) {
    List<String> notes = new ArrayList<>();
    Pattern note = Pattern.compile("\"text\":\"(" + begin + "[0-9]+)\"");
    try (Stream<Path> files = Files.list(journal(name))) {
      for (Path file :
          files.filter(f -> f.getFileName().toString().startsWith("history")).sorted().toList()) {
        note.matcher(Files.readString(file)).results().forEach(found -> notes.add(found.group(1)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return notes;
  }

  @Override
  public void close() {
    running.values().forEach(Running::kill);
  }

  /** One of them. */
  final class Running {
    private final Process process;
    private final BufferedWriter orders;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final List<Safe> safe = new CopyOnWriteArrayList<>();
    private final Path errors;

    private Running(String name) throws IOException {
      errors = directory.resolve(name + ".errors");
      List<String> command =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx128m",
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Clerk.class.getName(),
                  journal(name).toString(),
                  name,
                  keys.toString()));
      command.addAll(ports);
      process =
          new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.to(errors.toFile()))
              .start();
      orders = process.outputWriter();
      Thread reader = new Thread(this::listen, "clerk-" + name);
      reader.setDaemon(true);
      reader.start();
    }

    private void listen() {
      try (BufferedReader said = process.inputReader()) {
        for (String line = said.readLine(); line != null; line = said.readLine()) {
          if (line.startsWith("safe ")) {
            safe.add(new Safe(line.substring(5), Duration.ofNanos(System.nanoTime())));
          } else if (line.startsWith("done")) {
            answers.add(line);
          }
        }
      } catch (IOException e) {
        // it is gone
      }
      answers.add("gone");
    }

    /** Its answer, in one line; {@code gone} if it is, or does not answer. */
    String ask(String order) {
      try {
        orders.write(order);
        orders.newLine();
        orders.flush();
        String answer = answers.poll(SOON.toSeconds(), TimeUnit.SECONDS);
        return answer == null || answer.equals("gone") ? gone() : answer;
      } catch (IOException e) {
        return "gone";
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }

    private String gone() {
      answers.add("gone"); // for whoever asks again
      return "gone";
    }

    /** What it was told is safe. */
    List<Safe> safe() {
      return safe;
    }

    boolean alive() {
      return process.isAlive();
    }

    /** Its exit code, once it has ended. */
    int exit() {
      try {
        assertThat(process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).as("it ends").isTrue();
        return process.exitValue();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }

    String errors() {
      try {
        return Files.readString(errors);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void kill() {
      process.destroyForcibly();
    }
  }
}
