package org.linekeeper.carrier.twilio;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.linekeeper.carrier.Answer;
import org.linekeeper.carrier.CarrierNumber;
import org.linekeeper.check.CheckResult;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.estate.StaffMember;

/** Is everything at Twilio as a bad day needs it? Only reads. */
public final class TwilioChecks {
  /** Only whether it can be read matters, so a little is enough. */
  private static final Duration LOOK_BACK = Duration.ofMinutes(5);

  private final TwilioCarrier carrier;
  private final TwilioSettings settings;
  private final Estate estate;
  private final List<URI> smsWebhooks;
  private final InstantSource clock;

  /**
   * @param smsWebhooks the public URLs that texts should be posted to, the usual one first; none if
   *     they are polled
   */
  public TwilioChecks(
      TwilioCarrier carrier,
      TwilioSettings settings,
      Estate estate,
      List<URI> smsWebhooks,
      InstantSource clock) {
    this.carrier = carrier;
    this.settings = settings;
    this.estate = estate;
    this.smsWebhooks = smsWebhooks;
    this.clock = clock;
  }

  /** Everything found, in the order of what depends on what. */
  public List<CheckResult> run() {
    List<CheckResult> results = new ArrayList<>();
    Answer<List<CarrierNumber>> numbers = carrier.numbers();
    results.add(account(numbers));
    if (!numbers.ok()) {
      return results; // everything else would only say the same
    }
    Map<PhoneNumber, CarrierNumber> owned =
        numbers.value().orElseThrow().stream()
            .collect(Collectors.toMap(CarrierNumber::number, Function.identity(), (a, b) -> a));
    TrunkChecks trunk = new TrunkChecks(carrier, estate);
    results.addAll(trunk.run());
    results.addAll(new NumberChecks(settings, estate, owned).run());
    estate
        .trunk()
        .controlNumber()
        .ifPresent(
            control -> {
              results.addAll(new TextChecks(owned, control, smsWebhooks).run());
              results.add(
                  readable(
                      "list of texts",
                      carrier.textsSince(control, clock.instant().minus(LOOK_BACK)),
                      "texts cannot be polled",
                      "Messages"));
            });
    results.add(divertUrl());
    results.add(
        readable(
            "carrier's alerts",
            carrier.alertsSince(clock.instant().minus(LOOK_BACK)),
            "it would not be seen that the carrier reaches no PBX",
            "Monitor"));
    return results;
  }

  /** An API key may be allowed to move numbers, and yet not to read this. */
  private static CheckResult readable(
      String what, Answer<? extends List<?>> answer, String without, String resource) {
    return answer.ok()
        ? CheckResult.ok(what, "can be read")
        : CheckResult.failure(
            what,
            "cannot be read, so " + without + ": " + answer.said(),
            "If an API key is used, allow it to read "
                + resource
                + " in Twilio's console; else try again.");
  }

  private CheckResult account(Answer<List<CarrierNumber>> numbers) {
    String what = "Twilio account " + settings.accountSid();
    return switch (numbers.problem()) {
      case NONE ->
          CheckResult.ok(
              what,
              "accepts the credentials and has "
                  + numbers.map(List::size).value().orElse(0)
                  + " numbers");
      case DENIED ->
          CheckResult.failure(
              what,
              "does not accept the credentials, so no number can be moved: " + numbers.said(),
              "Compare account, auth token or API key with Twilio's console.");
      case UNREACHABLE, NOT_FOUND, REFUSED ->
          CheckResult.failure(
              what,
              "does not answer as it should, so no number can be moved: " + numbers.said(),
              "Check that this machine may reach api.twilio.com on port 443.");
    };
  }

  private CheckResult divertUrl() {
    String what = "divert URL " + settings.divertUrl();
    Optional<PhoneNumber> mobile = estate.staff().stream().map(StaffMember::mobile).findFirst();
    if (mobile.isEmpty()) {
      return CheckResult.warning(
          what, "was not tried: nobody is in staff.yml", "Add somebody who can take calls.");
    }
    String url = new Routes(settings).url(List.of(mobile.get()), mobile);
    return TwimlProbe.problem(url, List.of(mobile.get()))
        .map(
            problem ->
                CheckResult.failure(
                    what,
                    problem + "; callers of a diverted number would hear an error",
                    "Deploy the Function as docs/CARRIER.md says, and set its address here."))
        .orElseGet(() -> CheckResult.ok(what, "answers with TwiML that rings the mobiles"));
  }
}
