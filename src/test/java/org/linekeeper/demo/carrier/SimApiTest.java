package org.linekeeper.demo.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Another process drives the simulated carrier over HTTP. */
class SimApiTest {
  private SimulatedCarrier carrier;
  private Client client;

  @BeforeEach
  void start() throws Exception {
    carrier = Office.start(new Pbxs());
    client = new Client(carrier);
  }

  @AfterEach
  void stop() {
    carrier.close();
  }

  @Test
  void a_call_placed_at_once_says_who_answered_and_is_listed() throws Exception {
    Client.Reply call = client.post("/sim/call", "to", Office.SALES);
    assertThat(call.text("answeredBy")).isEqualTo("PBX");
    assertThat(call.text("who")).contains(Pbxs.PRIMARY);
    assertThat(client.get("/sim/calls?after=0").json().size()).isEqualTo(1);
    assertThat(client.get("/sim/calls?after=1").json().size()).isZero();
  }

  @Test
  void a_text_lands_in_the_log_and_a_mobile_can_be_switched_off() throws Exception {
    client.post("/sim/sms", "from", Office.ANNA, "to", Office.CONTROL, "body", "STATUS");
    assertThat(client.get(client.account("/Messages.json")).json().path("messages").size())
        .isEqualTo(1);
    client.post("/sim/mobiles", "number", Office.ANNA, "habit", "VOICEMAIL", "ringsFor", "2s");
    assertThat(client.get("/sim/mobiles").json().path(0).path("habit").asString())
        .isEqualTo("VOICEMAIL");
  }

  @Test
  void knobs_faults_and_the_request_log_are_in_reach() throws Exception {
    client.post("/sim/knobs", "hunting", "false", "latency", "1ms");
    assertThat(carrier.knobs().hunting()).isFalse();
    client.post("/sim/faults", "fault", "ERROR_500", "path", "/Trunks", "times", "2");
    assertThat(client.get("/v1/Trunks").status()).isEqualTo(500);
    client.delete("/sim/faults");
    assertThat(client.get("/v1/Trunks").status()).isEqualTo(200);
    assertThat(client.get("/sim/requests").json().path(0).path("fault").asString())
        .isEqualTo("ERROR_500");
  }

  @Test
  void the_callers_pace_is_set_and_calls_can_be_paused() throws Exception {
    client.post("/sim/caller", "every", "100ms");
    assertThat(carrier.caller().paused()).isFalse();
    assertThat(client.post("/sim/caller", "paused", "true").json().path("paused").asBoolean())
        .isTrue();
  }

  @Test
  void nonsense_is_refused_with_a_sentence() throws Exception {
    assertThat(client.post("/sim/faults", "fault", "EARTHQUAKE").status()).isEqualTo(400);
    assertThat(client.post("/sim/call").text("error")).contains("to is missing");
    assertThat(client.post("/sim/knobs", "latency", "soon").status()).isEqualTo(400);
  }
}
