package org.linekeeper.carrier.twilio;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.linekeeper.carrier.CarrierNumber;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.state.NumberImage;
import tools.jackson.databind.JsonNode;

/**
 * Which fields of Twilio's IncomingPhoneNumber can be written, and what becomes of them. By name
 * and not by the SDK's typed getters: those would lose a URL that is not quite a URI, and the
 * before-image has to put back exactly what was there.
 */
final class NumberFields {
  static final String TRUNK = "TrunkSid";
  static final String APPLICATION = "VoiceApplicationSid";
  static final String VOICE_URL = "VoiceUrl";
  static final String VOICE_METHOD = "VoiceMethod";
  static final String SMS_URL = "SmsUrl";
  static final String SMS_METHOD = "SmsMethod";
  static final String SMS_FALLBACK_URL = "SmsFallbackUrl";
  static final String SMS_FALLBACK_METHOD = "SmsFallbackMethod";
  static final String SMS_APPLICATION = "SmsApplicationSid";

  /** Every parameter of "Update an IncomingPhoneNumber" but AccountSid, which gives it away. */
  static final List<String> WRITABLE =
      List.of(
          "AddressSid",
          "ApiVersion",
          "BundleSid",
          "EmergencyAddressSid",
          "EmergencyStatus",
          "FriendlyName",
          "IdentitySid",
          SMS_APPLICATION,
          SMS_FALLBACK_METHOD,
          SMS_FALLBACK_URL,
          SMS_METHOD,
          SMS_URL,
          "StatusCallback",
          "StatusCallbackMethod",
          TRUNK,
          APPLICATION,
          "VoiceCallerIdLookup",
          "VoiceFallbackMethod",
          "VoiceFallbackUrl",
          VOICE_METHOD,
          "VoiceReceiveMode",
          VOICE_URL);

  /** Those that take one of a few values; Twilio has no way to unset them. */
  private static final Set<String> NEVER_EMPTY =
      Set.of(
          "ApiVersion",
          "EmergencyStatus",
          SMS_FALLBACK_METHOD,
          "SmsMethod",
          "StatusCallbackMethod",
          "VoiceCallerIdLookup",
          "VoiceFallbackMethod",
          VOICE_METHOD,
          "VoiceReceiveMode");

  /** Those that a diversion writes; the carrier itself clears no other one. */
  static final List<String> ROUTE = List.of(TRUNK, APPLICATION, VOICE_URL, VOICE_METHOD);

  private NumberFields() {}

  /** The number in Twilio's JSON; empty if it is none that can be dialled. */
  static Optional<CarrierNumber> read(JsonNode json) {
    String e164 = json.path("phone_number").asString("");
    if (!e164.matches("\\+[1-9][0-9]{6,14}")) {
      return Optional.empty();
    }
    boolean registered = json.path("emergency_address_status").asString("").equals("registered");
    return Optional.of(
        new CarrierNumber(
            new PhoneNumber(e164),
            json.path("sid").asString(""),
            image(json),
            json.path("capabilities").path("sms").asBoolean(false),
            registered ? text(json, "EmergencyAddressSid") : ""));
  }

  static NumberImage image(JsonNode json) {
    TreeMap<String, String> fields = new TreeMap<>();
    WRITABLE.forEach(name -> fields.put(name, text(json, name)));
    return new NumberImage(fields);
  }

  /** What to send. Twilio keeps every field that is not sent. */
  static SortedMap<String, String> toSend(NumberImage before, NumberImage want) {
    SortedMap<String, String> changes = new TreeMap<>(before.changesTo(want));
    changes.entrySet().removeIf(NumberFields::cannotBeSet);
    return changes;
  }

  /** Whether the number is as wanted in all that was sent and all that routes calls. */
  static boolean shows(NumberImage real, NumberImage want, Map<String, String> sent) {
    return WRITABLE.stream()
        .filter(name -> sent.containsKey(name) || ROUTE.contains(name))
        .allMatch(name -> same(name, real, want));
  }

  /** Fields in which the number is not as wanted. */
  static List<String> differing(NumberImage real, NumberImage want) {
    return WRITABLE.stream().filter(name -> !same(name, real, want)).toList();
  }

  private static boolean same(String name, NumberImage real, NumberImage want) {
    return real.get(name).equals(want.get(name))
        || (want.get(name).isEmpty() && NEVER_EMPTY.contains(name));
  }

  private static boolean cannotBeSet(Map.Entry<String, String> change) {
    return change.getValue().isEmpty() && NEVER_EMPTY.contains(change.getKey());
  }

  private static String text(JsonNode json, String parameter) {
    JsonNode value = json(json, parameter);
    return value.isValueNode() && !value.isNull() ? value.asString() : "";
  }

  /** The field of that parameter. */
  static JsonNode json(JsonNode number, String parameter) {
    return number.path(jsonName(parameter));
  }

  /** {@code VoiceUrl} is a request's parameter, {@code voice_url} the field of the answer. */
  private static String jsonName(String parameter) {
    return parameter.replaceAll("(?<!^)([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
