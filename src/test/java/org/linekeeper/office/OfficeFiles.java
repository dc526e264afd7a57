package org.linekeeper.office;

import java.net.InetSocketAddress;
import java.util.stream.Collectors;
import org.linekeeper.demo.carrier.Provisioning;

/** The settings files of the simulated office: shipped defaults, but for where things are. */
record OfficeFiles(Office office) {
  static final String SCHEDULE = "schedule: []\n";

  /** Writes all four files and the secrets. */
  void write() {
    office
        .write("linekeeper.yml", linekeeper())
        .write("numbers.yml", numbers())
        .write("staff.yml", staff())
        .write("schedule.yml", SCHEDULE)
        .write("ami-password", office.primary().settings().secret())
        .write("auth-token", office.account().authToken());
  }

  String linekeeper() {
    return linekeeper(office.primary().amiAddress(), office.standby().amiAddress());
  }

  String linekeeper(InetSocketAddress primaryAmi, InetSocketAddress standbyAmi) {
    return """
    office: {name: Example, region: GB, time-zone: Europe/London}
    watcher: {name: watcher-1, journal: journal}
    pbxs:
    %s%s
    watching: {profile: lan}
    failover: {mode: automatic, hold-down: 10s}
    carrier:
      account: %s
      auth-token: "file:auth-token"
      trunk: %s
      base-url: %s
      divert-url: %s/twiml/divert
      most-at-once: 90
    sms: {control-number: "%s", poll-every: 1s}
    targets: {allowed-prefixes: ["+447700"]}
    """
        .formatted(
            pbx("primary", primaryAmi, office.primary().sipAddress()),
            pbx("standby", standbyAmi, office.standby().sipAddress()),
            office.account().sid(),
            Office.TRUNK,
            office.carrier().baseUrl(),
            office.carrier().baseUrl(),
            Office.CONTROL);
  }

  private static String pbx(String name, InetSocketAddress ami, InetSocketAddress sip) {
    return """
      %s:
        role: %s
        site: head-office
        origination-url: %s
        ami: {host: 127.0.0.1, port: %d, user: linekeeper, password: "file:ami-password"}
        sip: {host: 127.0.0.1, port: %d}
    """
        .formatted(name, name, Provisioning.originationUrlSid(name), ami.getPort(), sip.getPort());
  }

  String numbers() {
    return office.lines().stream()
        .map(n -> "  - {number: \"" + n + "\", groups: [sales], divert-to: [alice]}\n")
        .collect(Collectors.joining("", "groups: [sales]\nnumbers:\n", ""));
  }

  String staff() {
    return """
    staff:
      alice: {name: Alice, mobile: "+447700900101", may-move: all, may-operate: yes}
      bob: {name: Bob, mobile: "+447700900102"}
    """;
  }
}
