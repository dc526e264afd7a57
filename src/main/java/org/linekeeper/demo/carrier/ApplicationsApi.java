package org.linekeeper.demo.carrier;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Applications resource: TwiML URLs shared by many numbers. */
final class ApplicationsApi implements Resource.Manners {
  private final World world;
  private final String base;

  ApplicationsApi(World world) {
    this.world = world;
    this.base = "/2010-04-01/Accounts/" + world.account.sid() + "/Applications";
  }

  void addTo(Routes routes) {
    new Resource(world, Shape.APPLICATION, world.applications, this)
        .listAndUpdate(routes, base, ".json")
        .createAndDelete(routes, base, ".json");
  }

  @Override
  public boolean listed(Entity application, Form query) {
    String name = query.given("FriendlyName").orElse("");
    return name.isEmpty() || application.text("friendly_name").equals(name);
  }

  @Override
  public Answer page(Request request, Paging paging) {
    return paging.v2010("applications", a -> render(a, request.base()));
  }

  @Override
  public Map<String, @Nullable Object> render(Entity application, String host) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>(application.values());
    json.put("sid", application.sid());
    json.put("account_sid", world.account.sid());
    json.put("date_created", Dates.rfc2822(application.created()));
    json.put("date_updated", Dates.rfc2822(application.updated()));
    json.put("uri", base + "/" + application.sid() + ".json");
    return json;
  }
}
