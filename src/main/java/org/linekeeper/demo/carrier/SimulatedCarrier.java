package org.linekeeper.demo.carrier;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Stands in for Twilio: its REST API over HTTP, its SMS webhooks, and calls placed by the routing
 * it holds. All of Twilio's host names are answered by the one HTTP server.
 */
public final class SimulatedCarrier implements AutoCloseable {
  static {
    // Without it each answer on a kept connection waits for the client's delayed ACK (40 ms).
    if (System.getProperty("sun.net.httpserver.nodelay") == null) {
      System.setProperty("sun.net.httpserver.nodelay", "true");
    }
  }

  /** More than the default limit of requests at once, so that limit is the one that is felt. */
  private static final int HTTP_THREADS = 200;

  private final HttpServer server;
  private final ThreadPoolExecutor httpThreads = Threads.pool("carrier-http", HTTP_THREADS, 1_000);
  private final ThreadPoolExecutor outside = Threads.pool("carrier-sms", 8, 10_000);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final AtomicReference<Knobs> knobs = new AtomicReference<>(Knobs.DEFAULT);
  private final FaultPlan faults = new FaultPlan();
  private final ExchangeLog log = new ExchangeLog();
  private final Mobiles mobiles = new Mobiles();
  private final World world;
  private final SmsDesk smsDesk;
  private final Provisioning provisioning;
  private final Caller caller;

  private SimulatedCarrier(HttpServer server, Account account, InstantSource clock, CallLeg leg) {
    this.server = server;
    this.world = new World(account, clock);
    Webhooks webhooks = new Webhooks(account);
    this.smsDesk = new SmsDesk(world, mobiles, webhooks, knobs::get, outside);
    TwimlRunner twiml = new TwimlRunner(world, mobiles, webhooks, knobs::get, this::pause);
    CallRouter router = new CallRouter(world, knobs::get, leg, twiml);
    NumbersApi numbers = new NumbersApi(world);
    this.provisioning = new Provisioning(world, numbers, mobiles);
    this.caller = new Caller(router, provisioning::numbers);
    Routes routes = new Routes();
    numbers.addTo(routes);
    new ApplicationsApi(world).addTo(routes);
    new MessagesApi(world, smsDesk).addTo(routes);
    new CallsApi(world, router, outside, this::pause).addTo(routes);
    new TrunksApi(world).addTo(routes);
    new OriginationUrlsApi(world).addTo(routes);
    new TrunkNumbersApi(world).addTo(routes);
    new AlertsApi(world, knobs::get).addTo(routes);
    routes.on(
        "GET",
        "/2010-04-01/Accounts/" + account.sid() + ".json",
        (request, ids) -> Answer.json(200, account.json()));
    server.createContext("/", new Front(world, routes, knobs::get, faults, log, this::pause));
    server.createContext(TwimlHost.PATH, new TwimlHost());
    server.createContext(SimApi.PATH, new SimApi(this));
    server.setExecutor(httpThreads);
  }

  /**
   * Starts a carrier for one account.
   *
   * @param bind port 0 for any free one
   * @param clock of the outside world: dates in the API, durations of calls
   * @param leg how a PBX is rung
   * @throws IOException if the address is in use
   */
  public static SimulatedCarrier start(
      InetSocketAddress bind, Account account, InstantSource clock, CallLeg leg)
      throws IOException {
    HttpServer server = HttpServer.create(bind, 512);
    SimulatedCarrier carrier = new SimulatedCarrier(server, account, clock, leg);
    server.start();
    return carrier;
  }

  /** What to give the product in the place of {@code https://api.twilio.com}. */
  public URI baseUrl() {
    InetSocketAddress address = server.getAddress();
    String host = address.getAddress().isAnyLocalAddress() ? "127.0.0.1" : address.getHostString();
    return URI.create("http://" + host + ":" + address.getPort());
  }

  public Account account() {
    return world.account;
  }

  /** What the office has bought: trunks, numbers, mobiles. */
  public Provisioning provisioning() {
    return provisioning;
  }

  /** The outside world's calls; paused until {@link Caller#callEvery}. */
  public Caller caller() {
    return caller;
  }

  /** The staff's mobiles, by number. */
  public List<Mobile> mobiles() {
    return mobiles.all();
  }

  /**
   * A voice URL that rings these mobiles at once, press 1 to accept; the stand-in for the Twilio
   * Function of docs/twilio-function.js.
   *
   * @param callerId shown where the caller's own number cannot be
   */
  public String divertUrl(List<String> to, String callerId) {
    return baseUrl()
        + TwimlHost.PATH
        + "?"
        + Form.of(Map.of("to", String.join(",", to))).encode()
        + "&"
        + Form.of(Map.of("callerId", callerId)).encode();
  }

  public Knobs knobs() {
    return Objects.requireNonNull(knobs.get());
  }

  public void knobs(Knobs wanted) {
    knobs.set(wanted);
  }

  /** Lets the next requests that fit go wrong this often. */
  public void goWrong(Fault fault, int times, Predicate<Request> where) {
    faults.add(where, fault, times);
  }

  /** All further requests go well. */
  public void goWell() {
    faults.clear();
  }

  /** The latest 10,000 requests to the REST API, oldest first. */
  public List<Exchange> exchanges() {
    return log.all();
  }

  public void forgetExchanges() {
    log.clear();
  }

  /** Tells of each request to the REST API, before it is answered, on the request's thread. */
  public void onExchange(Consumer<Exchange> listener) {
    log.listen(listener);
  }

  /**
   * A staff member texts an office number; the number's SMS webhook is called soon after.
   *
   * @return the MessageSid
   */
  public String staffTexts(String from, String to, String body) {
    return smsDesk.arrives(from, to, body).sid();
  }

  /** Calls the webhook again for a message already delivered; false if there is none such. */
  public boolean redeliver(String messageSid) {
    return smsDesk.redeliver(messageSid);
  }

  /** Waits, but not beyond the closing. */
  private void pause(Duration duration) {
    if (duration.isZero() || duration.isNegative()) {
      return;
    }
    try {
      if (closing.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
        Thread.currentThread().interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closing.countDown();
    caller.close();
    server.stop(0);
    httpThreads.shutdownNow();
    outside.shutdownNow();
  }
}
