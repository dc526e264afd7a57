package org.linekeeper.demo.carrier;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The carrier's own log of what went wrong. Source: Twilio docs "Monitor REST API: Alerts". */
final class AlertsApi {
  private final World world;
  private final Supplier<Knobs> knobs;

  AlertsApi(World world, Supplier<Knobs> knobs) {
    this.world = world;
    this.knobs = knobs;
  }

  void addTo(Routes routes) {
    routes
        .on("GET", "/v1/Alerts", (request, ids) -> list(request))
        .on("GET", "/v1/Alerts/{}", this::fetch);
  }

  private Answer list(Request request) {
    Form query = request.query();
    String level = query.given("LogLevel").orElse("");
    Instant from = Dates.parse(query.values().get("StartDate")).orElse(Instant.MIN);
    Instant until = Dates.parse(query.values().get("EndDate")).orElse(Instant.MAX);
    Instant seen = world.now().minus(knobs.get().alertLag());
    List<Entity> found =
        world.alerts.newestFirst(
            a ->
                (level.isEmpty() || a.text("log_level").equals(level))
                    && !a.created().isBefore(from)
                    && !a.created().isAfter(until)
                    && !a.created().isAfter(seen));
    return new Paging(request, found).v1("alerts", a -> render(a, request.base()));
  }

  private Answer fetch(Request request, List<String> ids) {
    return world
        .alerts
        .get(ids.get(0))
        .map(a -> Answer.json(200, render(a, request.base())))
        .orElseGet(() -> TwilioError.notFound(request.path()).answer());
  }

  private Map<String, @Nullable Object> render(Entity alert, String base) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>(alert.values());
    json.put("sid", alert.sid());
    json.put("account_sid", world.account.sid());
    json.put("date_created", Dates.iso(alert.created()));
    json.put("date_generated", Dates.iso(alert.created()));
    json.put("date_updated", Dates.iso(alert.updated()));
    json.put("url", base + "/v1/Alerts/" + alert.sid());
    return json;
  }
}
