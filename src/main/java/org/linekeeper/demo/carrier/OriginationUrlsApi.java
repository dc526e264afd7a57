package org.linekeeper.demo.carrier;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a trunk's calls are sent. Source: Twilio docs "OriginationUrl resource". */
final class OriginationUrlsApi implements Resource.Manners {
  private static final String PATH = "/v1/Trunks/{}/OriginationUrls";

  private final World world;

  OriginationUrlsApi(World world) {
    this.world = world;
  }

  void addTo(Routes routes) {
    new Resource(world, Shape.ORIGINATION_URL, world.originationUrls, this)
        .listAndUpdate(routes, PATH, "")
        .createAndDelete(routes, PATH, "");
  }

  @Override
  public Answer page(Request request, Paging paging) {
    return paging.v1("origination_urls", u -> render(u, request.base()));
  }

  @Override
  public Map<String, @Nullable Object> render(Entity url, String base) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>(url.values());
    json.put("sid", url.sid());
    json.put("account_sid", world.account.sid());
    json.put("trunk_sid", url.parent());
    json.put("date_created", Dates.iso(url.created()));
    json.put("date_updated", Dates.iso(url.updated()));
    json.put("url", base + "/v1/Trunks/" + url.parent() + "/OriginationUrls/" + url.sid());
    return json;
  }
}
