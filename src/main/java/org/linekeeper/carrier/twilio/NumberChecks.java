package org.linekeeper.carrier.twilio;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.linekeeper.carrier.CarrierNumber;
import org.linekeeper.check.CheckResult;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.OfficeNumber;
import org.linekeeper.estate.PhoneNumber;

/** Whether the office's numbers are at the account, on the trunk, and safe for a call to 999. */
final class NumberChecks {
  private final TwilioSettings settings;
  private final Estate estate;
  private final Map<PhoneNumber, CarrierNumber> owned;

  NumberChecks(TwilioSettings settings, Estate estate, Map<PhoneNumber, CarrierNumber> owned) {
    this.settings = settings;
    this.estate = estate;
    this.owned = owned;
  }

  /** One result for each number with something wrong, and one for all that are right. */
  List<CheckResult> run() {
    List<CheckResult> results = new ArrayList<>();
    int right = 0;
    int addressed = 0;
    for (OfficeNumber number : estate.numbers()) {
      CarrierNumber found = owned.get(number.number());
      CheckResult result = found == null ? missing(number) : routed(number, found);
      if (result.level() == CheckResult.Level.OK) {
        right++;
      } else {
        results.add(result);
      }
      number
          .callerId()
          .filter(shown -> !owned.containsKey(shown))
          .ifPresent(shown -> results.add(notOurs(number, shown)));
      if (found != null && found.emergencyAddress().isEmpty()) {
        results.add(unaddressed(number));
      } else if (found != null) {
        addressed++;
      }
    }
    int all = estate.numbers().size();
    if (right > 0) {
      results.add(
          CheckResult.ok("numbers", right + " of " + all + " are at the account and on the trunk"));
    }
    if (addressed > 0) {
      results.add(
          CheckResult.ok(
              "emergency addresses", addressed + " of " + all + " numbers have one registered"));
    }
    return results;
  }

  private static CheckResult missing(OfficeNumber number) {
    return CheckResult.failure(
        what(number),
        "is not at the account: Linekeeper cannot move it",
        "Take it out of numbers.yml, or have it ported to this account.");
  }

  private CheckResult routed(OfficeNumber number, CarrierNumber found) {
    String trunk = found.image().get(NumberFields.TRUNK);
    if (trunk.equals(estate.trunk().sid())) {
      return CheckResult.ok(what(number), "is on the trunk");
    }
    boolean diverted =
        trunk.isEmpty()
            && found.image().get(NumberFields.VOICE_URL).startsWith(settings.divertUrl() + "?");
    return diverted
        ? CheckResult.warning(
            what(number),
            "rings on mobiles at the moment, not on the trunk",
            "If nobody has diverted it on purpose, return it.")
        : CheckResult.failure(
            what(number),
            "is not on the trunk: calls to it do not reach the PBXs",
            "Assign it to the trunk in Twilio's console, before Linekeeper takes that for normal.");
  }

  private static CheckResult unaddressed(OfficeNumber number) {
    return CheckResult.warning(
        "emergency address of " + what(number),
        "is not registered: a 999 or 112 call from this number reaches no located emergency desk",
        "Register the office's address for it in Twilio's console (Emergency Calling).");
  }

  /** Error 13214: "callerId must be the calling number, called number, or a validated" one. */
  private static CheckResult notOurs(OfficeNumber number, PhoneNumber shown) {
    return CheckResult.warning(
        "caller-id of " + what(number),
        shown + " is none of the account's numbers: a diverted call of a withheld caller may fail",
        "Name one of the office's numbers in numbers.yml, unless Twilio has verified this one.");
  }

  private static String what(OfficeNumber number) {
    return number.number() + " (" + number.name() + ")";
  }
}
