package org.linekeeper.gameday;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.linekeeper.lab.LabPbx;

/**
 * Stops single threads of an Asterisk, which signals cannot: they are traced (ptrace SEIZE and
 * INTERRUPT) by a helper that holds them until it ends.
 */
final class Threads {
  private static final List<Process> HOLDING = new ArrayList<>();

  private Threads() {}

  /** The one that waits for SIP on all transports. */
  static void holdSipReader(LabPbx pbx) throws IOException {
    hold(pbx, "sip-reader");
  }

  /** Those that work on what has arrived. */
  static void holdTaskprocessors(LabPbx pbx) throws IOException {
    hold(pbx, "taskprocessors");
  }

  /** The one that takes new AMI connections. */
  static void holdAmiListener(LabPbx pbx) throws IOException {
    hold(pbx, "ami-listener");
  }

  static void release(House house) {
    HOLDING.forEach(Process::destroy);
    HOLDING.clear();
  }

  private static void hold(LabPbx pbx, String which) throws IOException {
    Process python =
        new ProcessBuilder(
                "python3",
                Path.of("src/test/resources/lab/hold-threads.py").toAbsolutePath().toString(),
                Long.toString(pbx.pid()),
                which)
            .start();
    HOLDING.add(python);
    String first =
        new BufferedReader(new InputStreamReader(python.getInputStream(), StandardCharsets.UTF_8))
            .readLine();
    if (first == null || !first.startsWith("held ")) {
      String why = new String(python.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      throw new IllegalStateException("no thread was held: " + first + " " + why);
    }
    System.out.println(first);
  }
}
