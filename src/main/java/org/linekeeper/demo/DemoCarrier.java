package org.linekeeper.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import org.linekeeper.demo.office.CarrierSettings;
import org.linekeeper.demo.office.LoneCarrier;

/** The simulated carrier alone: what {@code linekeeper demo-carrier} is. */
public final class DemoCarrier implements AutoCloseable {
  private final CarrierSettings settings;
  private final LoneCarrier carrier;

  private DemoCarrier(CarrierSettings settings, LoneCarrier carrier) {
    this.settings = settings;
    this.carrier = carrier;
  }

  /**
   * Starts it as the environment says.
   *
   * @throws IOException if it cannot, in a sentence for people
   */
  public static DemoCarrier open(Map<String, String> environment, int port) throws IOException {
    try {
      CarrierSettings settings = CarrierSettings.of(environment);
      return new DemoCarrier(settings, LoneCarrier.start(settings, port));
    } catch (IllegalArgumentException wrong) {
      throw new IOException(wrong.getMessage(), wrong);
    } catch (IOException taken) {
      throw new IOException(
          "The simulated carrier cannot listen on port " + port + ": " + taken.getMessage(), taken);
    }
  }

  /** Tells what there is, and what Linekeeper's settings have to say. */
  public void greet(PrintWriter out) {
    out.println("Simulated carrier: " + carrier.address() + " (its switches: /sim/)");
    out.println(carrier.sids(settings));
    out.flush();
  }

  @Override
  public void close() {
    carrier.close();
  }
}
