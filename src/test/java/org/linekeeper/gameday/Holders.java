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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.linekeeper.lab.LabHost;

/**
 * Which host would accept packets for the floating address, and when: what the kernels say ({@code
 * ip monitor}), to the microsecond.
 */
final class Holders implements AutoCloseable {
  private final String address;
  private final List<Process> monitors = new ArrayList<>();
  private final List<Change> changes = new CopyOnWriteArrayList<>();

  private record Change(Instant at, String host, boolean has) {}

  private Holders(String address) {
    this.address = address;
  }

  /** From now on; the hosts that have it already are named. */
  static Holders watch(String address, List<LabHost> hosts, List<LabHost> have) {
    Holders holders = new Holders(address);
    hosts.forEach(holders::watch);
    Instant now = Instant.now();
    have.forEach(host -> holders.changes.add(new Change(now, host.name(), true)));
    return holders;
  }

  private void watch(LabHost host) {
    ProcessBuilder builder =
        new ProcessBuilder("ip", "-tshort", "-o", "-n", host.namespace(), "monitor", "address")
            .redirectErrorStream(true);
    builder.environment().put("TZ", "UTC");
    try {
      Process monitor = builder.start();
      monitors.add(monitor);
      Thread reader = new Thread(() -> read(host.name(), monitor), "holders-" + host.name());
      reader.setDaemon(true);
      reader.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(String host, Process monitor) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(monitor.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int end = line.indexOf(']');
        if (line.startsWith("[") && end > 0 && line.contains("inet " + address + "/")) {
          Instant at = LocalDateTime.parse(line.substring(1, end)).toInstant(ZoneOffset.UTC);
          changes.add(new Change(at, host, !line.substring(end + 1).strip().startsWith("Deleted")));
        }
      }
    } catch (IOException e) {
      // it was ended
    }
  }

  /** For how long two of them had it at the same time, all in all. */
  Duration both() {
    Map<String, Boolean> has = new HashMap<>();
    Duration both = Duration.ZERO;
    Instant since = Instant.MAX;
    for (Change change : ordered()) {
      if (count(has) > 1) {
        both = both.plus(Duration.between(since, change.at));
      }
      has.put(change.host, change.has);
      since = change.at;
    }
    return both;
  }

  /** How often it came to each of them. */
  Map<String, Integer> taken() {
    Map<String, Integer> taken = new TreeMap<>();
    Map<String, Boolean> has = new HashMap<>();
    for (Change change : ordered()) {
      if (change.has && !has.getOrDefault(change.host, false)) {
        taken.merge(change.host, 1, Integer::sum);
      }
      has.put(change.host, change.has);
    }
    return taken;
  }

  private List<Change> ordered() {
    return changes.stream().sorted((one, other) -> one.at.compareTo(other.at)).toList();
  }

  private static long count(Map<String, Boolean> has) {
    return has.values().stream().filter(each -> each).count();
  }

  @Override
  public void close() {
    monitors.forEach(Process::destroy);
  }
}
