package org.linekeeper.gameday;

import java.util.List;
import org.linekeeper.demo.carrier.Knobs;
import org.linekeeper.demo.carrier.Provisioning;
import org.linekeeper.lab.LabHost;
import org.linekeeper.lab.LabPbx;
import org.linekeeper.lab.Shell;

/** The one address that the carrier calls, whichever PBX has it. */
record ServiceAddress(House house) {
  /**
   * Both Asterisks are bound to it all the time ({@code ip_nonlocal_bind}), since bound to every
   * address they would answer from another one; and the carrier knows no other.
   *
   * @param more what else is added to pjsip.conf
   */
  void prepare(String more) {
    for (LabPbx pbx : List.of(house.primary(), house.standby())) {
      Shell.run(
          Shell.USUAL, pbx.host().command("sysctl", "-q", "-w", "net.ipv4.ip_nonlocal_bind=1"));
      Config.edit(
          pbx,
          "pjsip.conf",
          text ->
              text
                  + "\n[service]\ntype = transport\nprotocol = udp\nbind = "
                  + ip()
                  + ":5060\n"
                  + more);
    }
    String trunk = Provisioning.trunkSid("lab");
    Provisioning carrier = house.office().carrier().provisioning();
    carrier.originationUrl(trunk, "service", "sip:" + ip() + ":5060", 5, 10);
    carrier.withoutOriginationUrl("primary");
    carrier.withoutOriginationUrl("standby");
    house.office().carrier().knobs(Knobs.DEFAULT.withHunting(false).withLegDeadline(House.LEG));
  }

  String ip() {
    return house.network().serviceAddress();
  }

  /** Takes it from a host, as a loss of power does. */
  void drop(LabHost host) {
    Shell.run("ip", "-n", host.namespace(), "addr", "flush", "dev", "eth0", "to", ip());
  }

  /** Whether the primary has it, and only it. */
  boolean isThePrimarys() {
    return heldBy(house.primary()) && !heldBy(house.standby());
  }

  boolean heldBy(LabPbx pbx) {
    return Shell.attempt(
            Shell.USUAL, List.of("ip", "-n", pbx.host().namespace(), "-4", "addr", "show", "eth0"))
        .output()
        .contains("inet " + ip() + "/");
  }
}
