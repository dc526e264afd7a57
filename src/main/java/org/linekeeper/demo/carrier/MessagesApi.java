package org.linekeeper.demo.carrier;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Texts sent and received, newest first. Source: Twilio docs "Messages resource". */
final class MessagesApi {
  private final World world;
  private final SmsDesk desk;
  private final String base;

  MessagesApi(World world, SmsDesk desk) {
    this.world = world;
    this.desk = desk;
    this.base = "/2010-04-01/Accounts/" + world.account.sid() + "/Messages";
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
    String body = request.form().get("Body").orElse("");
    Optional<TwilioError> refusal = desk.refusal(from, to, body);
    return refusal.isPresent()
        ? refusal.get().answer()
        : Answer.json(201, render(desk.accept(from, to, body)));
  }

  private Answer list(Request request) {
    Form query = request.query();
    String to = query.given("To").orElse("");
    String from = query.given("From").orElse("");
    Instant since = Dates.parse(query.values().get("DateSent>")).orElse(Instant.MIN);
    Instant until = Dates.parse(query.values().get("DateSent<")).orElse(Instant.MAX);
    Optional<Instant> day = Dates.parse(query.values().get("DateSent"));
    List<Entity> found =
        world.messages.newestFirst(
            m -> {
              // one not yet sent is listed by its creation
              Instant at = m.values().get("date_sent") instanceof Instant i ? i : m.created();
              return (to.isEmpty() || m.text("to").equals(to))
                  && (from.isEmpty() || m.text("from").equals(from))
                  && !at.isBefore(since)
                  && !at.isAfter(until)
                  && day.map(d -> !at.isBefore(d) && at.isBefore(d.plus(Duration.ofDays(1))))
                      .orElse(true);
            });
    return new Paging(request, found).v2010("messages", this::render);
  }

  private Answer fetch(Request request, List<String> ids) {
    return world
        .messages
        .get(ids.get(0))
        .map(m -> Answer.json(200, render(m)))
        .orElseGet(() -> TwilioError.notFound(request.path()).answer());
  }

  private Map<String, @Nullable Object> render(Entity message) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>(message.values());
    String uri = base + "/" + message.sid();
    json.put("sid", message.sid());
    json.put("account_sid", world.account.sid());
    json.put("api_version", "2010-04-01");
    json.put("date_created", Dates.rfc2822(message.created()));
    json.put("date_updated", Dates.rfc2822(message.updated()));
    json.put(
        "date_sent",
        message.values().get("date_sent") instanceof Instant at ? Dates.rfc2822(at) : null);
    json.put("uri", uri + ".json");
    json.put("subresource_uris", Map.of("media", uri + "/Media.json"));
    return json;
  }
}
