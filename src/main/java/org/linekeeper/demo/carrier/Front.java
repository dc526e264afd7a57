package org.linekeeper.demo.carrier;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The REST API's front door: concurrency limit, latency, authentication, faults, the log. */
final class Front implements HttpHandler {
  private static final Logger log = LoggerFactory.getLogger(Front.class);

  private final World world;
  private final Routes routes;
  private final Supplier<Knobs> knobs;
  private final FaultPlan faults;
  private final ExchangeLog exchanges;
  private final Consumer<Duration> pause;
  private final AtomicInteger underWay = new AtomicInteger();

  Front(
      World world,
      Routes routes,
      Supplier<Knobs> knobs,
      FaultPlan faults,
      ExchangeLog exchanges,
      Consumer<Duration> pause) {
    this.world = world;
    this.routes = routes;
    this.knobs = knobs;
    this.faults = faults;
    this.exchanges = exchanges;
    this.pause = pause;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    int concurrent = underWay.incrementAndGet();
    try (exchange) {
      exchange.getResponseHeaders().set("Twilio-Concurrent-Requests", Integer.toString(concurrent));
      Optional<Request> request = Request.read(exchange);
      if (request.isEmpty()) {
        send(exchange, TwilioError.of(413, 20413, "Request entity too large").answer());
      } else {
        answer(exchange, request.get(), concurrent);
      }
    } catch (RuntimeException bug) {
      log.error("A bug in the simulated carrier; the connection is cut", bug);
      throw bug; // the JDK's server says nothing about it
    } finally {
      underWay.decrementAndGet();
    }
  }

  private void answer(HttpExchange exchange, Request request, int concurrent) throws IOException {
    if (concurrent > knobs.get().maxConcurrent()) {
      Answer refused = TwilioError.tooMany().answer();
      exchanges.add(request, refused, Optional.empty(), world.now());
      send(exchange, refused);
      return;
    }
    pause.accept(knobs.get().latency());
    if (!world.account.matches(request.authorization())) {
      Answer refused = TwilioError.unauthorised().answer();
      exchanges.add(request, refused, Optional.empty(), world.now());
      exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"Twilio API\"");
      send(exchange, refused);
      return;
    }
    Optional<Fault> fault = faults.take(request);
    if (fault.isPresent()) {
      goWrong(exchange, request, fault.get());
      return;
    }
    Answer answer = dispatch(request);
    exchanges.add(request, answer, fault, world.now());
    send(exchange, answer);
  }

  private void goWrong(HttpExchange exchange, Request request, Fault fault) throws IOException {
    switch (fault) {
      case ERROR_500 -> sendLogged(exchange, request, fault, internal());
      case ERROR_500_APPLIED -> {
        dispatch(request);
        sendLogged(exchange, request, fault, internal());
      }
      case HALF_APPLIED -> {
        dispatch(request.withForm(request.form().half()));
        sendLogged(exchange, request, fault, internal());
      }
      case UNAVAILABLE -> {
        exchange.getResponseHeaders().set("Retry-After", "1");
        sendLogged(
            exchange, request, fault, TwilioError.of(503, 20503, "Service unavailable").answer());
      }
      case HTML_PAGE ->
          sendLogged(
              exchange,
              request,
              fault,
              Answer.html(502, "<html><body><h1>502 Bad Gateway</h1></body></html>"));
      case TRUNCATED_JSON -> sendLogged(exchange, request, fault, truncated(dispatch(request)));
      case TOO_MANY -> sendLogged(exchange, request, fault, TwilioError.tooMany().answer());
      case TIMEOUT -> {
        pause.accept(knobs.get().hang());
        exchanges.add(request, internal(), Optional.of(fault), world.now());
      }
      case TIMEOUT_APPLIED -> {
        exchanges.add(request, dispatch(request), Optional.of(fault), world.now());
        pause.accept(knobs.get().hang());
      }
      case TIMEOUT_LATE -> {
        pause.accept(knobs.get().hang());
        exchanges.add(request, dispatch(request), Optional.of(fault), world.now());
      }
      case CUT -> exchanges.add(request, internal(), Optional.of(fault), world.now());
      case CUT_APPLIED ->
          exchanges.add(request, dispatch(request), Optional.of(fault), world.now());
    }
    // Closing an exchange without an answer cuts the connection.
  }

  private Answer dispatch(Request request) {
    synchronized (world) {
      return routes.dispatch(request);
    }
  }

  private static Answer internal() {
    return TwilioError.of(500, 20500, "Internal Server Error").answer();
  }

  private static Answer truncated(Answer whole) {
    String half = whole.body().substring(0, whole.body().length() / 2);
    return new Answer(whole.status(), whole.contentType(), half, Map.of());
  }

  private void sendLogged(HttpExchange exchange, Request request, Fault fault, Answer answer)
      throws IOException {
    exchanges.add(request, answer, Optional.of(fault), world.now());
    send(exchange, answer);
  }

  static void send(HttpExchange exchange, Answer answer) throws IOException {
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", answer.contentType());
    answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }
}
