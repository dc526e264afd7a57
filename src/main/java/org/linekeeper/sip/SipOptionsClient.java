package org.linekeeper.sip;

import java.io.IOException;
import java.net.ConnectException;
import java.net.PortUnreachableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.linekeeper.net.IoLoop;
import org.linekeeper.net.LoopTimer;
import org.linekeeper.net.TlsFault;

/**
 * Does this PBX speak SIP? Asks with OPTIONS as often as wanted, over one socket, without a thread.
 *
 * <p>Questions may overlap; each answer is matched to its own question by the branch, and one that
 * comes after its deadline is ignored. Answers are handed over on the loop's thread, so what hangs
 * on them must not wait.
 */
public final class SipOptionsClient implements AutoCloseable {
  private static final int MAX_UNANSWERED = 256;

  /** After so much silence the socket is renewed: our own address or a NAT may have changed. */
  private static final int RENEW_AFTER_TIMEOUTS = 5;

  /**
   * A handshake costs both ends some milliseconds of work, and a PBX that turns it down would be
   * asked for ten a second: the pause is doubled up to the longest.
   */
  private static final Duration TLS_PAUSE = Duration.ofMillis(250);

  private static final Duration TLS_LONGEST_PAUSE = Duration.ofSeconds(2);

  private final IoLoop loop;
  private final SipTarget target;
  private final SipTimers timers;
  private final Map<String, Question> unanswered = new LinkedHashMap<>();
  private @Nullable SipLink link;
  private @Nullable OptionsText text;
  private int timeoutsInARow;
  private Duration pause = TLS_PAUSE;
  private Duration openAfter = Duration.ofSeconds(Long.MIN_VALUE / 4);
  private @Nullable IOException whyNotOpen;
  private boolean closed;

  private record Question(
      String branch,
      byte[] bytes,
      Duration asked,
      CompletableFuture<SipAnswer> answer,
      List<LoopTimer> timers) {
    void settle(SipAnswer with) {
      timers.forEach(LoopTimer::cancel);
      answer.complete(with);
    }
  }

  /** A client for one PBX; its socket is opened when it is first asked something. */
  public SipOptionsClient(IoLoop loop, SipTarget target, SipTimers timers) {
    this.loop = loop;
    this.target = target;
    this.timers = timers;
  }

  /** As above, saying things again after the RFC's 500 ms. */
  public SipOptionsClient(IoLoop loop, SipTarget target) {
    this(loop, target, SipTimers.RFC_3261);
  }

  /**
   * Asks once. Never waits and never throws for what the network does.
   *
   * @param deadline after which the answer is {@link SipAnswer.Kind#TIMED_OUT}, counted from
   *     sending; 1 ms late at most unless this process itself was paused
   */
  public CompletionStage<SipAnswer> ask(Duration deadline) {
    CompletableFuture<SipAnswer> answer = new CompletableFuture<>();
    try {
      loop.run(
          () -> {
            try {
              send(answer, deadline);
            } catch (RuntimeException defect) {
              // nobody must wait for ever because of a bug here
              answer.completeExceptionally(defect);
              throw defect;
            }
          });
    } catch (RejectedExecutionException e) {
      answer.complete(SipAnswer.error(target, Duration.ZERO, "Linekeeper is stopping"));
    }
    return answer.minimalCompletionStage();
  }

  private void send(CompletableFuture<SipAnswer> answer, Duration deadline) {
    // from here, not from when we were told to ask: a busy loop of ours is no fault of the PBX
    Duration asked = loop.ticker().now();
    if (closed || unanswered.size() >= MAX_UNANSWERED) {
      String why = closed ? "the probe is closed" : MAX_UNANSWERED + " questions wait already";
      answer.complete(SipAnswer.error(target, took(asked), why));
      return;
    }
    try {
      SipLink to = openLink();
      OptionsText asking = textFor(to);
      String token = asking.token();
      byte[] bytes = asking.with(token);
      Question question =
          new Question(Tokens.branch(token), bytes, asked, answer, new ArrayList<>(2));
      unanswered.put(question.branch, question);
      question.timers.add(loop.after(deadline, () -> timeOut(question, deadline)));
      sayAgainAfter(question, timers.t1(), deadline);
      to.send(bytes);
    } catch (IOException e) {
      answer.complete(fault(asked, e));
      unanswered.values().removeIf(q -> q.answer == answer);
      renewLink();
    }
  }

  private SipLink openLink() throws IOException {
    SipLink current = link;
    if (current == null || !current.isOpen()) {
      IOException lately = whyNotOpen;
      if (lately != null && loop.ticker().now().compareTo(openAfter) < 0) {
        throw lately;
      }
      current = SipLink.open(loop, target, new Hearing());
      link = current;
      text = null;
    }
    return current;
  }

  private OptionsText textFor(SipLink via) {
    OptionsText known = text;
    if (known == null) {
      known = OptionsText.of(target, via.local());
      text = known;
    }
    return known;
  }

  private void renewLink() {
    SipLink current = link;
    link = null;
    timeoutsInARow = 0;
    if (current != null) {
      current.close();
    }
  }

  /** UDP loses datagrams: RFC 3261's timer E, within the deadline. */
  private void sayAgainAfter(Question question, Duration wait, Duration deadline) {
    if (target.transport() != SipTransport.UDP || wait.compareTo(deadline) >= 0) {
      return;
    }
    Runnable again =
        () -> {
          if (question.answer.isDone()) {
            return;
          }
          try {
            openLink().send(question.bytes);
            sayAgainAfter(question, timers.afterCapped(wait), deadline.minus(wait));
          } catch (IOException e) {
            settle(question, fault(question.asked, e));
          }
        };
    question.timers.add(loop.after(wait, again));
  }

  private void timeOut(Question question, Duration deadline) {
    settle(question, SipAnswer.timedOut(target, deadline, took(question.asked)));
    timeoutsInARow++;
    SipLink current = link;
    boolean opening = current != null && current.isOpening();
    if (timeoutsInARow >= RENEW_AFTER_TIMEOUTS && !opening) {
      if (current != null && target.transport() == SipTransport.UDP) {
        // what a PBX answers when it comes back from a freeze is on its way to the old socket
        link = null;
        loop.after(deadline, current::close);
      }
      renewLink();
    }
  }

  private void settle(Question question, SipAnswer answer) {
    unanswered.remove(question.branch);
    question.settle(answer);
  }

  private SipAnswer fault(Duration asked, IOException e) {
    if (e instanceof PortUnreachableException || e instanceof ConnectException) {
      return SipAnswer.refused(target, took(asked));
    }
    Optional<TlsFault> tls = TlsFault.of(e);
    if (tls.isPresent()) {
      return SipAnswer.notTrusted(target, took(asked), tls.get());
    }
    String why = e.getMessage();
    return SipAnswer.error(target, took(asked), why == null ? e.toString() : why);
  }

  private Duration took(Duration asked) {
    return loop.ticker().since(asked);
  }

  /**
   * Gives up its socket; questions that wait are answered with {@link SipAnswer.Kind#ERROR}. One
   * that was renewed less than a deadline ago goes by itself.
   */
  @Override
  public void close() {
    try {
      loop.run(
          () -> {
            closed = true;
            renewLink();
            failAll(q -> SipAnswer.error(target, took(q.asked), "the probe is closed"));
          });
    } catch (RejectedExecutionException e) {
      // the loop is closed, and has closed every socket with it
      closed = true;
    }
  }

  private void failAll(Function<Question, SipAnswer> with) {
    for (Question question : List.copyOf(unanswered.values())) {
      settle(question, with.apply(question));
    }
  }

  private final class Hearing implements SipLink.Listener {
    @Override
    public void received(SipMessage message) {
      timeoutsInARow = 0;
      pause = TLS_PAUSE;
      whyNotOpen = null;
      Question question = unanswered.get(message.branch());
      if (question != null && message.status() >= 200 && message.method().equals("OPTIONS")) {
        settle(question, SipAnswer.answered(target, message, took(question.asked)));
      }
    }

    @Override
    public boolean waits() {
      return !unanswered.isEmpty();
    }

    @Override
    public void failed(IOException why) {
      if (target.transport() == SipTransport.TLS) {
        whyNotOpen = why;
        openAfter = loop.ticker().now().plus(pause);
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(TLS_LONGEST_PAUSE) < 0 ? doubled : TLS_LONGEST_PAUSE;
      }
      failAll(q -> fault(q.asked, why));
    }
  }
}
