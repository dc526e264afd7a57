package org.linekeeper.carrier.twilio;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.linekeeper.carrier.Answer;
import org.linekeeper.carrier.Carrier;
import org.linekeeper.carrier.CarrierNumber;
import org.linekeeper.check.CheckResult;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.state.NumberImage;
import org.linekeeper.state.Outcome;
import org.linekeeper.time.Ticker;

/**
 * Does the real carrier do what its documentation leaves open? Tries it on one spare number of the
 * account, which rings on the given mobile for some seconds, and always puts it back.
 */
public final class LiveChecks {
  /** As long a URL as ten mobiles make. */
  private static final int MOBILES = 10;

  private static final int TRIES_TO_PUT_BACK = 3;

  private final Carrier carrier;
  private final Ticker ticker;
  private final PhoneNumber mobile;
  private final List<CheckResult> results = new ArrayList<>();
  private boolean unsure;

  /**
   * @param mobile where the spare number may ring meanwhile
   */
  public LiveChecks(Carrier carrier, Ticker ticker, PhoneNumber mobile) {
    this.carrier = carrier;
    this.ticker = ticker;
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
    String sid = found.get().sid();
    NumberImage before = found.get().image();
    try {
      NumberImage diverted = carrier.diverted(before, List.of(mobile), Optional.of(spare));
      change("divert by one request", sid, before, diverted);
      change("return by one request", sid, diverted, before);
      NumberImage full =
          carrier.diverted(before, Collections.nCopies(MOBILES, mobile), Optional.of(spare));
      change("divert to ten mobiles (the longest URL)", sid, before, full);
      change("return from ten mobiles", sid, full, before);
      refused(sid, before);
    } finally {
      putBack(spare, sid, before);
    }
    return List.copyOf(results);
  }

  private void change(String what, String sid, NumberImage from, NumberImage to) {
    Duration begun = ticker.now();
    Outcome outcome = carrier.route(sid, from, to);
    long took = ticker.since(begun).toMillis();
    unsure |= outcome.kind() == Outcome.Kind.UNKNOWN;
    Answer<CarrierNumber> after = carrier.number(sid);
    List<String> differing =
        after.value().map(n -> NumberFields.differing(n.image(), to)).orElse(List.of());
    if (outcome.achieved() && after.ok() && differing.isEmpty()) {
      results.add(
          CheckResult.ok(what, "every writable field reads back as wanted, after " + took + " ms"));
    } else {
      String fields = differing.isEmpty() ? "" : "; not as wanted: " + String.join(", ", differing);
      results.add(
          CheckResult.failure(
              what,
              outcome.said() + fields + after.said(),
              "Do not rely on diverting with this account; report it with this text."));
    }
  }

  /** A request with one good and one bad value must change nothing. */
  private void refused(String sid, NumberImage before) {
    String what = "a refused request changes nothing";
    NumberImage bad =
        before.with(
            Map.of(
                NumberFields.TRUNK,
                "TK" + "0".repeat(32),
                "FriendlyName",
                "Linekeeper check --live"));
    Outcome outcome = carrier.route(sid, before, bad);
    boolean same =
        carrier
            .number(sid)
            .map(number -> NumberFields.differing(number.image(), before).isEmpty())
            .value()
            .orElse(false);
    results.add(
        outcome.kind() == Outcome.Kind.REJECTED && same
            ? CheckResult.ok(what, "refused, and every field as before")
            : CheckResult.warning(
                what,
                "not so: " + outcome.said() + (same ? "" : "; fields were changed all the same"),
                "Linekeeper reads back what it changes, so calls are safe; report it all the same."));
  }

  private void putBack(PhoneNumber spare, String sid, NumberImage before) {
    List<String> differing = List.of("the number, which cannot be read");
    for (int i = 0; i < TRIES_TO_PUT_BACK && !differing.isEmpty(); i++) {
      Optional<NumberImage> now = carrier.number(sid).value().map(CarrierNumber::image);
      differing = now.map(image -> NumberFields.differing(image, before)).orElse(differing);
      if (now.isPresent() && !differing.isEmpty()) {
        carrier.route(sid, now.get(), before);
        differing =
            carrier
                .number(sid)
                .map(number -> NumberFields.differing(number.image(), before))
                .value()
                .orElse(differing);
      }
    }
    results.add(restored(spare, before, differing));
  }

  private CheckResult restored(PhoneNumber spare, NumberImage before, List<String> differing) {
    String what = "spare number " + spare;
    if (!differing.isEmpty()) {
      return CheckResult.failure(
          what,
          "could not be put back: " + String.join(", ", differing),
          "Set these fields by hand in Twilio's console: " + before.fields());
    }
    return unsure
        ? CheckResult.warning(
            what,
            "is as it was, but a request was not answered and may still take effect",
            "Look at it once more in five minutes.")
        : CheckResult.ok(what, "is as it was in every writable field");
  }
}
