package org.linekeeper.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.linekeeper.command.Text;
import org.linekeeper.failover.CommandDesk.Told;
import org.linekeeper.failover.CommandTaker;
import org.linekeeper.journal.Journal;
import org.linekeeper.journal.Standing;
import org.linekeeper.state.Actor;

/** A text or command comes to a watcher that does not lead. */
class RelayTest {
  private static final Text TEXT =
      new Text("SM1", "+447700900101", "DIVERT", Instant.parse("2026-11-23T12:00:00Z"));
  private static final Told CODE = new Told(true, "Reply 482913");

  private final Side asked = new Side();
  private final Side leading = new Side();

  /** One watcher, and what its own desk is asked. */
  private static final class Side {
    final CommandTaker desk = mock();
    final Journal journal = mock();
    final Relay relay = new Relay(desk, journal, mock(GoingAlone.class));

    void leads(boolean leads, Optional<String> leader) {
      when(journal.leads()).thenReturn(leads);
      when(journal.standing())
          .thenReturn(
              new Standing(leads, leader, List.of("a", "b", "c"), Set.of(), Set.of(), List.of()));
    }
  }

  private static <T> T got(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(5, TimeUnit.SECONDS);
  }

  private void joined() {
    asked.leads(false, Optional.of("b"));
    when(asked.journal.ask(eq("b"), any(), any()))
        .thenAnswer(
            question -> leading.relay.answer(question.getArgument(1)).toCompletableFuture());
  }

  @Test
  void aTextIsHeardByTheOneThatLeads() throws Exception {
    joined();
    leading.leads(true, Optional.empty());
    when(leading.desk.hear(TEXT)).thenReturn(CompletableFuture.completedFuture(Optional.of(CODE)));

    assertThat(got(asked.relay.hear(TEXT))).contains(CODE);
    verify(asked.desk, never()).hear(any());
  }

  @Test
  void aTextIsNotHeardWhereNobodyLeads() throws Exception {
    asked.leads(false, Optional.empty());

    assertThat(got(asked.relay.hear(TEXT))).isEmpty();
  }

  @Test
  void norByOneThatHasStoppedLeadingMeanwhile() throws Exception {
    joined();
    leading.leads(false, Optional.empty());

    assertThat(got(asked.relay.hear(TEXT))).isEmpty();
  }

  /** It may have been heard: brought once more it would be known, and its sender told nothing. */
  @Test
  void whereTheAnswerIsLateTheSenderIsToldToLook() throws Exception {
    asked.leads(false, Optional.of("b"));
    when(asked.journal.ask(any(), any(), any()))
        .thenReturn(CompletableFuture.failedFuture(new TimeoutException()));

    assertThat(got(asked.relay.hear(TEXT)))
        .hasValueSatisfying(told -> assertThat(told.text()).contains("not known", "status"));
  }

  @Test
  void aCommandThatNobodyTakesIsAnsweredInWords() throws Exception {
    asked.leads(false, Optional.empty());

    Told told = got(asked.relay.say("DIVERT", new Actor(Actor.Door.PAGE, "pat")));

    assertThat(told.accepted()).isFalse();
    assertThat(told.text()).contains("do not agree which of them leads");
  }
}
