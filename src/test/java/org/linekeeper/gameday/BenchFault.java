package org.linekeeper.gameday;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A fault whose moment is known to the tenth of a millisecond: a helper makes ready beforehand,
 * waits for a line, prints the time and strikes.
 */
enum BenchFault {
  KILL_9("kill -9"),
  SIGSTOP("SIGSTOP"),
  HOST_CUT("host cut"),
  /** The host, and with it the watcher beside the primary, while that one leads the three. */
  SITE_LOST("one site lost"),
  PJSIP_FROZEN("pjsip frozen");

  private final String words;

  BenchFault(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  /** Whether it is a fault of its own for that tool: one watcher alone stands at another site. */
  boolean concerns(Tool tool) {
    return this != SITE_LOST || tool == Tool.LINEKEEPER_THREE || !tool.isLinekeeper();
  }

  /** Strikes the primary. */
  Struck strike(House house) throws IOException {
    String pid = Long.toString(house.primary().pid());
    return switch (this) {
      case KILL_9 -> shell("kill", "-KILL", pid);
      case SIGSTOP -> shell("kill", "-STOP", pid);
      case HOST_CUT, SITE_LOST -> shell(house.primary().host().cutCommand());
      case PJSIP_FROZEN ->
          Struck.by(
              List.of(
                  "python3",
                  Path.of("src/test/resources/lab/hold-threads.py").toAbsolutePath().toString(),
                  pid,
                  "sip-reader",
                  "wait"));
    };
  }

  /** Undoes what {@link #strike} did; the PBX takes calls a moment later. */
  void mend(House house, Struck struck) {
    struck.close();
    switch (this) {
      case KILL_9 -> house.primary().restart();
      case SIGSTOP -> house.primary().sigcont();
      case HOST_CUT, SITE_LOST -> house.primary().host().heal();
      case PJSIP_FROZEN -> {
        // the helper's end was the mending
      }
    }
  }

  private static Struck shell(String... command) throws IOException {
    List<String> all =
        new ArrayList<>(
            List.of("bash", "-c", "echo ready; read; echo $EPOCHREALTIME; \"$@\"; read", "strike"));
    all.addAll(List.of(command));
    return Struck.by(all);
  }

  /**
   * A fault that has been struck.
   *
   * @param at when
   */
  record Struck(Instant at, Process helper) implements AutoCloseable {
    static Struck by(List<String> command) throws IOException {
      Process helper =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      BufferedReader said =
          new BufferedReader(
              new InputStreamReader(helper.getInputStream(), StandardCharsets.UTF_8));
      if (!"ready".equals(said.readLine())) {
        throw new IllegalStateException("not ready to strike: " + command);
      }
      OutputStream go = helper.getOutputStream();
      go.write('\n');
      go.flush();
      double at = Double.parseDouble(said.readLine());
      return new Struck(Instant.ofEpochSecond((long) at, (long) (at % 1 * 1e9)), helper);
    }

    @Override
    public void close() {
      helper.destroy();
    }
  }
}
