package org.linekeeper.carrier.twilio;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.linekeeper.carrier.CarrierNumber;
import org.linekeeper.check.CheckResult;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.state.NumberImage;
import org.linekeeper.state.Outcome;

/** The number that an engineer lends to a live check, and how it was when it was lent. */
final class SpareNumber {
  private static final int TRIES_TO_PUT_BACK = 3;

  private final TwilioCarrier carrier;
  private final PhoneNumber number;
  private final String sid;
  private final NumberImage lent;
  private boolean unsure;

  SpareNumber(TwilioCarrier carrier, CarrierNumber found) {
    this.carrier = carrier;
    this.number = found.number();
    this.sid = found.sid();
    this.lent = found.image();
  }

  NumberImage lent() {
    return lent;
  }

  /** How it is now; empty if the carrier does not say. */
  Optional<NumberImage> now() {
    return carrier.number(sid).value().map(CarrierNumber::image);
  }

  /** Makes it so, with one request from how it is now. */
  Outcome become(NumberImage want) {
    Optional<NumberImage> now = now();
    if (now.isEmpty()) {
      return Outcome.unknown("the number cannot be read");
    }
    Outcome outcome = carrier.route(sid, now.get(), want);
    unsure |= outcome.kind() == Outcome.Kind.UNKNOWN;
    return outcome;
  }

  /** Fields in which it is not so; all of them if it cannot be read. */
  List<String> differing(NumberImage want) {
    return now().map(now -> NumberFields.differing(now, want)).orElse(NumberFields.WRITABLE);
  }

  /** A field as the carrier's JSON has it: null is not the empty text there. */
  Optional<String> shown(String field) {
    return carrier.shown(sid, field).value();
  }

  /** A request was not answered as it should be, and may still take effect. */
  void doubt() {
    unsure = true;
  }

  /** Sends what is expected to be refused, or to take effect in part. */
  Outcome send(NumberImage from, Map<String, String> fields) {
    return carrier.route(sid, from, from.with(fields));
  }

  /** Puts every writable field back; tries again, since this must not fail. */
  CheckResult putBack() {
    String what = "spare number " + number;
    for (int i = 0; i < TRIES_TO_PUT_BACK && !differing(lent).isEmpty(); i++) {
      become(lent);
    }
    List<String> differing = differing(lent);
    if (!differing.isEmpty()) {
      return CheckResult.failure(
          what,
          "could not be put back: " + String.join(", ", differing),
          "Set these fields by hand in Twilio's console: " + lent.fields());
    }
    return unsure
        ? CheckResult.warning(
            what,
            "is as it was, but a request was not answered and may still take effect",
            "Look at it once more in five minutes.")
        : CheckResult.ok(what, "is as it was in every writable field");
  }
}
