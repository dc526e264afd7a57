package org.linekeeper.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.linekeeper.estate.PhoneNumber;

/** The office has no open port: Linekeeper asks the carrier for new texts. */
class TextPollingTest {
  private static final PhoneNumber CONTROL = new PhoneNumber("+441632960099");
  private static final Instant NINE = Instant.parse("2026-11-22T09:00:00Z");

  private final Carrier carrier = mock(Carrier.class);
  private final TextPolling polling = new TextPolling(carrier, CONTROL, NINE);

  @Test
  void a_text_that_is_listed_again_and_again_is_handed_on_once() {
    InboundText first = text("SM1", NINE.plusSeconds(10));
    InboundText second = text("SM2", NINE.plusSeconds(20));
    when(carrier.textsSince(eq(CONTROL), any()))
        .thenReturn(Answer.of(List.of(first)))
        .thenReturn(Answer.of(List.of(first, second)))
        .thenReturn(Answer.of(List.of(first, second)));
    assertThat(polling.poll().value()).contains(List.of(first));
    assertThat(polling.poll().value()).contains(List.of(second));
    assertThat(polling.poll().value()).contains(List.of());
  }

  @Test
  void after_an_hour_without_the_carrier_nothing_is_missed() {
    when(carrier.textsSince(eq(CONTROL), any()))
        .thenReturn(Answer.no(Answer.Problem.UNREACHABLE, "the carrier did not answer"))
        .thenReturn(Answer.of(List.of(text("SM1", NINE.plusSeconds(3600)))))
        .thenReturn(Answer.of(List.of()));
    assertThat(polling.poll().ok()).isFalse();
    assertThat(polling.poll().value().orElseThrow()).hasSize(1);
    polling.poll();
    // both looks from the same moment, the next one from shortly before the newest text
    verify(carrier, org.mockito.Mockito.times(2))
        .textsSince(CONTROL, NINE.minus(TextPolling.OVERLAP));
    verify(carrier).textsSince(CONTROL, NINE.plus(Duration.ofHours(1)).minus(TextPolling.OVERLAP));
  }

  @Test
  void a_text_that_the_carrier_lists_late_is_still_found() {
    InboundText early = text("SM1", NINE.plusSeconds(60));
    InboundText late = text("SM2", NINE.plusSeconds(30));
    when(carrier.textsSince(eq(CONTROL), any()))
        .thenReturn(Answer.of(List.of(early)))
        .thenReturn(Answer.of(List.of(late, early)));
    polling.poll();
    assertThat(polling.poll().value()).contains(List.of(late));
  }

  @Test
  void a_flood_does_not_fill_the_memory() {
    for (int batch = 0; batch < 20; batch++) {
      int from = batch * 1000;
      when(carrier.textsSince(eq(CONTROL), any()))
          .thenReturn(
              Answer.of(
                  IntStream.range(from, from + 1000)
                      .mapToObj(i -> text("SM" + i, NINE.plusSeconds(i)))
                      .toList()));
      assertThat(polling.poll().value().orElseThrow()).hasSize(1000);
    }
    assertThat(polling.remembered()).isEqualTo(5000);
  }

  private static InboundText text(String sid, Instant at) {
    return new InboundText(sid, "+447700900001", CONTROL.e164(), "STATUS", at);
  }
}
