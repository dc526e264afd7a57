package org.linekeeper.gameday;

import java.time.Duration;
import java.time.Instant;
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
  private final List<IpMonitor> monitors = new ArrayList<>();
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
    monitors.add(
        IpMonitor.on(
            host,
            "address",
            "inet " + address + "/",
            (at, text) -> changes.add(new Change(at, host.name(), !text.startsWith("Deleted")))));
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
    monitors.forEach(IpMonitor::close);
  }
}
