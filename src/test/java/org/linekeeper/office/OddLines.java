package org.linekeeper.office;

import java.util.Map;
import org.linekeeper.demo.carrier.Provisioning;

/**
 * Numbers as their engineers left them: on the trunk, on an application, on a URL; odds and ends.
 */
final class OddLines {
  private static final int KINDS = 5;

  private OddLines() {}

  static Map<String, String> params(int line) {
    return switch (line % KINDS) {
      case 1 -> Map.of("TrunkSid", Office.TRUNK, "FriendlyName", "Line " + line);
      case 2 ->
          Map.of(
              "VoiceApplicationSid",
              Provisioning.applicationSid("Queue"),
              "VoiceFallbackUrl",
              "https://example.com/fallback",
              "VoiceFallbackMethod",
              "GET");
      case 3 ->
          Map.of(
              "VoiceUrl",
              "https://example.com/left-over?line=" + line + "&name=Smith%20%26%20Sons",
              "VoiceMethod",
              "GET",
              "VoiceCallerIdLookup",
              "true");
      case 4 ->
          Map.of(
              "TrunkSid",
              Office.TRUNK,
              "VoiceUrl",
              "https://example.com/not-used-on-a-trunk",
              "VoiceMethod",
              "GET",
              "StatusCallback",
              "https://example.com/status?a=1&b=2",
              "StatusCallbackMethod",
              "GET",
              "SmsUrl",
              "https://example.com/sms/" + line,
              "SmsMethod",
              "GET",
              "SmsFallbackUrl",
              "https://example.com/sms-fallback",
              "EmergencyAddressSid",
              "AD0123456789abcdef0123456789abcdef");
      default ->
          Map.of(
              "TrunkSid",
              Office.TRUNK,
              "FriendlyName",
              "Zoë’s “back door” № " + line,
              "VoiceReceiveMode",
              "fax",
              "AddressSid",
              "AD0123456789abcdef0123456789abcde0",
              "IdentitySid",
              "RI0123456789abcdef0123456789abcde0",
              "BundleSid",
              "BU0123456789abcdef0123456789abcde0",
              "SmsApplicationSid",
              Provisioning.applicationSid("Queue"));
    };
  }
}
