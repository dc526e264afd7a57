package org.linekeeper.demo.office;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import org.linekeeper.demo.carrier.Provisioning;
import org.linekeeper.demo.carrier.SimulatedCarrier;
import org.linekeeper.demo.pbx.SimulatedPbx;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.OfficeNumber;
import org.linekeeper.estate.PhoneNumber;

/** What the demo office has at its carrier: a trunk that leads to two PBXs, numbers, mobiles. */
final class Contract {
  static final String TRUNK = "Office trunk";

  /** Any address will do; the carrier only keeps its SID. */
  private static final String EMERGENCY_ADDRESS = "AD0123456789abcdef0123456789abcdef";

  private Contract() {}

  /** Sets it up, with a recorded sentence for callers whom no PBX answers. */
  static void sign(SimulatedCarrier carrier, PbxPair pbxs, Estate estate, String smsUrl) {
    Provisioning provisioning = carrier.provisioning();
    String nobody = carrier.baseUrl() + "/twiml/divert";
    String trunk = provisioning.trunk(TRUNK, nobody);
    int priority = 10;
    for (SimulatedPbx pbx : pbxs.both()) {
      provisioning.originationUrl(trunk, pbx.settings().name(), sip(pbx), priority, 10);
      priority += 10;
    }
    for (OfficeNumber number : estate.numbers()) {
      provisioning.number(number.number().e164(), params(trunk, number.name()));
    }
    estate
        .trunk()
        .controlNumber()
        .ifPresent(control -> control(provisioning, trunk, control, smsUrl));
    mobiles(provisioning);
    carrier.caller().callOnly(estate.numbers().stream().map(n -> n.number().e164()).toList());
  }

  private static String sip(SimulatedPbx pbx) {
    InetSocketAddress address = pbx.sipAddress();
    return "sip:" + address.getHostString() + ":" + address.getPort();
  }

  private static Map<String, String> params(String trunk, String name) {
    return Map.of(
        "TrunkSid", trunk, "FriendlyName", name, "EmergencyAddressSid", EMERGENCY_ADDRESS);
  }

  private static void control(
      Provisioning provisioning, String trunk, PhoneNumber control, String smsUrl) {
    Map<String, String> params = new HashMap<>(params(trunk, "Control by text"));
    if (!smsUrl.isEmpty()) {
      params.putAll(Map.of("SmsUrl", smsUrl, "SmsMethod", "POST"));
    }
    provisioning.number(control.e164(), params);
  }

  /** Every number that Ofcom keeps for dramas rings somewhere, so that any may be tried. */
  static void mobiles(Provisioning provisioning) {
    for (int i = 0; i < 500; i++) {
      provisioning.mobile("+447700900%03d".formatted(i));
    }
  }

  /** SIDs depend on names alone, so settings can be written before the carrier knows of them. */
  static Map<String, String> sids() {
    return Map.of(
        "trunk", Provisioning.trunkSid(TRUNK),
        "primary-url", Provisioning.originationUrlSid("primary"),
        "standby-url", Provisioning.originationUrlSid("standby"));
  }
}
