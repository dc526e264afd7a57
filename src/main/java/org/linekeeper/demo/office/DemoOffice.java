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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linekeeper.demo.carrier.Account;
import org.linekeeper.demo.carrier.SimulatedCarrier;
import org.linekeeper.demo.carrier.SipCallLeg;
import org.linekeeper.demo.link.Link;
import org.linekeeper.demo.link.Network;
import org.linekeeper.demo.pbx.FeatureCode;
import org.linekeeper.demo.pbx.PbxState;
import org.linekeeper.demo.pbx.SimulatedPbx;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.net.IoLoop;
import org.linekeeper.service.Clocks;
import org.linekeeper.service.Service;
import org.linekeeper.settings.Passwords;
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
  private final DemoWatcher.Front front;
  private final Network network = new Network();
  private final Optional<Cabling> cabling;
  private List<DemoWatcher> watchers = List.of();
  private volatile @Nullable Service shown;

  /**
   * Opens the office: PBXs and carrier run, Linekeeper watches, callers call.
   *
   * @throws IOException if the directory cannot be used or no ports are free
   */
  public static DemoOffice open(DemoSettings settings) throws IOException {
    return open(settings, service -> () -> {});
  }

  /** The same with something in front of each Linekeeper. */
  public static DemoOffice open(DemoSettings settings, DemoWatcher.Front front) throws IOException {
    return new DemoOffice(settings, front);
  }

  private DemoOffice(DemoSettings settings, DemoWatcher.Front front) throws IOException {
    this.settings = settings;
    this.front = front;
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
      cabling =
          settings.several()
              ? Optional.of(
                  kept(
                      Cabling.lay(
                          loop,
                          network,
                          settings.watchers(),
                          settings.directory().resolve("keys"),
                          pbxs,
                          carrier.baseUrl(),
                          settings.webPort())))
              : Optional.empty();
      files.write(values(account));
      watchers = settings.watchers().stream().map(this::engaged).toList();
      estate = watchers.get(0).read().estate();
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
    values.put("watcher", settings.watchers().get(0));
    values.put("journal", "journal");
    values.put("watchers", "");
    for (SimulatedPbx pbx : pbxs.both()) {
      String name = pbx.settings().name();
      values.put(name + "-ami", Integer.toString(pbx.amiAddress().getPort()));
      values.put(name + "-sip", Integer.toString(pbx.sipAddress().getPort()));
    }
    values.put("web-port", Integer.toString(settings.webPort()));
    values.put("account", account.sid());
    values.put("carrier", carrier.baseUrl().toString());
    values.put("divert-url", carrier.baseUrl() + "/twiml/divert");
    values.put("webhook", settings.webhook() ? "  webhook-url: " + smsUrl() : "");
    values.put("poll-every", settings.pollEvery().toSeconds() + "s");
    values.put("hold-down", settings.holdDown().toSeconds() + "s");
    values.put("divert-after", settings.divertAfter().toSeconds() + "s");
    values.put("return-after", settings.returnAfter().toSeconds() + "s");
    values.put("alice-pin", Passwords.hash("4711").encoded());
    values.put("bob-pin", Passwords.hash("4712").encoded());
    cabling.map(Cabling::values).ifPresent(values::putAll);
    return values;
  }

  private DemoWatcher engaged(String name) {
    return new DemoWatcher(
        name,
        settings.directory(),
        cabling.map(any -> any.environment(name)).orElseGet(System::getenv),
        new Clocks(clock, Ticker.system()),
        network,
        front);
  }

  /**
   * Starts what does not run of Linekeeper with what the files say now; the journal goes on where
   * it was.
   *
   * @throws IOException if the files have mistakes
   */
  public void startLinekeeper() throws IOException {
    for (DemoWatcher watcher : watchers) {
      watcher.start();
    }
  }

  /** Stops all of Linekeeper; the phones stay as they are. */
  public void stopLinekeeper() {
    watchers.parallelStream().forEach(DemoWatcher::close);
  }

  /**
   * The Linekeeper to look at and to ask: the one that leads; if none does, the same as before,
   * even if it is stopped.
   */
  public Service linekeeper() {
    List<Service> running = watchers.stream().flatMap(w -> w.running().stream()).toList();
    Service before = shown;
    Service now =
        running.stream()
            .filter(service -> service.journal().leads())
            .findFirst()
            .or(() -> Optional.ofNullable(before).filter(running::contains))
            .or(() -> running.stream().findFirst())
            .or(() -> Optional.ofNullable(before))
            .orElseThrow(() -> new IllegalStateException("Linekeeper was never started"));
    shown = now;
    return now;
  }

  /** All Linekeepers that there are: one, or three that watch together. */
  public List<DemoWatcher> watchers() {
    return watchers;
  }

  /** What can be cut; nothing where there is one Linekeeper. */
  public List<Link> links() {
    return cabling.map(Cabling::links).orElse(List.of());
  }

  /**
   * The one between these two.
   *
   * @param ends both names with a blank in between
   * @throws IllegalArgumentException if there is none
   */
  public Link link(String ends) {
    String[] names = ends.split(" ", 2);
    return links().stream()
        .filter(link -> names.length == 2 && link.equals(new Link(names[0], names[1])))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no link between " + ends));
  }

  /** Whom watchers reach by links: each other, the PBXs and the carrier. */
  public List<String> parties() {
    return Stream.of(
            watchers.stream().skip(1).map(DemoWatcher::name),
            pbxs.both().stream().map(pbx -> pbx.settings().name()),
            Stream.of(Cabling.CARRIER))
        .flatMap(names -> names)
        .toList();
  }

  /**
   * The one with that name.
   *
   * @throws IllegalArgumentException if none has it
   */
  public DemoWatcher watcher(String name) {
    return watchers.stream()
        .filter(watcher -> watcher.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no watcher is called " + name));
  }

  /** Cuts all of its links, as when its machine's only cable is pulled out. */
  public void cutOff(DemoWatcher watcher) {
    links().stream().filter(link -> link.touches(watcher.name())).forEach(network::cut);
  }

  /** The port of the demo's page. */
  public int webPort() {
    return settings.webPort();
  }

  /** Where it is cut. */
  public Network network() {
    return network;
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
    tellClockMoved();
  }

  /** The clock shows again what it would if nobody had moved it. */
  public void resetClock() {
    clock.ahead(aheadAtStart);
    tellClockMoved();
  }

  private void tellClockMoved() {
    watchers.forEach(watcher -> watcher.running().ifPresent(Service::clockMoved));
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
