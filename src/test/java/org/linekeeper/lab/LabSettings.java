package org.linekeeper.lab;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.linekeeper.demo.carrier.Provisioning;

/** The settings files of the lab's office. Shipped defaults, but for where things are. */
record LabSettings(LabOffice lab) {
  String office() {
    return """
    office: {name: Lab, region: GB, time-zone: Europe/London}
    watcher:
      name: watcher-1
      journal: %s/journal
    web: {bind: 127.0.0.1, port: %d}
    pbxs:
      primary:
        role: primary
        site: head-office
        origination-url: %s
        ami: {host: %s, port: %d, user: %s, password: "file:ami-password"}
        sip: {host: %s, port: %d}
      standby:
        role: standby
        site: head-office
        origination-url: %s
        ami: {host: %s, port: %d, user: %s, password: "file:ami-password"}
        sip: {host: %s, port: %d}
    watching:
      profile: lan
      freeze-tolerance: 800ms
    failover: {mode: automatic}
    carrier:
      account: %s
      auth-token: "file:auth-token"
      trunk: %s
      base-url: %s
      divert-url: %s
    sms:
      control-number: "%s"
      webhook-url: http://127.0.0.1:%d/twilio/sms
      limits: {texts: 500}
    """
        .formatted(
            lab.directory(),
            lab.webPort(),
            Provisioning.originationUrlSid("primary"),
            lab.primary().ami().getHostString(),
            lab.primary().ami().getPort(),
            lab.primary().amiUser(),
            lab.primary().sip().getHostString(),
            lab.primary().sip().getPort(),
            Provisioning.originationUrlSid("standby"),
            lab.standby().ami().getHostString(),
            lab.standby().ami().getPort(),
            lab.standby().amiUser(),
            lab.standby().sip().getHostString(),
            lab.standby().sip().getPort(),
            lab.carrier().account().sid(),
            Provisioning.trunkSid("lab"),
            lab.carrier().baseUrl(),
            lab.carrier().baseUrl() + "/twiml/divert",
            LabOffice.CONTROL,
            lab.webPort());
  }

  String numbers() {
    return "numbers:\n"
        + IntStream.rangeClosed(1, LabOffice.NUMBERS)
            .mapToObj(i -> "  - {number: \"" + LabOffice.number(i) + "\", divert-to: [alice]}\n")
            .collect(Collectors.joining());
  }

  String staff() {
    return """
    staff:
      alice: {name: Alice, mobile: "+447700900101", may-move: all, may-operate: yes}
      bob: {name: Bob, mobile: "+447700900102"}
    """;
  }
}
