package org.linekeeper.gameday;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.linekeeper.demo.carrier.Provisioning;
import org.linekeeper.journal.PeerKeys;
import org.linekeeper.lab.Await;
import org.linekeeper.lab.LabHost;
import org.linekeeper.lab.LabPbx;
import org.linekeeper.lab.Shell;

/**
 * Three Linekeepers with shipped settings: beside the primary, beside the standby, and on the
 * watcher's host. They agree on whose the address is; nobody is fenced.
 */
final class ThreeSide implements Tool.Standby {
  /** Beside the primary. */
  static final String ONE = "watcher-1";

  /** Beside the standby. */
  static final String TWO = "watcher-2";

  static final String WITNESS = "witness";

  private final House house;
  private final ServiceAddress service;
  private final Map<String, Watching> watchers = new LinkedHashMap<>();
  private final Lead lead = new Lead(watchers);
  private final Trail trail;

  private ThreeSide(House house, ServiceAddress service) {
    this.house = house;
    this.service = service;
    trail = Trail.follow(house, service);
  }

  static ThreeSide start(House house) throws IOException {
    return start(house, Map.of(), Watching.NOW_AND_THEN);
  }

  /**
   * @param more changes to linekeeper.yml: what stands there, what is to stand there
   * @param listened how often watcher-2 is asked for its status
   */
  static ThreeSide start(House house, Map<String, String> more, Duration listened)
      throws IOException {
    return start(house, more, listened, "");
  }

  /**
   * @param address more lines under {@code floating-address:}, and after it under {@code failover:}
   */
  static ThreeSide start(House house, Map<String, String> more, Duration listened, String address)
      throws IOException {
    ServiceAddress service = new ServiceAddress(house);
    service.prepare("");
    Map<String, LabHost> hosts = hosts(house);
    String permits =
        hosts.values().stream()
            .map(host -> "permit = " + host.address() + "/255.255.255.255")
            .collect(Collectors.joining("\n"));
    for (LabPbx pbx : List.of(house.primary(), house.standby())) {
      Config.edit(
          pbx, "manager-linekeeper.conf", text -> text.replaceFirst("(?m)^permit = .*$", permits));
      pbx.restart();
    }
    Map<String, String> changes = new HashMap<>(more);
    changes.put(row("primary"), "");
    changes.put(row("standby"), "");
    changes.put(
        "failover: {mode: automatic}\n",
        """
        failover:
          mode: automatic
          floating-address:
            addresses: [%s/24]
            device: eth0
        """
                .formatted(service.ip())
            + address);
    changes.put("pbxs:\n", section(hosts) + "pbxs:\n");
    house.office().settings(changes);
    Map<String, String> names = new HashMap<>();
    hosts.forEach((name, host) -> names.put(name, host.address()));
    PeerKeys.make(keys(house), names);
    ThreeSide side = new ThreeSide(house, service);
    for (Map.Entry<String, LabHost> each : hosts.entrySet()) {
      boolean often = each.getKey().equals(TWO);
      side.begin(each.getKey(), often ? listened : Watching.NOW_AND_THEN);
    }
    side.awaitCalm();
    house.awaitStandbyHeld();
    return side;
  }

  private static Map<String, LabHost> hosts(House house) {
    Map<String, LabHost> hosts = new LinkedHashMap<>();
    hosts.put(ONE, house.primary().host());
    hosts.put(TWO, house.standby().host());
    hosts.put(WITNESS, house.watcher());
    return hosts;
  }

  private static Path keys(House house) {
    return house.office().directory().resolve("keys");
  }

  private static String section(Map<String, LabHost> hosts) {
    return """
    watchers:
      watcher-1: {host: %s, failure-domain: room-1, beside: primary}
      watcher-2: {host: %s, failure-domain: room-2, beside: standby}
      witness: {host: %s, failure-domain: hosted}
    """
        .formatted(hosts.values().stream().map(LabHost::address).toArray());
  }

  private static String row(String pbx) {
    return "    origination-url: " + Provisioning.originationUrlSid(pbx) + "\n";
  }

  /** Starts that one, with its own copy of the files. */
  void begin(String name, Duration listened) throws IOException {
    Path all = house.office().directory();
    Path own = Files.createDirectories(all.resolve(name));
    try (Stream<Path> files = Files.list(all)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text =
            Files.readString(file)
                .replace(
                    "  name: watcher-1\n", "  name: " + name + "\n  keys: " + keys(house) + "\n")
                .replace(all + "/journal", own + "/journal");
        Files.writeString(own.resolve(file.getFileName()), text);
      }
    }
    LabHost host = Objects.requireNonNull(hosts(house).get(name));
    Optional.ofNullable(watchers.remove(name)).ifPresent(Watching::close);
    watchers.put(name, Watching.start(house, host, own, List.of(), listened));
  }

  Watching watcher(String name) {
    return Objects.requireNonNull(watchers.get(name));
  }

  LabHost host(String name) {
    return Objects.requireNonNull(hosts(house).get(name));
  }

  ServiceAddress service() {
    return service;
  }

  void awaitCalm() {
    watchers.values().forEach(Watching::awaitCalm);
    Await.until(
        "the primary's host has the address", Duration.ofSeconds(10), service::isThePrimarys);
  }

  /** Waits until each of them sees both PBXs healthy and the same one serve. */
  void awaitAgreement() {
    Await.until(
        "all see the same; " + watchers.values().stream().map(Watching::latest).toList(),
        Watching.STARTED,
        () ->
            watchers.values().stream().allMatch(each -> each.latest().isPresent())
                && watchers.values().stream()
                        .map(each -> each.latest().orElseThrow())
                        .filter(Seen::allHealthy)
                        .map(Seen::active)
                        .distinct()
                        .count()
                    == 1
                && watchers.values().stream()
                    .allMatch(each -> each.latest().orElseThrow().allHealthy()));
  }

  String active() {
    return watcher(WITNESS).latest().orElseThrow().active();
  }

  /** Whether what each of them would show as its journal is the same. */
  boolean sameJournals() {
    return watchers.values().stream().map(each -> each.journal(200)).distinct().count() == 1;
  }

  /** Each stands where it is said to stand, and has no cable but the one that can be cut. */
  void confirmApart() {
    watchers.forEach(
        (name, watching) -> {
          String namespace = host(name).namespace();
          String there = Shell.run("ip", "netns", "pids", namespace);
          String cables = Shell.run("ip", "-n", namespace, "-br", "link");
          boolean apart =
              there.lines().anyMatch(Long.toString(watching.pid())::equals)
                  && cables.lines().allMatch(line -> line.matches("(lo|eth0@\\S+) .*"));
          if (!apart) {
            throw new IllegalStateException(name + " is not on its host alone: " + cables);
          }
        });
  }

  /** One site lost: the one that leads goes down with the primary, which serves until then. */
  @Override
  public void beforeStriking(BenchFault fault) {
    if (fault == BenchFault.SITE_LOST) {
      lead.bringTo(ONE);
      awaitCalm();
    }
  }

  @Override
  public void beforeMending(BenchFault fault) {
    if (fault == BenchFault.SITE_LOST) {
      lead.confirmHeldBy(ONE);
    }
  }

  @Override
  public Map<String, Memory> memory() {
    Map<String, Memory> memory = new TreeMap<>();
    watchers.forEach((name, watching) -> memory.put(name, Memory.of(watching.pid())));
    return memory;
  }

  @Override
  public void primaryServesAgain() {
    watchers.values().forEach(Watching::awaitHealthy);
    watcher(TWO).command("failback");
    try {
      Await.until(
          "the primary serves again; see " + watcher(TWO).log(),
          Watching.STARTED,
          () ->
              watchers.values().stream()
                      .allMatch(
                          each ->
                              each.latest()
                                  .filter(seen -> seen.calm() && seen.active().equals("primary"))
                                  .isPresent())
                  && service.isThePrimarys());
    } catch (AssertionError late) {
      throw new AssertionError(
          "in the end: " + watchers.values().stream().map(Watching::latest).toList(), late);
    }
    // the carrier's table of neighbours settles
    Await.pause(Duration.ofSeconds(2));
  }

  @Override
  public Optional<Trail> trail() {
    return Optional.of(trail);
  }

  @Override
  public Map<String, Long> ownSteps(Instant struck) {
    return watcher(TWO)
        .firstEntries(
            struck, Map.of("VerdictNoted", "Linekeeper sees it", "Intended", "Linekeeper decides"));
  }

  @Override
  public void close() {
    trail.close();
    watchers.values().forEach(Watching::close);
  }
}
