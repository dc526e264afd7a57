package org.linekeeper.gameday;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.function.BiConsumer;
import org.linekeeper.lab.LabHost;

/** What a host's kernel says of its addresses or neighbours ({@code ip monitor}), as it happens. */
final class IpMonitor implements AutoCloseable {
  private final Process process;

  private IpMonitor(Process process) {
    this.process = process;
  }

  /**
   * @param what such as {@code address} or {@code neigh}
   * @param about only lines with this in them
   * @param each is given the kernel's time, to the microsecond, and the rest of the line, on a
   *     thread of its own
   */
  static IpMonitor on(LabHost host, String what, String about, BiConsumer<Instant, String> each) {
    ProcessBuilder builder =
        new ProcessBuilder("ip", "-tshort", "-o", "-n", host.namespace(), "monitor", what)
            .redirectErrorStream(true);
    builder.environment().put("TZ", "UTC");
    try {
      Process process = builder.start();
      Thread reader = new Thread(() -> read(process, about, each), "ip-monitor-" + host.name());
      reader.setDaemon(true);
      reader.start();
      return new IpMonitor(process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lines such as {@code [2026-11-24T10:00:00.123456] Deleted 2: eth0 inet 192.0.2.9/24 ...}. */
  private static void read(Process process, String about, BiConsumer<Instant, String> each) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int end = line.indexOf(']');
        if (line.startsWith("[") && end > 0 && line.contains(about)) {
          Instant at = LocalDateTime.parse(line.substring(1, end)).toInstant(ZoneOffset.UTC);
          each.accept(at, line.substring(end + 1).strip());
        }
      }
    } catch (IOException e) {
      // it was ended
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
