package org.linekeeper.carrier.twilio;

import com.twilio.rest.Domains;
import com.twilio.rest.api.v2010.account.Application;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.rest.trunking.v1.Trunk;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.BooleanSupplier;
import org.linekeeper.carrier.Answer;
import org.linekeeper.carrier.Carrier;
import org.linekeeper.carrier.CarrierAlert;
import org.linekeeper.carrier.CarrierHealth;
import org.linekeeper.carrier.CarrierNumber;
import org.linekeeper.carrier.DeliveredCall;
import org.linekeeper.carrier.InboundText;
import org.linekeeper.carrier.TestCall;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.state.NumberImage;
import org.linekeeper.state.OriginationUrl;
import org.linekeeper.state.Outcome;
import org.linekeeper.time.Ticker;

/**
 * Twilio as the carrier: Elastic SIP Trunking, programmable voice for diverted numbers, SMS. A
 * change that is not answered is read back once, if there is time, and is unknown if that does not
 * show it: the request may still land.
 */
public final class TwilioCarrier implements Carrier {
  private final TwilioApi api;
  private final Routes routes;

  /** Opens no connection yet. */
  public TwilioCarrier(TwilioSettings settings, InstantSource clock, Ticker ticker) {
    this.api = new TwilioApi(settings, clock, ticker);
    this.routes = new Routes(settings);
  }

  @Override
  public Answer<List<CarrierNumber>> numbers() {
    return api.ask(Numbers::all);
  }

  @Override
  public Answer<CarrierNumber> number(String sid) {
    return api.ask(client -> Numbers.fetch(client, sid));
  }

  @Override
  public Outcome route(String sid, NumberImage before, NumberImage want, BooleanSupplier still) {
    SortedMap<String, String> form = NumberFields.toSend(before, want);
    if (form.isEmpty()) {
      return Outcome.already("the number was already so at the carrier");
    }
    Duration deadline = api.deadline();
    return new Change<CarrierNumber>(
            "the number",
            number -> NumberFields.shows(number.image(), want, form),
            number -> remark(number.image(), want))
        .outcome(
            api.set(client -> Numbers.update(client, sid, form), false, deadline, still),
            () -> api.ask(client -> Numbers.fetch(client, sid), false, deadline));
  }

  @Override
  public NumberImage diverted(
      NumberImage image, List<PhoneNumber> rings, Optional<PhoneNumber> callerId) {
    return routes.diverted(image, rings, callerId);
  }

  @Override
  public NumberImage withRoute(NumberImage image, NumberImage route) {
    return routes.withRoute(image, route);
  }

  @Override
  public boolean sameRoute(NumberImage one, NumberImage other) {
    return routes.sameRoute(one, other);
  }

  @Override
  public boolean diverts(NumberImage image) {
    return routes.diverts(image);
  }

  @Override
  public Answer<List<OriginationUrl>> originationUrls(String trunk) {
    return api.ask(client -> OriginationUrls.all(client, trunk));
  }

  @Override
  public Outcome setOrigination(String trunk, OriginationUrl want, BooleanSupplier still) {
    Duration deadline = api.deadline();
    return new Change<OriginationUrl>(
            "the origination URL", real -> OriginationUrls.sameOrder(real, want), real -> "")
        .outcome(
            api.set(c -> OriginationUrls.update(c, trunk, want), true, deadline, still),
            () -> api.ask(c -> OriginationUrls.fetch(c, trunk, want.sid()), true, deadline));
  }

  @Override
  public Outcome send(PhoneNumber from, PhoneNumber to, String text) {
    TwilioApi.Told<String> told =
        api.run(
            client ->
                Message.creator(
                        new com.twilio.type.PhoneNumber(to.e164()),
                        new com.twilio.type.PhoneNumber(from.e164()),
                        text)
                    .create(client)
                    .getSid(),
            Repeat.ONCE,
            false,
            api.deadline());
    return Sent.outcome(to, told);
  }

  @Override
  public Answer<List<InboundText>> textsSince(PhoneNumber to, Instant since) {
    return api.ask(client -> Texts.to(client, to, since));
  }

  @Override
  public Answer<List<CarrierAlert>> alertsSince(Instant since) {
    return api.ask(client -> Alerts.since(client, since));
  }

  @Override
  public Answer<TestCall> testCall(PhoneNumber from, PhoneNumber to, String digits) {
    return api.ask(
        client -> Calls.create(client, from, to, digits), Repeat.ONCE, false, api.deadline());
  }

  @Override
  public Answer<TestCall> testCall(String sid) {
    return api.ask(client -> Calls.fetch(client, sid));
  }

  @Override
  public Answer<List<TestCall>> testCalls(PhoneNumber from, PhoneNumber to, Instant since) {
    return api.ask(client -> Calls.since(client, from, to, since));
  }

  @Override
  public Answer<List<DeliveredCall>> delivered(String trunk, Set<PhoneNumber> numbers) {
    // What the recovery answers looks like a call that got in until its alert comes, perhaps late.
    Duration deadline = api.deadline();
    Answer<String> recovery = disasterRecoveryUrl(trunk, deadline);
    return recovery.value().filter(String::isEmpty).isPresent()
        ? api.ask(client -> Calls.delivered(client, trunk, numbers), false, deadline)
        : recovery.map(url -> List.of());
  }

  @Override
  public CarrierHealth health() {
    return api.health();
  }

  /** The trunk's disaster recovery URL; empty text if it has none. */
  Answer<String> disasterRecoveryUrl(String trunk) {
    return disasterRecoveryUrl(trunk, api.deadline());
  }

  private Answer<String> disasterRecoveryUrl(String trunk, Duration deadline) {
    return api.ask(
        client -> {
          java.net.URI url = Trunk.fetcher(trunk).fetch(client).getDisasterRecoveryUrl();
          return url == null ? "" : url.toString();
        },
        false,
        deadline);
  }

  /** One field of a number as it stands in Twilio's JSON: null, or a text in quotes. */
  Answer<String> shown(String sid, String field) {
    return api.ask(client -> Numbers.shown(client, sid, field));
  }

  /** SID of some TwiML application of the account; empty text if it has none. */
  Answer<String> anyApplication() {
    return api.ask(
        client ->
            Rest.firstPage(
                    client,
                    Domains.API,
                    "/2010-04-01/Accounts/" + client.getAccountSid() + "/Applications.json",
                    Map.of("PageSize", "1"),
                    "applications",
                    Application.class)
                .stream()
                .findFirst()
                .map(Application::getSid)
                .orElse(""));
  }

  /** What the answers so far said about themselves. */
  Tally tally() {
    return api.tally();
  }

  @Override
  public void close() {
    api.close();
  }

  private static String remark(NumberImage real, NumberImage want) {
    List<String> others = NumberFields.differing(real, want);
    return others.isEmpty()
        ? ""
        : "; somebody else has meanwhile changed " + String.join(", ", others);
  }
}
