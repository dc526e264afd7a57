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
  private final Set<PhoneNumber> office;
  private final Set<PhoneNumber> staff;

  private TargetRules(TargetPolicy policy, Set<PhoneNumber> office, Set<PhoneNumber> staff) {
    this.policy = policy;
    this.office = office;
    this.staff = staff;
  }

  /** The rules of this estate. */
  public static TargetRules of(Estate estate) {
    Set<PhoneNumber> office = new HashSet<>();
    estate.numbers().stream().map(OfficeNumber::number).forEach(office::add);
    estate.trunk().controlNumber().ifPresent(office::add);
    Set<PhoneNumber> staff = new HashSet<>();
    estate.staff().stream().map(StaffMember::mobile).forEach(staff::add);
    return new TargetRules(estate.targets(), office, staff);
  }

  /**
   * Why calls may not be diverted to a number, in a clause that follows it, such as {@code is a
   * premium-rate number: …}; for where there is no estate yet.
   *
   * @param staffMobile whether it stands in staff.yml, and so needs no allowed prefix
   * @param own the office's own numbers, the control number included
   */
  public static Optional<String> whyNot(
      PhoneNumber target, boolean staffMobile, TargetPolicy policy, Set<PhoneNumber> own) {
    return new TargetRules(policy, own, staffMobile ? Set.of(target) : Set.of()).clause(target);
  }

  /** Whether it may. */
  public boolean allows(PhoneNumber target) {
    return clause(target).isEmpty();
  }

  /** Why it may not, in one sentence; empty if it may. */
  public Optional<String> refusal(PhoneNumber target) {
    return clause(target).map(clause -> target + " " + clause);
  }

  private Optional<String> clause(PhoneNumber target) {
    if (office.contains(target)) {
      return Optional.of("is one of the office's own numbers: calls would go round in circles");
    }
    return kind(target).or(() -> abroad(target)).or(() -> stranger(target));
  }

  private static Optional<String> kind(PhoneNumber target) {
    return switch (NumberKind.of(target)) {
      case EMERGENCY ->
          Optional.of("is or looks like an emergency number: diverted calls never go there");
      case SHORT_CODE -> Optional.of("is a short code: only whole telephone numbers can be rung");
      case INCOMPLETE ->
          Optional.of("is not a whole telephone number: it has too few or too many digits");
      case PREMIUM ->
          Optional.of("is a premium-rate number: each call would cost the office extra");
      case PERSONAL ->
          Optional.of("is a personal number (070): it looks like a mobile and costs far more");
      case SPECIAL ->
          Optional.of("is a special-rate number: each call would cost the office extra");
      case NOBODY -> Optional.of("is a pager or a mailbox: nobody would answer there");
      case ORDINARY -> Optional.empty();
    };
  }

  private Optional<String> abroad(PhoneNumber target) {
    PhoneNumberUtil util = PhoneNumberUtil.getInstance();
    Phonenumber.PhoneNumber parsed;
    try {
      parsed = util.parse(target.e164(), null);
    } catch (NumberParseException e) {
      return Optional.of("is not a telephone number");
    }
    int code = parsed.getCountryCode();
    boolean foreign = code != util.getCountryCodeForRegion(policy.region());
    if (foreign && !listed(target, 0)) {
      return Optional.of("is abroad, and no prefix under targets: allowed-prefixes names it");
    }
    // Whoever writes +1 in London means the United States, and not all who share the code.
    String meant = foreign ? util.getRegionCodeForCountryCode(code) : policy.region();
    String region = util.getRegionCodeForNumber(parsed);
    boolean neighbour = region != null && !region.equals(meant);
    // Somebody in staff.yml may have a mobile from there; a number out of the blue may not.
    int digits = Integer.toString(code).length() + AREA_CODE_DIGITS;
    return neighbour && !staff.contains(target) && !listed(target, digits)
        ? Optional.of(
            "belongs to another country with the same code ("
                + region
                + "), and no prefix under targets: allowed-prefixes names its area code")
        : Optional.empty();
  }

  private Optional<String> stranger(PhoneNumber target) {
    return staff.contains(target) || listed(target, 0)
        ? Optional.empty()
        : Optional.of(
            "is not the mobile of anybody in staff.yml, and no prefix under targets:"
                + " allowed-prefixes names it");
  }

  /** Whether a prefix with at least that many digits names it. */
  private boolean listed(PhoneNumber target, int digits) {
    return policy.allowedPrefixes().stream()
        .anyMatch(prefix -> prefix.length() > digits && target.e164().startsWith(prefix));
  }
}
