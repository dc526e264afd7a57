package org.linekeeper.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.linekeeper.contract.ContractRecorder;
import org.linekeeper.demo.carrier.Account;
import org.linekeeper.demo.carrier.Knobs;
import org.linekeeper.demo.carrier.Mobile;
import org.linekeeper.demo.carrier.SimulatedCarrier;
import org.linekeeper.demo.carrier.SipCallLeg;
import org.linekeeper.net.IoLoop;
import org.linekeeper.sip.SipCaller;
import org.linekeeper.time.Ticker;

/**
 * An office with two real Asterisks and the simulated carrier, and the settings files for a
 * Linekeeper beside it. The carrier does not hunt by itself unless told to.
 */
public final class LabOffice implements AutoCloseable {
  public static final int NUMBERS = 25;
  public static final String MAIN = number(1);
  public static final String CONTROL = "+441632960999";
  public static final String ALICE = "+447700900101";
  public static final String BOB = "+447700900102";

  private final LabNetwork network;
  private final LabPbx primary;
  private final LabPbx standby;
  private final IoLoop sip;
  private final SimulatedCarrier carrier;
  private final ContractRecorder contract;
  private final Path directory;
  private final int webPort;
  private Mobile alice;

  private LabOffice(LabNetwork network, AsteriskRoot root, Making making) {
    this(network, root, root, making);
  }

  private LabOffice(LabNetwork network, AsteriskRoot one, AsteriskRoot two, Making making) {
    this.network = network;
    primary = making.pbx(network, "primary", one);
    standby = making.pbx(network, "standby", two);
    try {
      sip = IoLoop.start("lab-sip", Ticker.system());
      carrier =
          SimulatedCarrier.start(
              new InetSocketAddress(
                  network.isIsolated() ? network.carrierSip().getHostString() : "127.0.0.1", 0),
              Account.demo(),
              InstantSource.system(),
              new SipCallLeg(new SipCaller(sip), Duration.ofMillis(20)));
      contract = ContractRecorder.attach(carrier);
      directory = Files.createTempDirectory("linekeeper-lab-");
      try (ServerSocket free = new ServerSocket(0)) {
        webPort = free.getLocalPort();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    provision();
  }

  /** An office number, from 1. */
  public static String number(int i) {
    return "+44163296" + String.format(java.util.Locale.ROOT, "%04d", i);
  }

  /** Where Linekeeper's page is, if it has one. */
  public int webPort() {
    return webPort;
  }

  public static LabOffice open(AsteriskRoot root) {
    return new LabOffice(LabNetwork.create(), root, LabPbx::plain);
  }

  /** In a network that is there already; closing the office does not remove it. */
  public static LabOffice in(LabNetwork network, AsteriskRoot root) {
    return new LabOffice(network, root, LabPbx::plain);
  }

  /** An office whose PBXs register with the lab's provider; see {@link LabProvider}. */
  static LabOffice registering(AsteriskRoot root) {
    return new LabOffice(LabNetwork.create(), root, LabPbx::registering);
  }

  /**
   * An office whose phones register.
   *
   * @param floating whether they do so at an address that moves; otherwise at the primary's own
   */
  static LabOffice withDesks(AsteriskRoot one, AsteriskRoot two, boolean floating) {
    return new LabOffice(
        LabNetwork.create(),
        one,
        two,
        (network, name, root) ->
            LabPbx.desks(
                network,
                name,
                root,
                floating ? Optional.of(network.floatingAddress()) : Optional.empty()));
  }

  private interface Making {
    LabPbx pbx(LabNetwork network, String name, AsteriskRoot root);
  }

  public LabNetwork network() {
    return network;
  }

  public LabPbx primary() {
    return primary;
  }

  public LabPbx standby() {
    return standby;
  }

  public SimulatedCarrier carrier() {
    return carrier;
  }

  /** Alice's mobile. */
  public Mobile alice() {
    return alice;
  }

  /** Where the settings files are; the journal of a Linekeeper goes below it. */
  public Path directory() {
    return directory;
  }

  private void provision() {
    carrier.knobs(Knobs.DEFAULT.withHunting(false).withLegDeadline(Duration.ofSeconds(1)));
    String trunk = carrier.provisioning().trunk("lab", null);
    carrier.provisioning().originationUrl(trunk, "primary", uri(primary), 10, 10);
    carrier.provisioning().originationUrl(trunk, "standby", uri(standby), 20, 10);
    for (int i = 1; i <= NUMBERS; i++) {
      carrier.provisioning().number(number(i), Map.of("TrunkSid", trunk));
    }
    String webhook = "http://127.0.0.1:" + webPort + "/twilio/sms";
    carrier.provisioning().number(CONTROL, Map.of("TrunkSid", trunk, "SmsUrl", webhook));
    alice = carrier.provisioning().mobile(ALICE);
    carrier.provisioning().mobile(BOB);
  }

  private static String uri(LabPbx pbx) {
    return "sip:" + pbx.sip().getHostString() + ":" + pbx.sip().getPort();
  }

  /**
   * Writes the settings files.
   *
   * @param changes to the text of linekeeper.yml: what stands there, what is to stand there
   */
  public void settings(Map<String, String> changes) {
    LabSettings files = new LabSettings(this);
    String office = files.office();
    for (Map.Entry<String, String> change : changes.entrySet()) {
      if (!office.contains(change.getKey())) {
        throw new IllegalArgumentException("not in linekeeper.yml: " + change.getKey());
      }
      office = office.replace(change.getKey(), change.getValue());
    }
    write("linekeeper.yml", office);
    write("numbers.yml", files.numbers());
    write("staff.yml", files.staff());
    write("schedule.yml", "schedule: []\n");
    write("ami-password", primary.amiSecret());
    write("auth-token", carrier.account().authToken());
  }

  private void write(String file, String text) {
    try {
      Files.writeString(directory.resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    carrier.close();
    sip.close();
    if (!network.isIsolated()) {
      network.close();
    }
    contract.assertKept();
  }
}
