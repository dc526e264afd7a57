package org.linekeeper.carrier.twilio;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.linekeeper.carrier.CarrierNumber;
import org.linekeeper.check.CheckResult;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.state.NumberImage;

/** Whether a text to the control number would reach Linekeeper. */
final class TextChecks {
  private final Map<PhoneNumber, CarrierNumber> owned;
  private final PhoneNumber control;
  private final Optional<URI> webhook;

  TextChecks(Map<PhoneNumber, CarrierNumber> owned, PhoneNumber control, Optional<URI> webhook) {
    this.owned = owned;
    this.control = control;
    this.webhook = webhook;
  }

  List<CheckResult> run() {
    String what = "control number " + control;
    CarrierNumber number = owned.get(control);
    if (number == null) {
      return List.of(
          CheckResult.failure(
              what,
              "is not at the account: texts do not reach Linekeeper, and it cannot answer them",
              "Set sms: control-number to a number of this account."));
    }
    if (!number.sms()) {
      return List.of(
          CheckResult.failure(
              what,
              "cannot receive texts",
              "Buy a number with SMS for it, such as a mobile number, and tell the staff."));
    }
    List<CheckResult> results = new ArrayList<>();
    results.add(CheckResult.ok(what, "can receive and send texts"));
    webhook.ifPresentOrElse(
        url -> results.addAll(webhook(url, number.image())),
        () -> others(number.image()).ifPresent(results::add));
    return results;
  }

  /** Where texts are polled, whoever else they are brought to would answer the staff as well. */
  private static Optional<CheckResult> others(NumberImage image) {
    String application = image.get(NumberFields.SMS_APPLICATION);
    String to = application.isEmpty() ? image.get(NumberFields.SMS_URL) : application;
    return to.isEmpty()
        ? Optional.empty()
        : Optional.of(
            CheckResult.warning(
                "SMS webhook",
                "texts are polled, but also go to " + to + ", which may answer the staff as well",
                "Clear the control number's \"A message comes in\" in Twilio's console, or set"
                    + " sms: webhook-url if this is Linekeeper's."));
  }

  private static List<CheckResult> webhook(URI wanted, NumberImage image) {
    String what = "SMS webhook";
    String application = image.get(NumberFields.SMS_APPLICATION);
    if (!application.isEmpty()) {
      return List.of(
          CheckResult.failure(
              what,
              "is overruled by the number's SMS application " + application,
              "Take the application off the number, or let texts be polled."));
    }
    String url = image.get(NumberFields.SMS_URL);
    boolean post = image.get(NumberFields.SMS_METHOD).equals("POST");
    String how =
        post ? "" : " by " + image.get(NumberFields.SMS_METHOD) + ", which is refused (405)";
    CheckResult main =
        url.equals(wanted.toString()) && post
            ? CheckResult.ok(what, "is set to " + url)
            : CheckResult.failure(
                what,
                url.isEmpty()
                    ? "is not set"
                    : "is set to " + url + how + ", not to " + wanted + " by HTTP POST",
                "Set the control number's \"A message comes in\" to "
                    + wanted
                    + ", HTTP POST, or poll.");
    CheckResult fallback =
        image.get(NumberFields.SMS_FALLBACK_URL).isEmpty()
            ? CheckResult.warning(
                "SMS fallback URL",
                "is not set: a text that comes while this watcher is away waits until polled",
                "Set it to another watcher's webhook, and keep polling on.")
            : CheckResult.ok("SMS fallback URL", "is set");
    return SmsWebhook.PATH.equals(wanted.getPath())
        ? List.of(main, fallback)
        : List.of(main, fallback, path(wanted));
  }

  private static CheckResult path(URI wanted) {
    return CheckResult.warning(
        "path of the SMS webhook",
        "is "
            + wanted.getPath()
            + ", but Linekeeper takes texts at "
            + SmsWebhook.PATH
            + " only: unless a proxy rewrites it, they are turned away and wait until polled",
        "Let the proxy in front pass it on as "
            + SmsWebhook.PATH
            + ", or use an address with that path, at Twilio and as webhook-url.");
  }
}
