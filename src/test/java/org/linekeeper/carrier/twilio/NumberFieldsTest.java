package org.linekeeper.carrier.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.linekeeper.carrier.CarrierNumber;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.state.NumberImage;
import tools.jackson.databind.json.JsonMapper;

/** A number's record at Twilio, with all that years of use leave in it. */
class NumberFieldsTest {
  @Test
  void every_field_is_kept_as_it_is_written_even_a_url_that_is_none() {
    CarrierNumber number =
        read(
            """
            {"phone_number": "+441632960001", "sid": "PN01", "friendly_name": "Sales, 1st floor",
             "voice_url": "https://example.com/a b|c?x={y}&p=50%", "voice_caller_id_lookup": false,
             "trunk_sid": null, "sms_url": "", "capabilities": {"sms": true},
             "emergency_status": "Active", "emergency_address_sid": "AD01",
             "emergency_address_status": "registered", "date_updated": "yesterday"}
            """);
    assertThat(number.number()).isEqualTo(new PhoneNumber("+441632960001"));
    assertThat(number.sms()).isTrue();
    assertThat(number.emergencyAddress()).isEqualTo("AD01");
    assertThat(number.image().fields())
        .hasSize(NumberFields.WRITABLE.size())
        .containsEntry("VoiceUrl", "https://example.com/a b|c?x={y}&p=50%")
        .containsEntry("FriendlyName", "Sales, 1st floor")
        .containsEntry("VoiceCallerIdLookup", "false")
        .containsEntry("EmergencyStatus", "Active")
        .containsEntry("TrunkSid", "")
        .containsEntry("SmsUrl", "");
  }

  @Test
  void an_address_that_is_not_registered_does_not_count() {
    CarrierNumber number =
        read(
            """
            {"phone_number": "+441632960001", "sid": "PN01", "emergency_address_sid": "AD01",
             "emergency_address_status": "pending-registration"}
            """);
    assertThat(number.emergencyAddress()).isEmpty();
    assertThat(number.image().get("EmergencyAddressSid")).isEqualTo("AD01");
  }

  @Test
  void only_what_differs_is_sent_and_nothing_that_twilio_cannot_unset() {
    NumberImage before =
        NumberImage.of(
            Map.of(
                "TrunkSid", "", "VoiceUrl", "https://x.y", "VoiceMethod", "POST", "SmsUrl", "s"));
    NumberImage want =
        NumberImage.of(
            Map.of("TrunkSid", "TK01", "VoiceUrl", "", "VoiceMethod", "", "SmsUrl", "s"));
    assertThat(NumberFields.toSend(before, want))
        .containsExactlyInAnyOrderEntriesOf(Map.of("TrunkSid", "TK01", "VoiceUrl", ""));
    assertThat(
            NumberFields.differing(before.with(Map.of("TrunkSid", "TK01", "VoiceUrl", "")), want))
        .isEmpty();
  }

  @Test
  void a_record_without_a_number_that_can_be_dialled_is_left_out() {
    assertThat(NumberFields.read(JsonMapper.shared().readTree("{\"phone_number\": \"12345\"}")))
        .isEmpty();
  }

  private static CarrierNumber read(String json) {
    return NumberFields.read(JsonMapper.shared().readTree(json)).orElseThrow();
  }
}
