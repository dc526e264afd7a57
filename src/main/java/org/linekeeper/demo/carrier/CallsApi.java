package org.linekeeper.demo.carrier;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linekeeper.demo.carrier.CallRecord.AnsweredBy;

/**
 * Calls that the account places itself, which take the way of any other call to the number, and
 * those that came through a trunk; newest first. Source: Twilio docs "Calls resource".
 */
final class CallsApi {
  private static final String E164 = "\\+[1-9][0-9]{1,14}";

  private final World world;
  private final CallRouter router;
  private final ExecutorService outside;
  private final Consumer<Duration> pause;
  private final String base;

  CallsApi(World world, CallRouter router, ExecutorService outside, Consumer<Duration> pause) {
    this.world = world;
    this.router = router;
    this.outside = outside;
    this.pause = pause;
    this.base = "/2010-04-01/Accounts/" + world.account.sid() + "/Calls";
  }

  void addTo(Routes routes) {
    routes
        .on("GET", base + ".json", (request, ids) -> list(request))
        .on("POST", base + ".json", (request, ids) -> create(request))
        .on("GET", base + "/{}.json", this::fetch);
  }

  private Answer create(Request request) {
    String from = request.form().get("From").orElse("");
    String to = request.form().get("To").orElse("");
    String digits = request.form().get("SendDigits").orElse("");
    boolean told =
        request.form().given("Twiml").isPresent()
            || request.form().given("Url").isPresent()
            || request.form().given("ApplicationSid").isPresent();
    Optional<TwilioError> refusal = refusal(from, to, digits, told);
    if (refusal.isPresent()) {
      return refusal.get().answer();
    }
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("from", from);
    values.put("to", to);
    values.put("status", "queued");
    Entity call;
    synchronized (world) {
      call = world.make("CA", "", values);
      world.calls.put(call);
    }
    try {
      outside.execute(() -> run(call.sid(), from, to, digits));
    } catch (RejectedExecutionException full) {
      set(call.sid(), "failed", false);
    }
    return Answer.json(201, render(call));
  }

  private Optional<TwilioError> refusal(String from, String to, String digits, boolean told) {
    synchronized (world) {
      if (!to.matches(E164)) {
        return Optional.of(new TwilioError(400, 21211, "Invalid 'To' Phone Number: " + to));
      }
      if (world.numberFor(from).isEmpty()) {
        return Optional.of(
            new TwilioError(
                400, 21210, "The source phone number provided, " + from + ", is not yet verified"));
      }
    }
    if (!digits.matches("[0-9*#wW]{0,32}")) {
      return Optional.of(new TwilioError(400, 13222, "Dial->Number: Invalid sendDigits"));
    }
    return told
        ? Optional.empty()
        : Optional.of(new TwilioError(400, 21205, "Url parameter is required."));
  }

  private void run(String sid, String from, String to, String digits) {
    set(sid, "ringing", false);
    CallRecord record = router.place(from, to, digits.toLowerCase(Locale.ROOT));
    if (record.answeredBy() == AnsweredBy.NOBODY) {
      set(sid, ending(record), true);
      return;
    }
    set(sid, "in-progress", false);
    pause.accept(SipCallLeg.KEYING);
    set(sid, "completed", true);
  }

  private static String ending(CallRecord record) {
    return record.trace().stream().anyMatch(line -> line.contains("486")) ? "busy" : "no-answer";
  }

  private void set(String sid, String status, boolean over) {
    synchronized (world) {
      world
          .calls
          .get(sid)
          .ifPresent(
              call -> {
                Map<String, @Nullable Object> changes = new LinkedHashMap<>();
                changes.put("status", status);
                if (status.equals("in-progress")) {
                  changes.put("start_time", world.now());
                }
                if (over) {
                  changes.put("end_time", world.now());
                }
                world.calls.put(call.with(changes, world.now()));
              });
    }
  }

  private Answer list(Request request) {
    Form query = request.query();
    String to = query.given("To").orElse("");
    String from = query.given("From").orElse("");
    String status = query.given("Status").orElse("");
    synchronized (world) {
      Predicate<Entity> wanted =
          c ->
              (to.isEmpty() || c.text("to").equals(to))
                  && (from.isEmpty() || c.text("from").equals(from))
                  && (status.isEmpty() || c.text("status").equals(status));
      List<Entity> found =
          Stream.concat(
                  world.calls.newestFirst(wanted).stream(),
                  world.trunkCalls.newestFirst(wanted).stream())
              .sorted(Comparator.comparing(Entity::created).reversed())
              .toList();
      return new Paging(request, found).v2010("calls", this::render);
    }
  }

  private Answer fetch(Request request, List<String> ids) {
    synchronized (world) {
      return world
          .calls
          .get(ids.get(0))
          .or(() -> world.trunkCalls.get(ids.get(0)))
          .map(c -> Answer.json(200, render(c)))
          .orElseGet(() -> TwilioError.notFound(request.path()).answer());
    }
  }

  private Map<String, @Nullable Object> render(Entity call) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    String uri = base + "/" + call.sid();
    json.put("sid", call.sid());
    json.put("account_sid", world.account.sid());
    json.put("annotation", null);
    json.put("answered_by", null);
    json.put("api_version", "2010-04-01");
    json.put("caller_name", null);
    json.put("date_created", Dates.rfc2822(call.created()));
    json.put("date_updated", Dates.rfc2822(call.updated()));
    String direction = call.text("direction");
    json.put("direction", direction.isEmpty() ? "outbound-api" : direction);
    json.put("duration", duration(call));
    json.put("end_time", date(call, "end_time"));
    json.put("forwarded_from", null);
    json.put("from", call.text("from"));
    json.put("from_formatted", call.text("from"));
    json.put("group_sid", null);
    json.put("parent_call_sid", null);
    json.put("phone_number_sid", "");
    json.put("price", null);
    json.put("price_unit", "USD");
    json.put("queue_time", "0");
    json.put("start_time", date(call, "start_time"));
    json.put("status", call.text("status"));
    json.put("to", call.text("to"));
    json.put("to_formatted", call.text("to"));
    json.put("trunk_sid", call.values().get("trunk_sid"));
    json.put("uri", uri + ".json");
    json.put("subresource_uris", Map.of("events", uri + "/Events.json"));
    return json;
  }

  private static @Nullable String duration(Entity call) {
    Object from = call.values().get("start_time");
    Object to = call.values().get("end_time");
    return from instanceof Instant start && to instanceof Instant end
        ? Long.toString(Duration.between(start, end).toSeconds())
        : null;
  }

  private static @Nullable String date(Entity call, String name) {
    return call.values().get(name) instanceof Instant at ? Dates.rfc2822(at) : null;
  }
}
