package org.linekeeper.demo.carrier;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A writable property of a resource.
 *
 * @param param its name as a form parameter, such as {@code VoiceUrl}; its JSON name is derived
 * @param initial its value where nobody has set it
 * @param choices the only values allowed; empty if not limited
 */
record Field(String param, Kind kind, @Nullable Object initial, List<String> choices) {
  static Field of(String param, Kind kind, @Nullable Object initial) {
    return new Field(param, kind, initial, List.of());
  }

  static Field choice(String param, String... choices) {
    return new Field(param, Kind.TEXT, choices[0], List.of(choices));
  }

  /** {@code VoiceUrl} as {@code voice_url}. */
  String json() {
    return param.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }

  @Nullable Object read(String text) {
    return choices.isEmpty() || choices.contains(text) ? kind.read(text) : null;
  }

  /** What Twilio answers to a value it does not accept (its error dictionary). */
  TwilioError refusal() {
    return switch (kind) {
      case URL ->
          TwilioError.of(
              400, param.startsWith("Sms") ? 21502 : 21402, param + " is not a valid URL");
      case METHOD ->
          TwilioError.of(
              400, param.startsWith("Sms") ? 21503 : 21403, param + " must be GET or POST");
      case TEXT, SIP_URL, FLAG, PRIORITY, WEIGHT, SID ->
          TwilioError.of(400, 20001, "Invalid parameter " + param);
    };
  }
}
