package org.linekeeper.carrier.twilio;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.linekeeper.carrier.CarrierNumber;
import org.linekeeper.check.CheckResult;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.state.NumberImage;
import org.linekeeper.state.Outcome;
import org.linekeeper.time.Ticker;

/**
 * Does the real carrier do what its documentation leaves open? Tries it on one spare number of the
 * account, which goes onto the office's trunk and rings on the given mobile for some seconds, and
 * always puts it back. Places no call. docs/CARRIER.md names the checks beside what they try.
 */
public final class LiveChecks {
  /** As long a URL as ten mobiles make. */
  private static final int MOBILES = 10;

  private static final String REPORT =
      "Linekeeper does not rely on it, so calls are safe; report it all the same.";

  private final TwilioCarrier carrier;
  private final Ticker ticker;
  private final String trunk;
  private final PhoneNumber mobile;
  private final List<CheckResult> results = new ArrayList<>();

  /**
   * @param trunk SID of the office's trunk: a number that is on none would come back to none, and
   *     the request that returns the office's numbers would never have been tried
   * @param mobile where the spare number may ring meanwhile
   */
  public LiveChecks(TwilioCarrier carrier, Ticker ticker, String trunk, PhoneNumber mobile) {
    this.carrier = carrier;
    this.ticker = ticker;
    this.trunk = trunk;
    this.mobile = mobile;
  }

  /** Tries everything on that number; it must be one that nobody needs right now. */
  public List<CheckResult> run(PhoneNumber spare) {
    Optional<CarrierNumber> found =
        carrier.numbers().value().orElse(List.of()).stream()
            .filter(number -> number.number().equals(spare))
            .findFirst();
    if (found.isEmpty()) {
      return List.of(
          CheckResult.failure(
              "spare number " + spare,
              "is not at the account, or the account cannot be read; nothing was tried",
              "Give a number of the account that nobody needs right now."));
    }
    SpareNumber number = new SpareNumber(carrier, found.get());
    try {
      tryAll(spare, number);
    } finally {
      results.add(number.putBack());
    }
    return List.copyOf(results);
  }

  private void tryAll(PhoneNumber spare, SpareNumber number) {
    Tally before = carrier.tally();
    NumberImage office =
        number.lent().with(Map.of(NumberFields.TRUNK, trunk, NumberFields.APPLICATION, ""));
    if (!change("put the number on the trunk", number, office)) {
      return; // nothing after it would be tried as the office's numbers need it
    }
    NumberImage diverted = carrier.diverted(office, List.of(mobile), Optional.of(spare));
    change("divert by one request", number, diverted);
    change("return by one request", number, office);
    change(
        "divert to ten mobiles (the longest URL)",
        number,
        carrier.diverted(office, Collections.nCopies(MOBILES, mobile), Optional.of(spare)));
    change("return from ten mobiles", number, office);
    refused(number, office);
    cleared(number, office);
    both(number, diverted);
    counted(carrier.tally().since(before));
  }

  private boolean change(String what, SpareNumber number, NumberImage want) {
    Duration begun = ticker.now();
    Outcome outcome = number.become(want);
    long took = ticker.since(begun).toMillis();
    List<String> differing = number.differing(want);
    boolean well = outcome.achieved() && differing.isEmpty();
    String fields = differing.isEmpty() ? "" : "; not as wanted: " + String.join(", ", differing);
    results.add(
        well
            ? CheckResult.ok(
                what, "every writable field reads back as wanted, after " + took + " ms")
            : CheckResult.failure(
                what,
                outcome.said() + fields,
                "Do not rely on diverting with this account; report it with this text."));
    return well;
  }

  /** A request with one good and one bad value must change nothing. */
  private void refused(SpareNumber number, NumberImage office) {
    String what = "a refused request changes nothing";
    Outcome outcome =
        number.send(
            office,
            Map.of(
                NumberFields.TRUNK,
                "TK" + "0".repeat(32),
                "FriendlyName",
                "Linekeeper check --live"));
    boolean same = number.differing(office).isEmpty();
    boolean refused = outcome.kind() == Outcome.Kind.REJECTED;
    if (!refused) {
      number.doubt();
    }
    results.add(
        refused && same
            ? CheckResult.ok(what, "refused, and every field as before")
            : CheckResult.warning(
                what,
                "not so: " + outcome.said() + (same ? "" : "; fields were changed all the same"),
                "Linekeeper reads back what it changes, so calls are safe; report it all the same."));
  }

  /** On a trunk the voice URL is not used, so it can be set and cleared without harm. */
  private void cleared(SpareNumber number, NumberImage office) {
    String what = "a cleared field";
    NumberImage set = office.with(Map.of(NumberFields.VOICE_URL, "https://example.com/linekeeper"));
    NumberImage clear = office.with(Map.of(NumberFields.VOICE_URL, ""));
    boolean done = number.become(set).achieved() && number.become(clear).achieved();
    Optional<String> shown = number.shown(NumberFields.VOICE_URL);
    results.add(
        done && shown.isPresent()
            ? CheckResult.ok(
                what, "reads back as " + shown.get() + "; null and \"\" are taken alike")
            : CheckResult.failure(
                what,
                "cannot be cleared or read",
                "Do not rely on returning with this account; report it with this text."));
  }

  /** Nobody sends both; whichever wins, it must be one of them. */
  private void both(SpareNumber number, NumberImage diverted) {
    String what = "trunk and application in one request";
    Optional<String> application = carrier.anyApplication().value().filter(sid -> !sid.isEmpty());
    if (application.isEmpty()) {
      results.add(CheckResult.ok(what, "not tried: the account has no TwiML application"));
      return;
    }
    number.become(diverted);
    Outcome outcome =
        number.send(
            diverted,
            Map.of(NumberFields.TRUNK, trunk, NumberFields.APPLICATION, application.get()));
    Optional<NumberImage> now = number.now();
    boolean onTrunk = now.filter(n -> n.get(NumberFields.TRUNK).equals(trunk)).isPresent();
    boolean applied =
        now.filter(n -> n.get(NumberFields.APPLICATION).equals(application.get())).isPresent();
    if (outcome.kind() == Outcome.Kind.REJECTED) {
      results.add(CheckResult.ok(what, "is refused"));
    } else if (onTrunk != applied) {
      results.add(CheckResult.ok(what, onTrunk ? "the trunk wins" : "the application wins"));
    } else {
      number.doubt();
      results.add(CheckResult.warning(what, "neither wins: " + outcome.said(), REPORT));
    }
  }

  private void counted(Tally tally) {
    String what = "Twilio-Concurrent-Requests";
    String said = "was in " + tally.counted() + " of " + tally.answers() + " answers";
    results.add(
        tally.counted() == tally.answers()
            ? CheckResult.ok(what, said)
            : CheckResult.warning(
                what,
                said + ": how many requests may run at once is learnt from refusals instead",
                REPORT));
  }
}
