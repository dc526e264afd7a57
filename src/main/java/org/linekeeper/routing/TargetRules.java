package org.linekeeper.routing;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.OfficeNumber;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.estate.StaffMember;
import org.linekeeper.estate.TargetPolicy;

/**
 * May a diverted call ring there? Against toll fraud (somebody with a stolen mobile diverts the
 * office to a number that earns them money) and against loops.
 */
public final class TargetRules {
  /**
   * Digits after the country code that a prefix needs to stand for another country that shares the
   * code: {@code +1} is not meant to allow Jamaica (+1 876), nor {@code +447} Jersey (+44 7797).
   */
  private static final int AREA_CODE_DIGITS = 3;

  private final TargetPolicy policy;
  private final Set<PhoneNumber> office = new HashSet<>();
  private final Set<PhoneNumber> staff = new HashSet<>();

  /** The rules of this estate. */
  public TargetRules(Estate estate) {
    policy = estate.targets();
    estate.numbers().stream().map(OfficeNumber::number).forEach(office::add);
    estate.trunk().controlNumber().ifPresent(office::add);
    estate.staff().stream().map(StaffMember::mobile).forEach(staff::add);
  }

  /** Whether it may. */
  public boolean allows(PhoneNumber target) {
    return refusal(target).isEmpty();
  }

  /** Why it may not, in one sentence; empty if it may. */
  public Optional<String> refusal(PhoneNumber target) {
    if (office.contains(target)) {
      return Optional.of(
          target + " is one of the office's own numbers: calls would go round in circles");
    }
    return kind(target).or(() -> abroad(target)).or(() -> stranger(target));
  }

  private static Optional<String> kind(PhoneNumber target) {
    return switch (NumberKind.of(target)) {
      case EMERGENCY ->
          Optional.of(target + " is or looks like an emergency number: calls never go there");
      case SHORT_CODE ->
          Optional.of(target + " is a short code: only whole telephone numbers can be rung");
      case INCOMPLETE ->
          Optional.of(target + " is not a whole telephone number: digits are missing or too many");
      case PREMIUM ->
          Optional.of(target + " is a premium-rate number: each call would cost the office extra");
      case PERSONAL ->
          Optional.of(
              target + " is a personal number (070): it looks like a mobile and costs far more");
      case SPECIAL ->
          Optional.of(target + " is a special-rate number: each call would cost the office extra");
      case NOBODY -> Optional.of(target + " is a pager or a mailbox: nobody would answer there");
      case ORDINARY -> Optional.empty();
    };
  }

  private Optional<String> abroad(PhoneNumber target) {
    PhoneNumberUtil util = PhoneNumberUtil.getInstance();
    Phonenumber.PhoneNumber parsed;
    try {
      parsed = util.parse(target.e164(), null);
    } catch (NumberParseException e) {
      return Optional.of(target + " is not a telephone number");
    }
    int home = util.getCountryCodeForRegion(policy.region());
    if (parsed.getCountryCode() != home) {
      return listed(target, 0)
          ? Optional.empty()
          : Optional.of(
              target
                  + " is abroad, and none of the allowed prefixes (targets: allowed-prefixes) names it");
    }
    String region = util.getRegionCodeForNumber(parsed);
    boolean neighbour = region != null && !region.equals(policy.region());
    // Somebody in staff.yml may have a mobile from there; a number out of the blue may not.
    int digits = Integer.toString(home).length() + AREA_CODE_DIGITS;
    return neighbour && !staff.contains(target) && !listed(target, digits)
        ? Optional.of(
            target
                + " belongs to another country with the same code ("
                + region
                + "), and none of the allowed prefixes (targets: allowed-prefixes) names its area code")
        : Optional.empty();
  }

  private Optional<String> stranger(PhoneNumber target) {
    return staff.contains(target) || listed(target, 0)
        ? Optional.empty()
        : Optional.of(
            target
                + " is not the mobile of anybody in staff.yml, and none of the allowed prefixes"
                + " (targets: allowed-prefixes) names it");
  }

  /** Whether a prefix with at least that many digits names it. */
  private boolean listed(PhoneNumber target, int digits) {
    return policy.allowedPrefixes().stream()
        .anyMatch(prefix -> prefix.length() > digits && target.e164().startsWith(prefix));
  }
}
