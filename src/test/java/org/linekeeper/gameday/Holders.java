package org.linekeeper.gameday;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.linekeeper.lab.Await;
import org.linekeeper.lab.LabHost;
import org.linekeeper.lab.PbxFiles;

/**
 * Which host accepts packets for the floating address, and when, to two milliseconds: each is asked
 * from within (src/test/resources/lab/accepts.py), so also one that is cut off.
 */
public final class Holders implements AutoCloseable {
  private final List<Listening> asking = new ArrayList<>();
  private final List<Change> changes = new CopyOnWriteArrayList<>();

  /**
   * What one host did from then on.
   *
   * @param has whether it accepts packets for the address
   */
  record Change(Instant at, String host, boolean has) {}

  private Holders() {}

  /** From now on. */
  public static Holders watch(String address, List<LabHost> hosts) {
    Holders holders = new Holders();
    hosts.forEach(host -> holders.ask(host, address));
    Await.until(
        "all hosts were asked once", Duration.ofSeconds(30), () -> holders.known(hosts.size()));
    return holders;
  }

  private boolean known(int hosts) {
    return changes.stream().map(Change::host).distinct().count() == hosts;
  }

  private void ask(LabHost host, String address) {
    asking.add(
        Listening.to(
            List.of(
                "nsenter",
                "--net=/var/run/netns/" + host.namespace(),
                "python3",
                "-c",
                PbxFiles.resource("accepts.py"),
                address),
            "accepts-" + host.name(),
            line -> line(line, host.name())));
  }

  private void line(String line, String host) {
    String[] words = line.split(" ");
    Instant at = Instant.EPOCH.plusNanos(Long.parseLong(words[0]) * 1000);
    changes.add(new Change(at, host, words[1].equals("accepts")));
  }

  /** What changed from that moment on, with the milliseconds since. */
  public List<String> since(Instant struck) {
    return ordered().stream()
        .filter(change -> change.at.isAfter(struck))
        .map(
            change ->
                change.host
                    + (change.has ? " accepts" : " refuses")
                    + " at "
                    + Duration.between(struck, change.at).toMillis()
                    + " ms")
        .toList();
  }

  /** When the latest one that ceased to accept them did. */
  public Optional<Instant> refused() {
    return ordered().stream()
        .filter(change -> !change.has)
        .map(Change::at)
        .reduce((one, later) -> later);
  }

  /** For how long two of them had it at the same time, all in all, until now. */
  public Duration both() {
    Instant now = Instant.now();
    if (!asking.stream().allMatch(Listening::goesOn)) {
      throw new IllegalStateException("a host is not asked any more, so nobody knows what it has");
    }
    return both(ordered(), now);
  }

  static Duration both(List<Change> ordered, Instant now) {
    Map<String, Boolean> has = new HashMap<>();
    Duration both = Duration.ZERO;
    Instant since = now;
    for (Change change : ordered) {
      if (count(has) > 1) {
        both = both.plus(Duration.between(since, change.at));
      }
      has.put(change.host, change.has);
      since = change.at;
    }
    return count(has) > 1 ? both.plus(Duration.between(since, now)) : both;
  }

  /** How often it came to each of them. */
  public Map<String, Integer> taken() {
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
    asking.forEach(Listening::close);
  }
}
