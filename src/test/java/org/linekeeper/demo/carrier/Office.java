package org.linekeeper.demo.carrier;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Map;

/** The office of these tests: two PBXs behind one trunk, three numbers, two mobiles. */
final class Office {
  static final String SALES = "+441632960001";
  static final String SUPPORT = "+441632960002";
  static final String CONTROL = "+441632960099";
  static final String ANNA = "+447700900001";
  static final String BEN = "+447700900002";
  static final String TRUNK = Provisioning.trunkSid("Office trunk");
  static final String PRIMARY = Provisioning.originationUrlSid("primary");
  static final String STANDBY = Provisioning.originationUrlSid("standby");

  private Office() {}

  static SimulatedCarrier start() throws IOException {
    return start(CallLeg.nowhere());
  }

  static SimulatedCarrier start(CallLeg leg) throws IOException {
    return furnish(
        SimulatedCarrier.start(
            new InetSocketAddress("127.0.0.1", 0), Account.demo(), InstantSource.system(), leg));
  }

  static SimulatedCarrier furnish(SimulatedCarrier carrier) {
    Provisioning provisioning = carrier.provisioning();
    provisioning.trunk("Office trunk", null);
    provisioning.originationUrl(TRUNK, "primary", "sip:192.0.2.10:5060", 10, 10);
    provisioning.originationUrl(TRUNK, "standby", "sip:192.0.2.11:5060", 20, 10);
    for (String number : new String[] {SALES, SUPPORT, CONTROL}) {
      provisioning.number(number, Map.of("TrunkSid", TRUNK, "FriendlyName", "Line " + number));
    }
    provisioning.mobile(ANNA);
    provisioning.mobile(BEN);
    return carrier;
  }

  static String sid(String number) {
    return Provisioning.numberSid(number);
  }
}
