package org.linekeeper.carrier.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linekeeper.carrier.twilio.SimulatedOffice.ANNA;
import static org.linekeeper.carrier.twilio.SimulatedOffice.BEN;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.linekeeper.estate.PhoneNumber;

/** What the office has set for its mobiles stands in each diverted number's URL, and is done. */
class RoutesTest {
  private static final PhoneNumber SALES = new PhoneNumber("+441632960001");
  private SimulatedOffice office;

  @BeforeEach
  void open() {
    office = new SimulatedOffice();
  }

  @AfterEach
  void close() {
    office.close();
  }

  private String url(Ringing ringing) {
    return new Routes(office.settings.withRinging(ringing))
        .url(List.of(ANNA, BEN), Optional.of(SALES));
  }

  /** The TwiML for a call from outside. */
  private String twiml(String url) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString("From=%2B447700900500"))
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  @Test
  void as_shipped_mobiles_ring_for_25_seconds_and_show_the_office() throws Exception {
    String url = url(Ringing.SHIPPED);
    assertThat(url)
        .endsWith(
            "/twiml/divert?to=%2B447700900001,%2B447700900002&callerId=%2B441632960001&show=office");
    assertThat(twiml(url)).contains("timeout=\"25\"", "callerId=\"+441632960001\"");
  }

  @Test
  void an_office_that_wants_to_see_who_calls_and_rings_longer() throws Exception {
    String url = url(new Ringing(false, Duration.ofSeconds(40)));
    assertThat(url).endsWith("&callerId=%2B441632960001&timeout=40");
    assertThat(twiml(url)).contains("timeout=\"40\"").doesNotContain("callerId");
  }

  @Test
  void ten_mobiles_make_no_longer_url_than_the_docs_say() {
    Ringing longest = new Ringing(true, Duration.ofSeconds(60));
    TwilioSettings hosted =
        TwilioSettings.of(
            "AC1",
            "AC1",
            "t",
            Optional.empty(),
            URI.create("https://linekeeper-1234.twil.io/divert"));
    List<PhoneNumber> ten = java.util.Collections.nCopies(10, ANNA);
    assertThat(new Routes(hosted.withRinging(longest)).url(ten, Optional.of(SALES)))
        .hasSizeLessThan(300);
  }
}
