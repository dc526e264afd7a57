package org.linekeeper.demo.office;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.linekeeper.demo.carrier.Provisioning;

/** The simulated carrier that stands alone, set up by its environment. */
class LoneCarrierTest {
  private static String get(URI address) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(10)).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  @Test
  void places_calls_where_its_environment_says() throws Exception {
    CarrierSettings settings =
        CarrierSettings.of(
            Map.of(
                "DEMO_CARRIER_PBXS", "east=sip:127.0.0.1:9",
                "DEMO_CARRIER_NUMBERS", "+441632960001",
                "DEMO_CARRIER_CALL_EVERY", "20ms"));
    try (LoneCarrier carrier = LoneCarrier.start(settings, 0)) {
      URI calls = carrier.address().resolve("/sim/calls");
      String seen = "[]";
      for (int i = 0; i < 200 && seen.equals("[]"); i++) {
        seen = get(calls);
      }
      assertThat(seen).contains("+441632960001", "east");
      assertThat(carrier.sids(settings))
          .contains("origination-url of east: " + Provisioning.originationUrlSid("east"));
    }
  }

  @Test
  void a_wrong_value_is_named_with_what_would_be_right_and_a_token_is_not_repeated() {
    assertThatThrownBy(() -> CarrierSettings.of(Map.of("DEMO_CARRIER_NUMBERS", "01632 960001")))
        .hasMessageContaining("DEMO_CARRIER_NUMBERS")
        .hasMessageContaining("+441632960001");
    assertThatThrownBy(
            () ->
                CarrierSettings.of(
                    Map.of("DEMO_CARRIER_TOKEN", "t0p", "DEMO_CARRIER_ACCOUNT", "secret-account")))
        .hasMessageContaining("DEMO_CARRIER_ACCOUNT")
        .hasMessageNotContainingAny("t0p", "secret-account");
  }
}
