package org.linekeeper.actuator.address;

import java.util.List;
import org.linekeeper.actuator.program.Programs;
import org.linekeeper.time.Ticker;

/** The product's own actuator on hosts of the lab, for tests outside of its package. */
public final class LabAddresses {
  private LabAddresses() {}

  /** In that network namespace. */
  public static HostAddresses on(Programs programs, String namespace) {
    return on(programs, namespace, Ticker.system());
  }

  static HostAddresses on(Programs programs, String namespace, Ticker ticker) {
    return new HostAddresses(programs, in(namespace), Tenure.sole(), ticker);
  }

  static LeasedAddress leased(Programs programs, String namespace, Ticker ticker) {
    return new LeasedAddress(programs, in(namespace), ticker);
  }

  private static List<String> in(String namespace) {
    return List.of("nsenter", "--net=/var/run/netns/" + namespace);
  }
}
