package org.linekeeper.carrier.twilio;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.linekeeper.contract.ContractRecorder;
import org.linekeeper.demo.carrier.Account;
import org.linekeeper.demo.carrier.CallLeg;
import org.linekeeper.demo.carrier.Exchange;
import org.linekeeper.demo.carrier.Provisioning;
import org.linekeeper.demo.carrier.SimulatedCarrier;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.state.NumberImage;
import org.linekeeper.state.OriginationUrl;
import org.linekeeper.time.Ticker;

/** An office with an account at the simulated carrier, and Linekeeper's way to it. */
final class SimulatedOffice implements AutoCloseable {
  static final String TRUNK = Provisioning.trunkSid("Office trunk");
  static final PhoneNumber ANNA = new PhoneNumber("+447700900001");
  static final PhoneNumber BEN = new PhoneNumber("+447700900002");
  static final PhoneNumber CONTROL = new PhoneNumber("+441632960999");
  static final OriginationUrl STANDBY =
      new OriginationUrl(
          Provisioning.originationUrlSid("standby"), "sip:192.0.2.11:5060", 20, 10, true);

  /** How a PBX takes a call; none can be reached until a test says otherwise. */
  volatile CallLeg pbxs = CallLeg.nowhere();

  final SimulatedCarrier simulated;
  final ContractRecorder contract;
  final TwilioSettings settings;
  final TwilioCarrier carrier;

  SimulatedOffice() {
    try {
      simulated =
          SimulatedCarrier.start(
              new InetSocketAddress("127.0.0.1", 0),
              Account.demo(),
              InstantSource.system(),
              (uri, to, from, deadline) -> pbxs.place(uri, to, from, deadline));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    contract = ContractRecorder.attach(simulated);
    Provisioning provisioning = simulated.provisioning();
    provisioning.trunk("Office trunk", simulated.divertUrl(List.of(ANNA.e164()), CONTROL.e164()));
    provisioning.originationUrl(TRUNK, "primary", "sip:192.0.2.10:5060", 10, 10);
    provisioning.originationUrl(TRUNK, "standby", "sip:192.0.2.11:5060", 20, 10);
    provisioning.application("Queue", "https://example.com/queue");
    provisioning.number(
        CONTROL.e164(),
        Map.of(
            "TrunkSid", TRUNK,
            "SmsUrl", "https://example.com/twilio/sms",
            "SmsFallbackUrl", "https://second.example.com/twilio/sms",
            "EmergencyAddressSid", "AD0123456789abcdef0123456789abcdef"));
    provisioning.mobile(ANNA.e164());
    provisioning.mobile(BEN.e164());
    settings = settings(simulated.account().authToken());
    carrier = carrier(settings);
  }

  /** With the times that Linekeeper ships with. */
  TwilioSettings settings(String token) {
    String sid = simulated.account().sid();
    URI divert = simulated.baseUrl().resolve("/twiml/divert");
    return TwilioSettings.of(sid, sid, token, Optional.of(simulated.baseUrl()), divert);
  }

  static TwilioCarrier carrier(TwilioSettings settings) {
    return new TwilioCarrier(settings, InstantSource.system(), Ticker.system());
  }

  /** So that a test of silence is short. */
  TwilioCarrier impatient() {
    return carrier(
        settings.withTimes(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(4)));
  }

  /** Adds an office number as engineers leave them: on the trunk, with odds and ends set. */
  PhoneNumber line(int i) {
    return line(
        i,
        Map.of(
            "TrunkSid",
            TRUNK,
            "FriendlyName",
            "Line " + i,
            "VoiceUrl",
            "https://example.com/left-over?line=" + i,
            "VoiceMethod",
            "GET",
            "VoiceFallbackUrl",
            "https://example.com/fallback",
            "StatusCallback",
            "https://example.com/status",
            "SmsUrl",
            "https://example.com/sms/" + i));
  }

  PhoneNumber line(int i, Map<String, String> params) {
    PhoneNumber number = new PhoneNumber("+441632960%03d".formatted(i));
    simulated.provisioning().number(number.e164(), params);
    return number;
  }

  NumberImage image(PhoneNumber number) {
    return carrier.number(sid(number)).value().orElseThrow().image();
  }

  /**
   * The number as the carrier shows it to the world, without the dates of its last change. A URL
   * that was never set is null at the carrier and can only be put back as empty.
   */
  Map<String, Object> record(PhoneNumber number) {
    Map<String, Object> shown = new TreeMap<>();
    simulated
        .provisioning()
        .number(number.e164())
        .forEach((field, value) -> shown.put(field, value == null ? "" : value));
    shown.remove("date_updated");
    return shown;
  }

  static String sid(PhoneNumber number) {
    return Provisioning.numberSid(number.e164());
  }

  long requests(String method, String pathPart) {
    return simulated.exchanges().stream()
        .map(Exchange::request)
        .filter(r -> r.method().equals(method) && r.path().contains(pathPart))
        .count();
  }

  static <T> List<T> sideBySide(int threads, List<Callable<T>> work) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> future : pool.invokeAll(work)) {
        results.add(future.get(60, TimeUnit.SECONDS));
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }

  @Override
  public void close() {
    carrier.close();
    simulated.close();
    contract.assertKept();
  }
}
