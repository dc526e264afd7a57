package org.linekeeper.service;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.linekeeper.carrier.Carrier;
import org.linekeeper.carrier.InboundText;
import org.linekeeper.command.Text;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.failover.CommandDesk.Told;
import org.linekeeper.failover.CommandTaker;
import org.linekeeper.state.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes texts from webhook and polling to the commands and sees that the answer reaches the sender:
 * with the webhook's own answer where there is one, else as a text of its own.
 */
public final class TextDesk {
  private static final Logger LOG = LoggerFactory.getLogger(TextDesk.class);

  /** The carrier gives up on a webhook after 15 s (Twilio), and then asks the next watcher. */
  static final Duration WEBHOOK_ANSWER = Duration.ofSeconds(10);

  private final CommandTaker commands;
  private final Carrier carrier;
  private final ExecutorService io;
  private final Duration inTime;

  TextDesk(CommandTaker commands, Carrier carrier, ExecutorService io) {
    this(commands, carrier, io, WEBHOOK_ANSWER);
  }

  /** With another patience, for tests. */
  TextDesk(CommandTaker commands, Carrier carrier, ExecutorService io, Duration inTime) {
    this.commands = commands;
    this.carrier = carrier;
    this.io = io;
    this.inTime = inTime;
  }

  /**
   * Obeys a text that the webhook brought; completes in time for the carrier with what is to be
   * answered, empty text for nothing. An answer that comes later goes as a text of its own. Nothing
   * at all if it did not get to the watcher that leads: the carrier should bring it to another one.
   */
  public CompletionStage<Optional<String>> hear(InboundText text) {
    CompletableFuture<Optional<String>> answered =
        new CompletableFuture<Optional<String>>()
            .completeOnTimeout(Optional.of(""), inTime.toMillis(), TimeUnit.MILLISECONDS);
    obey(text)
        .whenComplete(
            (reply, fault) -> {
              boolean taken =
                  fault == null ? answered.complete(reply) : answered.completeExceptionally(fault);
              if (!taken) {
                byText(text, fault == null ? reply.orElse("") : "", fault);
              }
            });
    return answered;
  }

  private CompletionStage<Optional<String>> obey(InboundText text) {
    return commands
        .hear(new Text(text.sid(), text.from(), text.body(), text.received()))
        .thenApply(told -> told.map(Told::text));
  }

  /** Obeys a text that was fetched, and answers by a text. */
  void fetched(InboundText text) {
    obey(text)
        .whenComplete((reply, fault) -> byText(text, fault == null ? reply.orElse("") : "", fault));
  }

  private void byText(InboundText text, String reply, @Nullable Throwable fault) {
    if (fault != null) {
      LOG.error("A defect in Linekeeper: the text {} was not obeyed", text.sid(), fault);
    } else if (!reply.isEmpty() && PhoneNumber.isE164(text.from())) {
      answer(text, reply);
    }
  }

  private void answer(InboundText text, String reply) {
    PhoneNumber from = new PhoneNumber(text.to());
    PhoneNumber to = new PhoneNumber(text.from());
    try {
      io.execute(
          () -> {
            Outcome outcome = carrier.send(from, to, reply);
            if (!outcome.achieved()) {
              LOG.warn("The answer to a text did not reach {}: {}", to, outcome.said());
            }
          });
    } catch (RejectedExecutionException full) {
      LOG.warn("The answer to a text from {} was left out: too much is under way", to);
    }
  }
}
