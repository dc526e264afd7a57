package org.linekeeper.carrier.twilio;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.linekeeper.carrier.Answer;
import org.linekeeper.carrier.CarrierNumber;
import org.linekeeper.check.CheckResult;
import org.linekeeper.estate.PhoneNumber;

/**
 * Can the carrier call the office's test number, and would that call come to a PBX? Calls nobody.
 */
public final class TestCallCheck {
  private static final String WHAT = "carrier's test call";

  private TestCallCheck() {}

  /**
   * Looks at the account's numbers.
   *
   * @param number the test number
   * @param from the number that it is called from
   * @param trunk SID of the office's trunk
   */
  public static CheckResult of(
      Answer<List<CarrierNumber>> numbers, PhoneNumber number, PhoneNumber from, String trunk) {
    if (!numbers.ok()) {
      return CheckResult.warning(WHAT, numbers.said(), "Mend the access to the carrier first.");
    }
    Map<PhoneNumber, CarrierNumber> owned =
        numbers.value().stream()
            .flatMap(List::stream)
            .collect(Collectors.toMap(CarrierNumber::number, Function.identity(), (a, b) -> a));
    CarrierNumber found = owned.get(number);
    if (found == null || !found.image().get(NumberFields.TRUNK).equals(trunk)) {
      return CheckResult.failure(
          WHAT,
          number + " is not on the trunk, so no PBX would be called",
          "Assign it to the trunk in Twilio's console, or name a number that is on it.");
    }
    return owned.containsKey(from)
        ? CheckResult.ok(WHAT, from + " can call " + number + " through the trunk")
        : CheckResult.failure(
            WHAT,
            from + " is none of the account's numbers, so the carrier refuses to call from it",
            "Name one of the account's numbers; it need not be on the trunk.");
  }
}
