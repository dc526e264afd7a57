package org.linekeeper.gameday;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.linekeeper.lab.LabHost;

/**
 * Where the milliseconds of a moved address go: what the kernels of the three hosts concerned say
 * of it themselves ({@code ip monitor}), whichever tool moved it.
 */
final class Trail implements AutoCloseable {
  private final List<Process> monitors = new ArrayList<>();
  private final List<Mark> marks = new CopyOnWriteArrayList<>();
  private final String address;

  private record Mark(Instant at, String host, String text) {}

  private Trail(String address) {
    this.address = address;
  }

  static Trail follow(House house, ServiceAddress service) {
    Trail trail = new Trail(service.ip());
    trail.watch(house.primary().host(), "address");
    trail.watch(house.standby().host(), "address");
    trail.watch(house.carrier(), "neigh");
    return trail;
  }

  private void watch(LabHost host, String what) {
    ProcessBuilder builder =
        new ProcessBuilder("ip", "-tshort", "-o", "-n", host.namespace(), "monitor", what)
            .redirectErrorStream(true);
    builder.environment().put("TZ", "UTC");
    try {
      Process monitor = builder.start();
      monitors.add(monitor);
      Thread reader = new Thread(() -> read(host.name(), monitor), "trail-" + host.name());
      reader.setDaemon(true);
      reader.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lines such as {@code [2026-11-24T10:00:00.123456] Deleted 2: eth0 inet 192.0.2.9/24 ...}. */
  private void read(String host, Process monitor) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(monitor.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int end = line.indexOf(']');
        if (line.startsWith("[") && end > 0 && line.contains(address)) {
          Instant at = LocalDateTime.parse(line.substring(1, end)).toInstant(ZoneOffset.UTC);
          marks.add(new Mark(at, host, line.substring(end + 1).strip()));
        }
      }
    } catch (IOException e) {
      // it was ended
    }
  }

  /**
   * From that moment, in microseconds; what did not happen is left out.
   *
   * @param call the first that was answered
   */
  Map<String, Long> since(Instant struck, Optional<Call> call) {
    Map<String, Long> steps = new LinkedHashMap<>();
    put(steps, "the primary's host lets go", struck, mark(struck, "primary", Trail::removed));
    put(steps, "the standby's host has it", struck, mark(struck, "standby", t -> !removed(t)));
    put(steps, "the carrier's host knows", struck, lastNeighbour(struck, call));
    put(steps, "the answered call begins", struck, call.map(Call::at));
    put(steps, "it is answered", struck, call.map(Call::end));
    return steps;
  }

  private static boolean removed(String text) {
    return text.startsWith("Deleted");
  }

  private Optional<Instant> mark(Instant struck, String host, Predicate<String> which) {
    return marks.stream()
        .filter(m -> m.host.equals(host) && !m.at.isBefore(struck) && which.test(m.text))
        .map(Mark::at)
        .findFirst();
  }

  /** The one before that call was answered: its entry is confirmed now and then as well. */
  private Optional<Instant> lastNeighbour(Instant struck, Optional<Call> call) {
    return marks.stream()
        .filter(m -> m.host.equals(House.CARRIER) && !m.at.isBefore(struck))
        .filter(m -> call.filter(c -> m.at.isBefore(c.end())).isPresent())
        .map(Mark::at)
        .reduce((first, later) -> later);
  }

  private static void put(
      Map<String, Long> steps, String what, Instant struck, Optional<Instant> at) {
    at.ifPresent(moment -> steps.put(what, Duration.between(struck, moment).toNanos() / 1000));
  }

  @Override
  public void close() {
    monitors.forEach(Process::destroy);
  }
}
