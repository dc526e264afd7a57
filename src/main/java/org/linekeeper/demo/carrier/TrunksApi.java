package org.linekeeper.demo.carrier;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Elastic SIP Trunking resource Trunk. Source: Twilio docs "Trunk resource". */
final class TrunksApi implements Resource.Manners {
  private final World world;

  TrunksApi(World world) {
    this.world = world;
  }

  void addTo(Routes routes) {
    new Resource(world, Shape.TRUNK, world.trunks, this)
        .listAndUpdate(routes, "/v1/Trunks", "")
        .createAndDelete(routes, "/v1/Trunks", "");
  }

  @Override
  public Answer page(Request request, Paging paging) {
    return paging.v1("trunks", t -> render(t, request.base()));
  }

  @Override
  public Map<String, @Nullable Object> render(Entity trunk, String base) {
    String url = base + "/v1/Trunks/" + trunk.sid();
    Map<String, @Nullable Object> json = new LinkedHashMap<>(trunk.values());
    json.put("sid", trunk.sid());
    json.put("account_sid", world.account.sid());
    json.put("recording", Map.of("mode", "do-not-record", "trim", "do-not-trim"));
    json.put("auth_type", "");
    json.put("auth_type_set", List.of());
    json.put("symmetric_rtp_enabled", false);
    json.put("date_created", Dates.iso(trunk.created()));
    json.put("date_updated", Dates.iso(trunk.updated()));
    json.put("url", url);
    json.put(
        "links",
        Map.of(
            "origination_urls", url + "/OriginationUrls", "phone_numbers", url + "/PhoneNumbers"));
    return json;
  }
}
