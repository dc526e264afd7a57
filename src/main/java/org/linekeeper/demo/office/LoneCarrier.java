package org.linekeeper.demo.office;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.linekeeper.demo.carrier.Provisioning;
import org.linekeeper.demo.carrier.SimulatedCarrier;
import org.linekeeper.demo.carrier.SipCallLeg;
import org.linekeeper.net.IoLoop;
import org.linekeeper.sip.SipCaller;
import org.linekeeper.time.Ticker;

/** The simulated carrier without the rest of the demo: for PBXs and a Linekeeper that are real. */
public final class LoneCarrier implements AutoCloseable {
  private static final Duration TALK = Duration.ofMillis(300);

  private final IoLoop loop;
  private final SimulatedCarrier carrier;

  private LoneCarrier(IoLoop loop, SimulatedCarrier carrier) {
    this.loop = loop;
    this.carrier = carrier;
  }

  /**
   * Starts it, and its calls.
   *
   * @throws IOException if the address cannot be listened on
   */
  public static LoneCarrier start(CarrierSettings settings, int port) throws IOException {
    IoLoop loop = IoLoop.start("demo-sip", Ticker.system());
    try {
      SimulatedCarrier carrier =
          SimulatedCarrier.start(
              new InetSocketAddress(settings.bind(), port),
              settings.account(),
              InstantSource.system(),
              new SipCallLeg(new SipCaller(loop), TALK));
      Map<String, String> numbers = new LinkedHashMap<>();
      settings.numbers().forEach(number -> numbers.put(number, number));
      Contract.sign(carrier, settings.pbxs(), numbers, settings.control(), settings.smsUrl());
      carrier.knobs(carrier.knobs().withHunting(settings.hunting()));
      carrier.caller().callEvery(settings.callEvery());
      return new LoneCarrier(loop, carrier);
    } catch (IOException | RuntimeException e) {
      loop.close();
      throw e;
    }
  }

  /** Where its API is, and {@code /sim} for what is no part of Twilio's. */
  public URI address() {
    return carrier.baseUrl();
  }

  /** What linekeeper.yml has to name, a line for each. */
  public String sids(CarrierSettings settings) {
    StringBuilder text = new StringBuilder();
    text.append("account: ").append(settings.account().sid());
    text.append("\ntrunk: ").append(Provisioning.trunkSid(Contract.TRUNK));
    settings
        .pbxs()
        .keySet()
        .forEach(
            pbx ->
                text.append("\norigination-url of ")
                    .append(pbx)
                    .append(": ")
                    .append(Provisioning.originationUrlSid(pbx)));
    return text.toString();
  }

  @Override
  public void close() {
    carrier.close();
    loop.close();
  }
}
