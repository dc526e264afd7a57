package org.linekeeper.demo.carrier;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which properties a kind of resource has, as listed in Twilio's API description. */
enum Shape {
  NUMBER("PN", numberFields()),
  APPLICATION("AP", applicationFields()),
  TRUNK(
      "TK",
      List.of(
          Field.of("FriendlyName", Kind.TEXT, ""),
          Field.of("DomainName", Kind.TEXT, null),
          Field.of("DisasterRecoveryUrl", Kind.URL, null),
          Field.of("DisasterRecoveryMethod", Kind.METHOD, null),
          Field.choice("TransferMode", "disable-all", "enable-all", "sip-only"),
          Field.choice("TransferCallerId", "from-transferee", "from-transferor"),
          Field.of("Secure", Kind.FLAG, false),
          Field.of("CnamLookupEnabled", Kind.FLAG, false))),
  ORIGINATION_URL(
      "OU",
      List.of(
          Field.of("Weight", Kind.WEIGHT, 10),
          Field.of("Priority", Kind.PRIORITY, 10),
          Field.of("Enabled", Kind.FLAG, true),
          Field.of("FriendlyName", Kind.TEXT, ""),
          Field.of("SipUrl", Kind.SIP_URL, null)),
      "Weight",
      "Priority",
      "Enabled",
      "FriendlyName",
      "SipUrl");

  final String prefix;
  final List<Field> fields;

  /** Parameters without which none can be created. */
  final List<String> required;

  Shape(String prefix, List<Field> fields, String... required) {
    this.prefix = prefix;
    this.fields = fields;
    this.required = List.of(required);
  }

  /** What a fresh resource holds before anything is set. */
  Map<String, @Nullable Object> initial() {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    fields.forEach(f -> values.put(f.json(), f.initial()));
    return values;
  }

  /** What the form would change; nothing at all if one value is refused. */
  Change read(Form form) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (Field field : fields) {
      String text = form.values().get(field.param());
      if (text != null) {
        Object value = field.read(text);
        if (value == null) {
          return new Change(Map.of(), field.refusal());
        }
        values.put(field.json(), value);
      }
    }
    return new Change(values, null);
  }

  /**
   * @param values by JSON name; empty if refused
   */
  record Change(Map<String, @Nullable Object> values, @Nullable TwilioError refusal) {}

  private static List<Field> numberFields() {
    List<Field> fields = new ArrayList<>(voiceAndSms());
    fields.add(Field.of("VoiceApplicationSid", Kind.SID, ""));
    fields.add(Field.of("SmsApplicationSid", Kind.SID, ""));
    fields.add(Field.choice("EmergencyStatus", "Inactive", "Active"));
    fields.add(Field.of("EmergencyAddressSid", Kind.SID, null));
    fields.add(Field.of("TrunkSid", Kind.SID, null));
    fields.add(Field.choice("VoiceReceiveMode", "voice", "fax"));
    fields.add(Field.of("IdentitySid", Kind.SID, null));
    fields.add(Field.of("AddressSid", Kind.SID, null));
    fields.add(Field.of("BundleSid", Kind.SID, null));
    return List.copyOf(fields);
  }

  private static List<Field> applicationFields() {
    List<Field> fields = new ArrayList<>(voiceAndSms());
    fields.add(Field.of("SmsStatusCallback", Kind.URL, ""));
    fields.add(Field.of("MessageStatusCallback", Kind.URL, ""));
    fields.add(Field.of("PublicApplicationConnectEnabled", Kind.FLAG, false));
    return List.copyOf(fields);
  }

  private static List<Field> voiceAndSms() {
    return List.of(
        Field.of("FriendlyName", Kind.TEXT, ""),
        Field.of("ApiVersion", Kind.TEXT, "2010-04-01"),
        // null until somebody sets them, as in Twilio's own examples; "" once cleared
        Field.of("VoiceUrl", Kind.URL, null),
        Field.of("VoiceMethod", Kind.METHOD, "POST"),
        Field.of("VoiceFallbackUrl", Kind.URL, null),
        Field.of("VoiceFallbackMethod", Kind.METHOD, "POST"),
        Field.of("VoiceCallerIdLookup", Kind.FLAG, false),
        Field.of("StatusCallback", Kind.URL, ""),
        Field.of("StatusCallbackMethod", Kind.METHOD, "POST"),
        Field.of("SmsUrl", Kind.URL, ""),
        Field.of("SmsMethod", Kind.METHOD, "POST"),
        Field.of("SmsFallbackUrl", Kind.URL, ""),
        Field.of("SmsFallbackMethod", Kind.METHOD, "POST"));
  }
}
