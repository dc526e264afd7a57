package org.linekeeper.demo.carrier;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which numbers are on a trunk. Source: Twilio docs "PhoneNumber resource" of SIP Trunking. */
final class TrunkNumbersApi {
  private static final String PATH = "/v1/Trunks/{}/PhoneNumbers";
  private static final List<String> NOT_SHOWN_HERE =
      List.of(
          "emergency_status",
          "emergency_address_sid",
          "voice_receive_mode",
          "identity_sid",
          "address_sid",
          "bundle_sid");

  private final World world;

  TrunkNumbersApi(World world) {
    this.world = world;
  }

  void addTo(Routes routes) {
    routes
        .on("GET", PATH, this::list)
        .on("POST", PATH, this::attach)
        .on("GET", PATH + "/{}", this::fetch)
        .on("DELETE", PATH + "/{}", this::detach);
  }

  private Answer list(Request request, List<String> ids) {
    if (world.trunks.get(ids.get(0)).isEmpty()) {
      return TwilioError.notFound(request.path()).answer();
    }
    List<Entity> here = world.numbers.oldestFirst(n -> n.text("trunk_sid").equals(ids.get(0)));
    return new Paging(request, here).v1("phone_numbers", n -> render(n, request.base()));
  }

  private Answer attach(Request request, List<String> ids) {
    Optional<Entity> number = world.numbers.get(request.form().given("PhoneNumberSid").orElse(""));
    if (world.trunks.get(ids.get(0)).isEmpty() || number.isEmpty()) {
      return TwilioError.notFound(request.path()).answer();
    }
    Entity changed = trunk(number.get(), ids.get(0));
    return Answer.json(201, render(changed, request.base()));
  }

  private Answer fetch(Request request, List<String> ids) {
    return onTrunk(ids)
        .map(n -> Answer.json(200, render(n, request.base())))
        .orElseGet(() -> TwilioError.notFound(request.path()).answer());
  }

  private Answer detach(Request request, List<String> ids) {
    Optional<Entity> number = onTrunk(ids);
    if (number.isEmpty()) {
      return TwilioError.notFound(request.path()).answer();
    }
    trunk(number.get(), null);
    return Answer.deleted();
  }

  /** Setting a trunk deletes the number's voice application, as on the number itself. */
  private Entity trunk(Entity number, @Nullable String trunkSid) {
    Map<String, @Nullable Object> change = new LinkedHashMap<>();
    change.put("trunk_sid", trunkSid);
    if (trunkSid != null) {
      change.put("voice_application_sid", "");
    }
    Entity changed = number.with(change, world.now());
    world.numbers.put(changed);
    return changed;
  }

  private Optional<Entity> onTrunk(List<String> ids) {
    return world.numbers.get(ids.get(1)).filter(n -> n.text("trunk_sid").equals(ids.get(0)));
  }

  private Map<String, @Nullable Object> render(Entity number, String base) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>(number.values());
    NOT_SHOWN_HERE.forEach(json::remove);
    String account = "/2010-04-01/Accounts/" + world.account.sid();
    json.put("sid", number.sid());
    json.put("account_sid", world.account.sid());
    json.put("address_requirements", "none");
    json.put("beta", false);
    json.put("date_created", Dates.iso(number.created()));
    json.put("date_updated", Dates.iso(number.updated()));
    json.put(
        "url", base + "/v1/Trunks/" + number.text("trunk_sid") + "/PhoneNumbers/" + number.sid());
    json.put(
        "links", Map.of("phone_number", base + account + "/IncomingPhoneNumbers/" + number.sid()));
    return json;
  }
}
