package org.linekeeper.demo.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.linekeeper.contract.ContractRecorder;

/** Each resource is used once in every way, and Twilio's own API description finds no fault. */
class TwilioContractTest {
  private SimulatedCarrier carrier;
  private ContractRecorder contract;
  private Client client;

  @BeforeEach
  void start() throws Exception {
    carrier = Office.start();
    contract = ContractRecorder.attach(carrier);
    client = new Client(carrier);
  }

  @AfterEach
  void stop() {
    carrier.close();
  }

  @Test
  void numbers_are_listed_fetched_and_changed_as_described() throws Exception {
    String number = client.account("/IncomingPhoneNumbers/" + Office.sid(Office.SALES) + ".json");
    client.get(client.account("/IncomingPhoneNumbers.json?PageSize=2"));
    client.get(client.account("/IncomingPhoneNumbers.json?PhoneNumber=%2B441632960001"));
    client.get(number);
    client.post(
        number,
        "TrunkSid",
        "",
        "VoiceUrl",
        "https://example.com/divert?to=%2B447700900001",
        "VoiceMethod",
        "POST",
        "EmergencyStatus",
        "Active",
        "VoiceReceiveMode",
        "voice");
    client.post(number, "TrunkSid", Office.TRUNK, "VoiceUrl", "");
    assertThat(contract.judged()).hasSize(5);
    assertThat(contract.violations()).isEmpty();
  }

  @Test
  void applications_are_made_changed_and_deleted_as_described() throws Exception {
    String base = client.account("/Applications");
    String sid =
        client
            .post(base + ".json", "FriendlyName", "Divert", "VoiceUrl", "https://example.com/v")
            .text("sid");
    client.get(base + ".json");
    client.get(base + "/" + sid + ".json");
    client.post(base + "/" + sid + ".json", "SmsUrl", "https://example.com/s");
    client.delete(base + "/" + sid + ".json");
    assertThat(contract.judged()).hasSize(5);
    assertThat(contract.violations()).isEmpty();
  }

  @Test
  void trunks_and_their_origination_urls_are_handled_as_described() throws Exception {
    String urls = "/v1/Trunks/" + Office.TRUNK + "/OriginationUrls";
    client.get("/v1/Trunks");
    client.get("/v1/Trunks/" + Office.TRUNK);
    client.post("/v1/Trunks/" + Office.TRUNK, "DisasterRecoveryUrl", "https://example.com/dr");
    String trunk = client.post("/v1/Trunks", "FriendlyName", "Second").text("sid");
    client.delete("/v1/Trunks/" + trunk);
    client.get(urls + "?PageSize=1");
    String url =
        client
            .post(
                urls,
                "FriendlyName",
                "third",
                "SipUrl",
                "sip:192.0.2.12",
                "Priority",
                "30",
                "Weight",
                "10",
                "Enabled",
                "true")
            .text("sid");
    client.get(urls + "/" + url);
    client.post(urls + "/" + url, "Priority", "5", "Weight", "10", "Enabled", "false");
    client.delete(urls + "/" + url);
    assertThat(contract.judged()).hasSize(10);
    assertThat(contract.violations()).isEmpty();
  }

  @Test
  void numbers_go_off_and_on_a_trunk_as_described() throws Exception {
    String numbers = "/v1/Trunks/" + Office.TRUNK + "/PhoneNumbers";
    String sales = Office.sid(Office.SALES);
    client.get(numbers);
    client.get(numbers + "/" + sales);
    client.delete(numbers + "/" + sales);
    client.post(numbers, "PhoneNumberSid", sales);
    assertThat(contract.judged()).hasSize(4);
    assertThat(contract.violations()).isEmpty();
  }

  @Test
  void messages_are_sent_and_listed_as_described() throws Exception {
    String base = client.account("/Messages");
    String sid =
        client
            .post(base + ".json", "From", Office.CONTROL, "To", Office.ANNA, "Body", "Hello")
            .text("sid");
    carrier.staffTexts(Office.ANNA, Office.CONTROL, "STATUS");
    client.get(base + "/" + sid + ".json");
    client.get(base + ".json?To=%2B441632960099&DateSent%3E=2026-01-01T00:00:00Z&PageSize=20");
    assertThat(contract.judged()).hasSize(3);
    assertThat(contract.violations()).isEmpty();
  }

  @Test
  void a_misspelt_parameter_or_a_wrong_sid_does_not_pass() throws Exception {
    client.post(
        client.account("/IncomingPhoneNumbers/" + Office.sid(Office.SALES) + ".json"),
        "VoiceURL",
        "https://example.com/v");
    assertThat(contract.violations()).singleElement().asString().contains("VoiceURL");
    client.get(client.account("/IncomingPhoneNumbers.json?Phone=1"));
    assertThat(contract.violations()).hasSize(2).last().asString().contains("Phone");
    client.post(
        client.account("/IncomingPhoneNumbers/" + Office.sid(Office.SALES) + ".json"),
        "TrunkSid",
        "TK123");
    assertThat(contract.violations().size()).isGreaterThan(2);
  }
}
