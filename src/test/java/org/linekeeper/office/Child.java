package org.linekeeper.office;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The test's end of a {@link Mortal} Linekeeper. */
final class Child implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String DEAD = "dead";

  /** What it knows of itself: {@code epoch active diversions openPlans settled/moved rows}. */
  record Seen(
      int epoch, String active, int diversions, int openPlans, String numbers, String rows) {
    boolean settledWith(int diverted) {
      return openPlans == 0 && numbers.equals(diverted + "/" + diverted);
    }
  }

  private final Process process;
  private final BufferedWriter orders;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final List<String> committed = new ArrayList<>();

  /** Starts the process, but not yet Linekeeper in it. */
  Child(Path directory) {
    this(directory, ClassArchive.options());
  }

  Child(Path directory, List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx160m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(options);
    command.addAll(List.of(Mortal.class.getName(), directory.toString()));
    try {
      process =
          new ProcessBuilder(command)
              .redirectError(
                  ProcessBuilder.Redirect.appendTo(directory.resolve("child.log").toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    orders = process.outputWriter();
    Thread listener = new Thread(() -> listen(directory.resolve("child.log").toFile()), "child");
    listener.setDaemon(true);
    listener.start();
  }

  private void listen(File log) {
    try (BufferedReader said = process.inputReader()) {
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        if (line.startsWith("> committed ")) {
          synchronized (committed) {
            committed.add(line.substring("> committed ".length()));
            committed.notifyAll();
          }
        } else if (line.startsWith("> done ")) {
          answers.add(line.substring("> done ".length()));
        } else {
          Files.writeString(log.toPath(), line + "\n", java.nio.file.StandardOpenOption.APPEND);
        }
      }
    } catch (IOException e) {
      // The process is gone, and with it the pipe.
    }
    answers.add(DEAD);
  }

  /** Starts Linekeeper and waits until it is watching. */
  Child start() {
    expect("start");
    return this;
  }

  Child healthy() {
    expect("healthy");
    return this;
  }

  void doom(String where) {
    expect("doom " + where);
  }

  /** Says something; false if it died over it, or refused. */
  boolean say(String words) {
    return order("say " + words).equals("true");
  }

  /** What it knows; empty once it is dead. */
  Optional<Seen> state() {
    String answer = order("state");
    return answer.equals(DEAD) ? Optional.empty() : Optional.of(seen(answer.split(" ")));
  }

  private static Seen seen(String[] words) {
    return new Seen(
        Integer.parseInt(words[0].replaceAll("[^0-9]", "")),
        words[1],
        Integer.parseInt(words[2]),
        Integer.parseInt(words[3]),
        words[4],
        words[5]);
  }

  /** The labels of the appends that were committed, those that only note something left out. */
  List<String> committed() {
    synchronized (committed) {
      return committed.stream()
          .filter(label -> !label.contains("Noted") && !label.equals("AlertSent"))
          .toList();
    }
  }

  /** Waits until that holds of what was committed, or the process is gone, and not for long. */
  void untilCommitted(Duration most, BooleanSupplier holds) {
    long end = System.nanoTime() + most.toNanos();
    synchronized (committed) {
      while (!holds.getAsBoolean() && alive() && System.nanoTime() < end) {
        try {
          committed.wait(20);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }

  boolean alive() {
    return process.isAlive();
  }

  /** Whether it is gone, or still goes within a moment: what it last wrote can be seen before. */
  boolean dies() {
    try {
      return process.waitFor(500, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Kills it as kill -9 does, and returns when it is gone. */
  void kill() {
    // by its handle: the process' own method also throws away what it still said
    process.toHandle().destroyForcibly();
    gone();
  }

  /** Lets it end in order. */
  void end() {
    send("end");
    gone();
  }

  /** Waits until it is gone. */
  void gone() {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("the process did not die");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private String expect(String order) {
    String answer = order(order);
    if (answer.equals(DEAD)) {
      throw new AssertionError("the process died over: " + order);
    }
    return answer;
  }

  private String order(String order) {
    send(order);
    try {
      String answer = answers.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (answer == null) {
        throw new AssertionError("no answer to: " + order);
      }
      if (answer.equals(DEAD)) {
        answers.add(DEAD); // for whoever asks again
      }
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void send(String order) {
    try {
      orders.write(order);
      orders.newLine();
      orders.flush();
    } catch (IOException e) {
      // It is dead already; the answer says so.
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
