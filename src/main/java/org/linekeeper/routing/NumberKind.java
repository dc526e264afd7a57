package org.linekeeper.routing;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber;
import com.google.i18n.phonenumbers.ShortNumberInfo;
import org.linekeeper.estate.PhoneNumber;

/** What sort of line is behind a number, as far as the numbering plans say? */
enum NumberKind {
  /** An emergency service, or too like one to try. */
  EMERGENCY,
  /** A short code, such as directory enquiries. */
  SHORT_CODE,
  /** Too short or too long to be anybody's. */
  INCOMPLETE,
  /** Costs the caller extra. */
  PREMIUM,
  /** Follows its owner anywhere, at any price: 070 in the United Kingdom. */
  PERSONAL,
  /** Costs shared or special rates: 084 and 087 in the United Kingdom. */
  SPECIAL,
  /** A pager or a mailbox: nobody answers. */
  NOBODY,
  /** A landline, a mobile, or a number new enough that nobody knows. */
  ORDINARY;

  static NumberKind of(PhoneNumber number) {
    PhoneNumberUtil util = PhoneNumberUtil.getInstance();
    Phonenumber.PhoneNumber parsed;
    try {
      parsed = util.parse(number.e164(), null);
    } catch (NumberParseException e) {
      return INCOMPLETE;
    }
    String digits = util.getNationalSignificantNumber(parsed);
    String region = util.getRegionCodeForCountryCode(parsed.getCountryCode());
    ShortNumberInfo shorts = ShortNumberInfo.getInstance();
    // Only where it is nobody's: 01 12 34 56 78 begins like 112 and is a line in Paris.
    if (!util.isValidNumber(parsed) && shorts.connectsToEmergencyNumber(digits, region)) {
      return EMERGENCY;
    }
    if (shorts.isValidShortNumber(parsed)) {
      return SHORT_CODE;
    }
    if (util.isPossibleNumberWithReason(parsed) != PhoneNumberUtil.ValidationResult.IS_POSSIBLE) {
      return INCOMPLETE;
    }
    return switch (util.getNumberType(parsed)) {
      case PREMIUM_RATE -> british(number, "+448") ? SPECIAL : PREMIUM;
      case PERSONAL_NUMBER -> PERSONAL;
      case SHARED_COST -> SPECIAL;
      case PAGER, VOICEMAIL -> NOBODY;
      case UNKNOWN -> unassigned(number);
      case FIXED_LINE, MOBILE, FIXED_LINE_OR_MOBILE, TOLL_FREE, VOIP, UAN -> ORDINARY;
    };
  }

  /**
   * Numbers that the library's tables do not have: the ranges for drama (01632 960xxx, 07700
   * 900xxx), and ranges opened since. Ofcom's first digits tell the kind all the same (National
   * Telephone Numbering Plan, part A).
   */
  private static NumberKind unassigned(PhoneNumber number) {
    if (british(number, "+449")) {
      return PREMIUM;
    }
    if (british(number, "+4470")) {
      return PERSONAL;
    }
    if (british(number, "+4484") || british(number, "+4487")) {
      return SPECIAL;
    }
    boolean manx = british(number, "+447624");
    return british(number, "+4476") && !manx ? NOBODY : ORDINARY;
  }

  private static boolean british(PhoneNumber number, String prefix) {
    return number.e164().startsWith(prefix);
  }
}
