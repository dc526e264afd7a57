package org.linekeeper.demo.office;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.linekeeper.demo.carrier.Provisioning;
import org.linekeeper.demo.carrier.SimulatedCarrier;
import org.linekeeper.demo.pbx.SimulatedPbx;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.PhoneNumber;

/** What the demo office has at its carrier: a trunk that leads to two PBXs, numbers, mobiles. */
final class Contract {
  static final String TRUNK = "Office trunk";

  /** Any address will do; the carrier only keeps its SID. */
  private static final String EMERGENCY_ADDRESS = "AD0123456789abcdef0123456789abcdef";

  private Contract() {}

  /** Sets it up, with a recorded sentence for callers whom no PBX answers. */
  static void sign(SimulatedCarrier carrier, PbxPair pbxs, Estate estate, String smsUrl) {
    Map<String, String> urls = new LinkedHashMap<>();
    pbxs.both().forEach(pbx -> urls.put(pbx.settings().name(), sip(pbx)));
    Map<String, String> numbers = new LinkedHashMap<>();
    estate.numbers().forEach(n -> numbers.put(n.number().e164(), n.name()));
    String control = estate.trunk().controlNumber().map(PhoneNumber::e164).orElse("");
    sign(carrier, urls, numbers, control, smsUrl);
  }

  /**
   * The same without an office's files.
   *
   * @param pbxs SIP URIs by name, the one that is to be offered calls first at the beginning
   * @param numbers names by number
   * @param control the number that staff text; empty text: none
   * @param smsUrl where texts are brought; empty text: nowhere
   */
  static void sign(
      SimulatedCarrier carrier,
      Map<String, String> pbxs,
      Map<String, String> numbers,
      String control,
      String smsUrl) {
    Provisioning provisioning = carrier.provisioning();
    String trunk = provisioning.trunk(TRUNK, carrier.baseUrl() + "/twiml/divert");
    int priority = 10;
    for (Map.Entry<String, String> pbx : pbxs.entrySet()) {
      provisioning.originationUrl(trunk, pbx.getKey(), pbx.getValue(), priority, 10);
      priority += 10;
    }
    numbers.forEach((number, name) -> provisioning.number(number, params(trunk, name)));
    if (!control.isEmpty()) {
      control(provisioning, trunk, control, smsUrl);
    }
    mobiles(provisioning);
    carrier.caller().callOnly(List.copyOf(numbers.keySet()));
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
      Provisioning provisioning, String trunk, String control, String smsUrl) {
    Map<String, String> params = new HashMap<>(params(trunk, "Control by text"));
    if (!smsUrl.isEmpty()) {
      params.putAll(Map.of("SmsUrl", smsUrl, "SmsMethod", "POST"));
    }
    provisioning.number(control, params);
  }

  /** Every number that Ofcom keeps for dramas rings somewhere, so that any may be tried. */
  private static void mobiles(Provisioning provisioning) {
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
