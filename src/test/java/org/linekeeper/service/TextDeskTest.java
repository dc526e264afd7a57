package org.linekeeper.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.linekeeper.carrier.Carrier;
import org.linekeeper.carrier.InboundText;
import org.linekeeper.estate.Offices;
import org.linekeeper.failover.CommandDesk;
import org.linekeeper.failover.CommandDesk.Told;
import org.linekeeper.state.Outcome;

/** The carrier waits 15 s for the answer to its webhook; a slow disk may take longer. */
class TextDeskTest {
  private static final InboundText TEXT =
      new InboundText(
          "SM1",
          Offices.ALICE.e164(),
          Offices.CONTROL.e164(),
          "DIVERT SALES",
          Instant.parse("2026-11-23T12:00:00Z"));

  private final CommandDesk commands = mock();
  private final Carrier carrier = mock();
  private final ExecutorService io = Executors.newSingleThreadExecutor();
  private final CompletableFuture<Optional<Told>> told = new CompletableFuture<>();

  private TextDesk desk(Duration inTime) {
    when(commands.hear(any())).thenReturn(told);
    when(carrier.send(any(), any(), any())).thenReturn(Outcome.applied("sent"));
    return new TextDesk(commands, carrier, io, inTime);
  }

  @AfterEach
  void stop() {
    io.shutdownNow();
  }

  @Test
  void anAnswerInTimeGoesBackWithTheWebhookAndNotAsATextToo() throws Exception {
    var answer = desk(Duration.ofSeconds(20)).hear(TEXT).toCompletableFuture();
    told.complete(Optional.of(new Told(true, "Reply 482913")));
    assertThat(answer.get(5, TimeUnit.SECONDS)).contains("Reply 482913");
    verify(carrier, never()).send(any(), any(), any());
  }

  @Test
  void aLateAnswerGoesAsATextOfItsOwn() throws Exception {
    var answer = desk(Duration.ofMillis(50)).hear(TEXT).toCompletableFuture();
    assertThat(answer.get(5, TimeUnit.SECONDS)).contains("");
    told.complete(Optional.of(new Told(true, "Reply 482913")));
    verify(carrier, timeout(5_000)).send(Offices.CONTROL, Offices.ALICE, "Reply 482913");
  }

  @Test
  void aTextThatReachesNobodyWhoLeadsIsNotAnsweredButLeftToTheFallback() throws Exception {
    var answer = desk(Duration.ofSeconds(20)).hear(TEXT).toCompletableFuture();
    told.complete(Optional.empty());
    assertThat(answer.get(5, TimeUnit.SECONDS)).isEmpty();
    verify(carrier, never()).send(any(), any(), any());
  }
}
