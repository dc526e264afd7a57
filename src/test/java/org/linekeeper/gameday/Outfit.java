package org.linekeeper.gameday;

import java.util.LinkedHashMap;
import java.util.Map;
import org.linekeeper.demo.carrier.Provisioning;

/**
 * What an office has on that wants to see all there is to see: besides what is shipped, phones are
 * mirrored (and with them AstDB is tried), and the carrier may be asked for test calls.
 */
final class Outfit {
  private static final String TEST_NUMBER = "+441632960190";
  private static final String FROM = "+441632960191";

  /** Added to linekeeper.yml, for people as well. */
  static final String CARRIER =
      "carrier:\n  test-call: {number: \"%s\", from: \"%s\", every: 15m}\n"
          .formatted(TEST_NUMBER, FROM);

  /** Added to linekeeper.yml, for people as well. */
  static final String MIRROR =
      """
      mirror:
        contacts: yes
        ami:
          primary: {user: linekeeper-astdb, password: "file:ami-password"}
          standby: {user: linekeeper-astdb, password: "file:ami-password"}
      """;

  private Outfit() {}

  /** Buys the numbers for test calls, and writes the settings that every fault is watched with. */
  static void everythingOn(House house) {
    Provisioning carrier = house.office().carrier().provisioning();
    carrier.number(TEST_NUMBER, Map.of("TrunkSid", Provisioning.trunkSid("lab")));
    carrier.number(FROM, Map.of());
    settings(house, Map.of());
  }

  /**
   * Writes them anew.
   *
   * @param changes to the text besides, as in LabOffice.settings
   */
  static void settings(House house, Map<String, String> changes) {
    Map<String, String> all = new LinkedHashMap<>(changes);
    all.put("carrier:\n", CARRIER);
    all.put("sms:\n", MIRROR + "sms:\n");
    house.office().settings(all);
  }
}
