package org.linekeeper.demo.carrier;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Controls the simulated carrier from another process: who called and who answered, what the
 * mobiles got, texts and calls placed at once, faults. No part of Twilio's API.
 */
final class SimApi implements HttpHandler {
  static final String PATH = "/sim/";
  private static final int SHOWN = 1_000;

  private final SimulatedCarrier carrier;
  private final Routes routes = new Routes();

  SimApi(SimulatedCarrier carrier) {
    this.carrier = carrier;
    routes
        .on("GET", "/sim/calls", (request, ids) -> calls(request))
        .on("POST", "/sim/call", (request, ids) -> call(request))
        .on("GET", "/sim/caller", (request, ids) -> Answer.json(200, caller()))
        .on("POST", "/sim/caller", (request, ids) -> setCaller(request))
        .on("GET", "/sim/mobiles", (request, ids) -> mobiles())
        .on("POST", "/sim/mobiles", (request, ids) -> setMobile(request))
        .on("POST", "/sim/sms", (request, ids) -> sms(request))
        .on("GET", "/sim/knobs", (request, ids) -> Answer.json(200, knobs()))
        .on("POST", "/sim/knobs", (request, ids) -> setKnobs(request))
        .on("POST", "/sim/faults", (request, ids) -> fault(request))
        .on("DELETE", "/sim/faults", (request, ids) -> noFaults())
        .on("GET", "/sim/requests", (request, ids) -> requests(request));
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Optional<Request> request = Request.read(exchange);
      if (request.isEmpty()) {
        Front.send(exchange, bad("the request is larger than 64 KB"));
        return;
      }
      Front.send(exchange, answer(request.get()));
    }
  }

  private Answer answer(Request request) {
    try {
      return routes.dispatch(request);
    } catch (IllegalArgumentException | DateTimeException e) {
      return bad(String.valueOf(e.getMessage()));
    }
  }

  /** Oldest first; {@code after} is the number of the last call already seen. */
  private Answer calls(Request request) {
    long after = request.query().whole("after", 0);
    return Answer.json(
        200,
        carrier.caller().records().stream()
            .filter(c -> c.number() > after)
            .map(SimApi::json)
            .toList());
  }

  private Answer call(Request request) {
    String from = request.form().given("from").orElse("+447700900599");
    return Answer.json(200, json(carrier.caller().call(from, need(request, "to"))));
  }

  private static Map<String, Object> json(CallRecord call) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("number", call.number());
    json.put("at", call.at().toString());
    json.put("from", call.from());
    json.put("to", call.to());
    json.put("answeredBy", call.answeredBy().name());
    json.put("who", call.who());
    json.put("via", call.via());
    json.put("trace", call.trace());
    json.put("ms", call.took().toMillis());
    return json;
  }

  private Map<String, Object> caller() {
    Caller caller = carrier.caller();
    return Map.of(
        "paused", caller.paused(),
        "every", caller.every().toString(),
        "dropped", caller.dropped());
  }

  private Answer setCaller(Request request) {
    Caller caller = carrier.caller();
    request.form().given("every").map(SimApi::duration).ifPresent(caller::callEvery);
    request.form().given("numbers").map(n -> List.of(n.split(","))).ifPresent(caller::callOnly);
    request
        .form()
        .given("paused")
        .ifPresent(
            paused -> {
              if (paused.equals("true")) {
                caller.pause();
              } else {
                caller.resume();
              }
            });
    return Answer.json(200, caller());
  }

  private Answer mobiles() {
    return Answer.json(200, carrier.mobiles().stream().map(SimApi::json).toList());
  }

  private static Map<String, Object> json(Mobile mobile) {
    return Map.of(
        "number", mobile.number(),
        "habit", mobile.habit().name(),
        "ringsFor", mobile.ringsFor().toString(),
        "inbox", mobile.inbox().stream().map(SimApi::json).toList());
  }

  private static Map<String, Object> json(Mobile.Text text) {
    return Map.of(
        "sid", text.sid(), "at", text.at().toString(), "from", text.from(), "body", text.body());
  }

  private Answer setMobile(Request request) {
    Mobile mobile = carrier.provisioning().mobile(need(request, "number"));
    mobile.set(
        Mobile.Habit.valueOf(request.form().given("habit").orElse(mobile.habit().name())),
        request.form().given("ringsFor").map(SimApi::duration).orElse(mobile.ringsFor()));
    return Answer.json(200, json(mobile));
  }

  private Answer sms(Request request) {
    String sid =
        carrier.staffTexts(need(request, "from"), need(request, "to"), need(request, "body"));
    return Answer.json(201, Map.of("sid", sid));
  }

  private Map<String, Object> knobs() {
    Knobs now = carrier.knobs();
    return Map.of(
        "latency", now.latency().toString(),
        "maxConcurrent", now.maxConcurrent(),
        "hang", now.hang().toString(),
        "hunting", now.hunting(),
        "legDeadline", now.legDeadline().toString(),
        "webhookDeadline", now.webhookDeadline().toString(),
        "alertLag", now.alertLag().toString());
  }

  private Answer setKnobs(Request request) {
    Form form = request.form();
    Knobs now = carrier.knobs();
    carrier.knobs(
        new Knobs(
            form.given("latency").map(SimApi::duration).orElse(now.latency()),
            form.whole("maxConcurrent", now.maxConcurrent()),
            form.given("hang").map(SimApi::duration).orElse(now.hang()),
            form.given("hunting").map(Boolean::parseBoolean).orElse(now.hunting()),
            form.given("legDeadline").map(SimApi::duration).orElse(now.legDeadline()),
            form.given("webhookDeadline").map(SimApi::duration).orElse(now.webhookDeadline()),
            form.given("alertLag").map(SimApi::duration).orElse(now.alertLag())));
    return Answer.json(200, knobs());
  }

  private Answer fault(Request request) {
    String method = request.form().given("method").orElse("");
    String path = request.form().given("path").orElse("");
    Fault fault = Fault.valueOf(need(request, "fault"));
    carrier.goWrong(
        fault,
        request.form().whole("times", 1),
        r -> (method.isEmpty() || r.method().equals(method)) && r.path().contains(path));
    return Answer.json(201, Map.of("fault", fault.name()));
  }

  private Answer noFaults() {
    carrier.goWell();
    return Answer.deleted();
  }

  private Answer requests(Request request) {
    long after = request.query().whole("after", 0);
    List<Map<String, @Nullable Object>> shown =
        carrier.exchanges().stream()
            .filter(e -> e.number() > after)
            .limit(SHOWN)
            .map(SimApi::json)
            .toList();
    return Answer.json(200, shown);
  }

  private static Map<String, @Nullable Object> json(Exchange exchange) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("number", exchange.number());
    json.put("at", exchange.at().toString());
    json.put("method", exchange.request().method());
    json.put("path", exchange.request().path());
    json.put("query", exchange.request().query().values());
    json.put("form", exchange.request().form().values());
    json.put("status", exchange.answer().status());
    json.put("fault", exchange.fault().map(Fault::name).orElse(null));
    return json;
  }

  private static String need(Request request, String name) {
    return request
        .form()
        .given(name)
        .orElseThrow(
            () -> new IllegalArgumentException("the form parameter " + name + " is missing"));
  }

  /** {@code 150ms}, {@code 2s}, or ISO-8601 such as {@code PT0.15S}. */
  private static Duration duration(String text) {
    if (text.matches("[0-9]{1,6}ms")) {
      return Duration.ofMillis(Integer.parseInt(text.substring(0, text.length() - 2)));
    }
    if (text.matches("[0-9]{1,4}s")) {
      return Duration.ofSeconds(Integer.parseInt(text.substring(0, text.length() - 1)));
    }
    return Duration.parse(text);
  }

  private static Answer bad(String why) {
    return Answer.json(400, Map.of("error", why));
  }
}
