package org.linekeeper.estate;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A telephone number in E.164 form ({@code +} and 7 to 15 digits), as carriers write it.
 *
 * @param e164 for example {@code +441632960001}
 */
public record PhoneNumber(String e164) implements Comparable<PhoneNumber> {
  private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");

  /**
   * @throws IllegalArgumentException if the text is not E.164; use {@link #parse} for text that
   *     people wrote
   */
  public PhoneNumber {
    if (!isE164(e164)) {
      throw new IllegalArgumentException("not an E.164 number: " + e164);
    }
  }

  /** Whether the text is a number in E.164 form. */
  public static boolean isE164(String text) {
    return E164.matcher(text).matches();
  }

  /**
   * Reads a number as people write it, such as {@code 07700 900123} or {@code +44 (0)1632 960001}.
   *
   * @param region ISO 3166 code of the country whose national form is understood, such as {@code
   *     GB}
   * @return empty if no possible number can be read from the text
   */
  public static Optional<PhoneNumber> parse(String text, String region) {
    PhoneNumberUtil util = PhoneNumberUtil.getInstance();
    try {
      Phonenumber.PhoneNumber number = util.parse(text, region);
      // isPossible, not isValid: the ranges kept for drama and tests (01632 960xxx) must work too.
      if (!util.isPossibleNumber(number)) {
        return Optional.empty();
      }
      String e164 = util.format(number, PhoneNumberFormat.E164);
      return E164.matcher(e164).matches() ? Optional.of(new PhoneNumber(e164)) : Optional.empty();
    } catch (NumberParseException e) {
      return Optional.empty();
    }
  }

  /** The number as a person in that region would dial it, such as {@code 01632 960001}. */
  public String display(String region) {
    PhoneNumberUtil util = PhoneNumberUtil.getInstance();
    try {
      Phonenumber.PhoneNumber number = util.parse(e164, null);
      boolean national = util.getCountryCodeForRegion(region) == number.getCountryCode();
      return util.format(
          number, national ? PhoneNumberFormat.NATIONAL : PhoneNumberFormat.INTERNATIONAL);
    } catch (NumberParseException e) {
      return e164;
    }
  }

  @Override
  public int compareTo(PhoneNumber other) {
    return e164.compareTo(other.e164);
  }

  @Override
  public String toString() {
    return e164;
  }
}
