package org.linekeeper.gameday;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import org.linekeeper.lab.LabHost;

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

  /**
   * Has tcpdump print every packet that a host sees, with its time as {@code -tt} does.
   *
   * @param more of tcpdump's arguments, the filter last
   */
  static Listening packets(LabHost host, String name, Consumer<String> each, String... more) {
    List<String> tcpdump =
        new ArrayList<>(List.of("tcpdump", "-l", "-n", "-tt", "--immediate-mode"));
    tcpdump.addAll(List.of(more));
    return to(host.command(tcpdump.toArray(String[]::new)), name + "-" + host.name(), each);
  }

  /** The moment of a line that {@code tcpdump -tt} printed, from its two first groups. */
  static Instant time(Matcher packet) {
    return Instant.ofEpochSecond(
        Long.parseLong(packet.group(1)), 1000L * Long.parseLong(packet.group(2)));
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
