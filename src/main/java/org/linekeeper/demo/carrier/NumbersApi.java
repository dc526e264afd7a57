package org.linekeeper.demo.carrier;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The office's numbers. Source: Twilio docs "IncomingPhoneNumber resource". */
final class NumbersApi implements Resource.Manners {
  private final World world;
  private final String base;

  NumbersApi(World world) {
    this.world = world;
    this.base = "/2010-04-01/Accounts/" + world.account.sid() + "/IncomingPhoneNumbers";
  }

  void addTo(Routes routes) {
    new Resource(world, Shape.NUMBER, world.numbers, this).listAndUpdate(routes, base, ".json");
  }

  @Override
  public boolean listed(Entity number, Form query) {
    String digits = query.given("PhoneNumber").orElse("").strip();
    String name = query.given("FriendlyName").orElse("");
    return number.text("phone_number").contains(digits)
        && (name.isEmpty() || number.text("friendly_name").equals(name));
  }

  @Override
  public Answer page(Request request, Paging paging) {
    return paging.v2010("incoming_phone_numbers", n -> render(n, request.base()));
  }

  /**
   * "Setting a trunk_sid will automatically delete your voice_application_sid and vice versa."
   * (Twilio docs, IncomingPhoneNumber.) Where both are sent the trunk wins (unverified).
   */
  @Override
  public Shape.Change check(Shape.Change change) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>(change.values());
    String trunk = String.valueOf(values.getOrDefault("trunk_sid", ""));
    String application = String.valueOf(values.getOrDefault("voice_application_sid", ""));
    if (!trunk.isEmpty() && world.trunks.get(trunk).isEmpty()) {
      return refused("TrunkSid");
    }
    if (!application.isEmpty() && world.applications.get(application).isEmpty()) {
      return refused("VoiceApplicationSid");
    }
    if (!trunk.isEmpty()) {
      values.put("voice_application_sid", "");
    } else if (!application.isEmpty() || values.containsKey("trunk_sid")) {
      values.put("trunk_sid", null);
    }
    return new Shape.Change(values, change.refusal());
  }

  private static Shape.Change refused(String param) {
    return new Shape.Change(
        Map.of(), TwilioError.of(400, 20001, "Invalid parameter " + param + ": no such resource"));
  }

  /** A number as just bought, with these values over the defaults. */
  Entity bought(String e164, Map<String, @Nullable Object> values) {
    Map<String, @Nullable Object> all = Shape.NUMBER.initial();
    all.put("friendly_name", e164);
    all.put("phone_number", e164);
    all.put("capabilities", Map.of("voice", true, "sms", true, "mms", false, "fax", false));
    all.putAll(values);
    return world.make(Sids.of("PN", e164), "", all, world.now());
  }

  @Override
  public Map<String, @Nullable Object> render(Entity number, String host) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>(number.values());
    for (String sid :
        new String[] {"emergency_address_sid", "identity_sid", "address_sid", "bundle_sid"}) {
      if ("".equals(json.get(sid))) {
        json.put(sid, null);
      }
    }
    json.put("sid", number.sid());
    json.put("account_sid", world.account.sid());
    json.put("address_requirements", "none");
    json.put("beta", false);
    json.put("origin", "twilio");
    json.put("status", "in-use");
    json.put("type", "local");
    boolean addressed = !number.text("emergency_address_sid").isEmpty();
    json.put("emergency_address_status", addressed ? "registered" : "unregistered");
    json.put("date_created", Dates.rfc2822(number.created()));
    json.put("date_updated", Dates.rfc2822(number.updated()));
    json.put("uri", base + "/" + number.sid() + ".json");
    return json;
  }
}
