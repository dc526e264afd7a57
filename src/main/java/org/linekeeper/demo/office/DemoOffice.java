package org.linekeeper.demo.office;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linekeeper.demo.carrier.Account;
import org.linekeeper.demo.carrier.SimulatedCarrier;
import org.linekeeper.demo.carrier.SipCallLeg;
import org.linekeeper.demo.pbx.FeatureCode;
import org.linekeeper.demo.pbx.PbxState;
import org.linekeeper.demo.pbx.SimulatedPbx;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.net.IoLoop;
import org.linekeeper.service.Clocks;
import org.linekeeper.service.Service;
import org.linekeeper.settings.Passwords;
import org.linekeeper.settings.Problem;
import org.linekeeper.settings.Settings;
import org.linekeeper.settings.SettingsRead;
import org.linekeeper.sip.SipCaller;
import org.linekeeper.state.SettingsInForce;
import org.linekeeper.time.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole demo without its page: everything around Linekeeper is simulated and speaks the real
 * protocols, Linekeeper itself is the one that offices run.
 */
public final class DemoOffice implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DemoOffice.class);

  /** How long callers stay once somebody has answered: only that they were answered counts. */
  private static final Duration TALK = Duration.ofMillis(300);

  private static final String WEBHOOK = "/twilio/sms";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final DemoSettings settings;
  private final DemoClock clock = new DemoClock(InstantSource.system());
  private final PbxPair pbxs;
  private final SimulatedCarrier carrier;
  private final Estate estate;
  private final Duration aheadAtStart;
  private @Nullable Service linekeeper;

  /**
   * Opens the office: PBXs and carrier run, Linekeeper watches, callers call.
   *
   * @throws IOException if the directory cannot be used or no ports are free
   */
  public static DemoOffice open(DemoSettings settings) throws IOException {
    return new DemoOffice(settings);
  }

  private DemoOffice(DemoSettings settings) throws IOException {
    this.settings = settings;
    try {
      DemoFiles files = DemoFiles.in(settings.directory());
      String secret = secret();
      Account account = new Account(Account.demo().sid(), secret());
      IoLoop loop = kept(IoLoop.start("demo-sip", Ticker.system()));
      pbxs = kept(PbxPair.start(loop, secret));
      carrier =
          kept(
              SimulatedCarrier.start(
                  new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                  account,
                  clock,
                  new SipCallLeg(new SipCaller(loop), TALK)));
      files.secret("ami", secret);
      files.secret("carrier", account.authToken());
      files.write(values(account));
      estate = read().estate();
      Contract.sign(carrier, pbxs, estate, settings.webhook() ? smsUrl() : "");
      new OpeningHours(estate.schedule()).firstOpen(clock.instant()).ifPresent(clock::moveTo);
      aheadAtStart = clock.ahead();
      startLinekeeper();
      carrier.caller().callEvery(settings.callEvery());
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private <T extends AutoCloseable> T kept(T part) {
    open.push(part);
    return part;
  }

  private static String secret() {
    byte[] bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private String smsUrl() {
    return "http://127.0.0.1:" + settings.webPort() + WEBHOOK;
  }

  private Map<String, String> values(Account account) {
    Map<String, String> values = new HashMap<>(Contract.sids());
    for (SimulatedPbx pbx : pbxs.both()) {
      String name = pbx.settings().name();
      values.put(name + "-ami", Integer.toString(pbx.amiAddress().getPort()));
      values.put(name + "-sip", Integer.toString(pbx.sipAddress().getPort()));
    }
    values.put("web-port", Integer.toString(settings.webPort()));
    values.put("account", account.sid());
    values.put("carrier", carrier.baseUrl().toString());
    values.put("webhook", settings.webhook() ? "  webhook-url: " + smsUrl() : "");
    values.put("poll-every", settings.pollEvery().toSeconds() + "s");
    values.put("hold-down", settings.holdDown().toSeconds() + "s");
    values.put("divert-after", settings.divertAfter().toSeconds() + "s");
    values.put("return-after", settings.returnAfter().toSeconds() + "s");
    values.put("alice-pin", Passwords.hash("4711").encoded());
    values.put("bob-pin", Passwords.hash("4712").encoded());
    return values;
  }

  private Settings read() throws IOException {
    SettingsRead read = Service.reader().read(settings.directory());
    Optional<Settings> found = read.settings();
    if (found.isEmpty()) {
      List<Problem> problems = read.problems();
      throw new IOException(
          "The files in "
              + settings.directory()
              + " have mistakes:\n"
              + problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    }
    return found.get();
  }

  /**
   * Starts Linekeeper with what the files say now; the journal goes on where it was.
   *
   * @throws IOException if the files have mistakes
   */
  public synchronized void startLinekeeper() throws IOException {
    if (linekeeper == null) {
      linekeeper =
          Service.start(
              read(),
              settings.directory(),
              new Clocks(clock, Ticker.system()),
              why -> LOG.error("Linekeeper asks to be restarted: {}", why));
    }
  }

  /** Stops Linekeeper; the phones stay as they are. */
  public synchronized void stopLinekeeper() {
    Service running = linekeeper;
    linekeeper = null;
    if (running != null) {
      running.close();
    }
  }

  /**
   * The running Linekeeper.
   *
   * @throws IllegalStateException while it is stopped
   */
  public synchronized Service linekeeper() {
    if (linekeeper == null) {
      throw new IllegalStateException("Linekeeper was stopped");
    }
    return linekeeper;
  }

  /** The two PBXs and their faults. */
  public PbxPair pbxs() {
    return pbxs;
  }

  /** The carrier, its callers and the staff's mobiles. */
  public SimulatedCarrier carrier() {
    return carrier;
  }

  /** What time it is for Linekeeper and the carrier. */
  public DemoClock clock() {
    return clock;
  }

  /** Where the files are that may be edited. */
  public Path directory() {
    return settings.directory();
  }

  /** The office as its files had it when they were last accepted. */
  public Estate estate() {
    return linekeeper().journal().state().settings().map(SettingsInForce::estate).orElse(estate);
  }

  /** The number that staff text, in E.164. */
  public String controlNumber() {
    return estate.trunk().controlNumber().map(PhoneNumber::e164).orElse("");
  }

  /** Somebody texts the control number; the carrier takes it from there. */
  public void text(PhoneNumber mobile, String words) {
    carrier.staffTexts(mobile.e164(), controlNumber(), words);
  }

  /** Somebody dials a feature code on a desk phone, which is at the PBX that runs. */
  public CompletionStage<FeatureCode.Reply> dial(FeatureCode code) {
    return pbxs.both().stream()
        .filter(pbx -> pbx.state() == PbxState.RUNNING)
        .findFirst()
        .orElse(pbxs.primary())
        .dialFeatureCode(code);
  }

  /** When the schedule in force changes something. */
  public OpeningHours hours() {
    return new OpeningHours(estate().schedule());
  }

  /** From now on it is that moment for Linekeeper and the carrier. */
  public void moveClock(Instant to) {
    clock.moveTo(to);
    linekeeper().clockMoved();
  }

  /** The clock shows again what it would if nobody had moved it. */
  public void resetClock() {
    clock.ahead(aheadAtStart);
    linekeeper().clockMoved();
  }

  /** Whether somebody has moved the clock. */
  public boolean clockMoved() {
    return !clock.ahead().equals(aheadAtStart);
  }

  /**
   * Ends whatever was done to a PBX.
   *
   * @throws IOException if somebody else has taken its ports meanwhile
   */
  public static void bringBack(SimulatedPbx pbx) throws IOException {
    pbx.resume();
    pbx.reconnect();
    pbx.start();
  }

  @Override
  public void close() {
    stopLinekeeper();
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        LOG.warn("a part of the demo does not stop cleanly", e);
      }
    }
  }
}
