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
  private final List<URI> webhooks;

  TextChecks(Map<PhoneNumber, CarrierNumber> owned, PhoneNumber control, List<URI> webhooks) {
    this.owned = owned;
    this.control = control;
    this.webhooks = webhooks;
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
    if (webhooks.isEmpty()) {
      others(number.image()).ifPresent(results::add);
    } else {
      results.addAll(webhook(webhooks.get(0), number.image()));
    }
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

  private List<CheckResult> webhook(URI wanted, NumberImage image) {
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
    List<CheckResult> results = new ArrayList<>(List.of(main, fallback(image)));
    webhooks.stream()
        .filter(address -> !SmsWebhook.PATH.equals(address.getPath()))
        .map(TextChecks::path)
        .forEach(results::add);
    return results;
  }

  /** With which other watcher the carrier tries its luck. */
  private CheckResult fallback(NumberImage image) {
    String what = "SMS fallback URL";
    String url = image.get(NumberFields.SMS_FALLBACK_URL);
    String method = image.get(NumberFields.SMS_FALLBACK_METHOD);
    String remedy =
        webhooks.size() > 1
            ? "Set the control number's \"Primary handler fails\" to "
                + webhooks.get(1)
                + ", HTTP POST, and keep polling on."
            : "With three watchers, write two addresses under sms: webhook-url, and set the second"
                + " one there. Keep polling on.";
    if (url.isEmpty()) {
      return CheckResult.warning(
          what,
          "is not set: a text that comes while the watcher at the webhook is away waits until"
              + " polled",
          remedy);
    }
    if (webhooks.stream().skip(1).map(URI::toString).noneMatch(url::equals)) {
      return CheckResult.warning(
          what,
          "is set to "
              + url
              + ", which is not the second of two under webhook-url: a watcher there turns texts"
              + " away, since it takes the signature for forged",
          remedy);
    }
    return method.equals("POST")
        ? CheckResult.ok(what, "is set to " + url)
        : CheckResult.failure(what, "is asked by " + method + ", which is refused (405)", remedy);
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
