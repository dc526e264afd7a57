package org.linekeeper.gameday;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.BiConsumer;
import org.linekeeper.lab.LabHost;

/** What a host's kernel says of its addresses or neighbours ({@code ip monitor}), as it happens. */
final class IpMonitor implements AutoCloseable {
  private final Listening ear;

  private IpMonitor(Listening ear) {
    this.ear = ear;
  }

  /**
   * @param what such as {@code address} or {@code neigh}
   * @param about only lines with this in them
   * @param each is given the kernel's time, to the microsecond, and the rest of the line, on a
   *     thread of its own
   */
  static IpMonitor on(LabHost host, String what, String about, BiConsumer<Instant, String> each) {
    return new IpMonitor(
        Listening.to(
            List.of("ip", "-tshort", "-o", "-n", host.namespace(), "monitor", what),
            "ip-monitor-" + host.name(),
            line -> line(line, about, each)));
  }

  /** Such as {@code [2026-11-24T10:00:00.123456] Deleted 2: eth0 inet 192.0.2.9/24 ...}. */
  private static void line(String line, String about, BiConsumer<Instant, String> each) {
    int end = line.indexOf(']');
    if (line.startsWith("[") && end > 0 && line.contains(about)) {
      Instant at = LocalDateTime.parse(line.substring(1, end)).toInstant(ZoneOffset.UTC);
      each.accept(at, line.substring(end + 1).strip());
    }
  }

  @Override
  public void close() {
    ear.close();
  }
}
