package org.linekeeper.routing;

import com.google.i18n.phonenumbers.ShortNumberInfo;
import java.util.Set;

/** Which numbers call for help? */
public final class EmergencyNumbers {
  /** Those that a phone system in Europe must put through, whatever a table says. */
  private static final Set<String> ALWAYS = Set.of("112", "999");

  private EmergencyNumbers() {}

  /**
   * Whether the digits, as dialled, reach an emergency service.
   *
   * @param region ISO 3166 code of the office's country
   */
  public static boolean contains(String digits, String region) {
    return ALWAYS.contains(digits)
        || ShortNumberInfo.getInstance().isEmergencyNumber(digits, region);
  }
}
