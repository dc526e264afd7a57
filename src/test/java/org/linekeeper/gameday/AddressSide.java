package org.linekeeper.gameday;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.linekeeper.demo.carrier.Provisioning;
import org.linekeeper.lab.Await;
import org.linekeeper.lab.LabPbx;
import org.linekeeper.lab.Shell;

/**
 * Linekeeper with shipped settings on the standby's host, moving one address. A fenced host loses
 * its port of the switch, as a managed switch or a hypervisor does it; letting go and taking back
 * are the shipped script in the primary's namespace, where an office has an SSH connection.
 */
final class AddressSide implements Tool.Standby {
  private final House house;
  private final ServiceAddress service;
  private final Watching watching;
  private final Trail trail;

  private AddressSide(House house, ServiceAddress service, Watching watching) {
    this.house = house;
    this.service = service;
    this.watching = watching;
    trail = Trail.follow(house, service);
  }

  static AddressSide start(House house) {
    return start(house, Map.of(), Watching.NOW_AND_THEN);
  }

  /**
   * @param more changes to linekeeper.yml: what stands there, what is to stand there
   * @param listened how often it is asked for its status
   */
  static AddressSide start(House house, Map<String, String> more, Duration listened) {
    ServiceAddress service = new ServiceAddress(house);
    service.prepare("");
    for (LabPbx pbx : List.of(house.primary(), house.standby())) {
      Config.edit(
          pbx,
          "manager-linekeeper.conf",
          text ->
              text.replaceFirst(
                  "(?m)^permit = .*$",
                  "permit = " + house.standby().host().address() + "/255.255.255.255"));
      pbx.restart();
    }
    Shell.run(
        "ip",
        "-n",
        house.primary().host().namespace(),
        "addr",
        "add",
        service.ip() + "/24",
        "dev",
        "eth0");
    Map<String, String> changes = new HashMap<>(more);
    changes.put(row("primary"), "");
    changes.put(row("standby"), "");
    changes.put("failover: {mode: automatic}\n", failover(house, service));
    house.office().settings(changes);
    AddressSide side =
        new AddressSide(
            house, service, Watching.start(house, house.standby().host(), List.of(), listened));
    side.watching.awaitCalm();
    house.awaitStandbyHeld();
    return side;
  }

  Watching watching() {
    return watching;
  }

  ServiceAddress service() {
    return service;
  }

  private static String row(String pbx) {
    return "    origination-url: " + Provisioning.originationUrlSid(pbx) + "\n";
  }

  private static String failover(House house, ServiceAddress service) {
    String script =
        String.join(
            ", ",
            "/usr/bin/nsenter",
            "--net=/var/run/netns/" + house.primary().host().namespace(),
            "/usr/bin/env",
            "LINEKEEPER_ADDRESSES=" + service.ip() + "/24",
            Path.of("dialplans/linekeeper-address.sh").toAbsolutePath().toString());
    return """
    failover:
      mode: automatic
      commands:
        cut-port:
          run: [%s]
        let-go:
          run: [%s, release]
        take-back:
          run: [%s, take]
      floating-address:
        addresses: [%s/24]
        device: eth0
        fence: cut-port
        release: let-go
        take: take-back
    """
        .formatted(
            String.join(", ", house.primary().host().cutCommand())
                .replaceFirst("^ip", "/usr/sbin/ip"),
            script,
            script,
            service.ip());
  }

  /** What was fenced comes back as a machine that has been switched off: without the address. */
  @Override
  public void beforeMending(BenchFault fault) {
    if (service.heldBy(house.standby())) {
      Shell.run(
          "ip",
          "-n",
          house.primary().host().namespace(),
          "addr",
          "flush",
          "dev",
          "eth0",
          "to",
          service.ip());
      house.primary().host().heal();
    }
  }

  @Override
  public void primaryServesAgain() {
    watching.awaitHealthy();
    watching.command("failback");
    Await.until(
        "the primary serves again; see " + watching.log(),
        Duration.ofSeconds(30),
        () ->
            watching.latest().filter(s -> s.calm() && s.active().equals("primary")).isPresent()
                && service.isThePrimarys());
    // the carrier's table of neighbours settles
    Await.pause(Duration.ofSeconds(2));
  }

  @Override
  public Optional<Trail> trail() {
    return Optional.of(trail);
  }

  @Override
  public Map<String, Long> ownSteps(Instant struck) {
    return watching.firstEntries(
        struck, Map.of("VerdictNoted", "Linekeeper sees it", "Intended", "Linekeeper decides"));
  }

  @Override
  public void close() {
    trail.close();
    watching.close();
  }
}
