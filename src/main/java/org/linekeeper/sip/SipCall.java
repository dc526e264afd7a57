package org.linekeeper.sip;

import java.io.IOException;
import java.net.ConnectException;
import java.net.PortUnreachableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.linekeeper.net.IoLoop;
import org.linekeeper.sip.CallResult.End;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How does this one call go? {@link #result} at its final answer, {@link #ended} when all is over.
 * Both are completed on the loop's thread.
 */
public final class SipCall {
  private static final Logger log = LoggerFactory.getLogger(SipCall.class);

  private enum Stage {
    CALLING,
    PROCEEDING,
    GIVING_UP,
    TALKING,
    HANGING_UP,
    OVER
  }

  private final IoLoop loop;
  private final SipTimers timers;
  private final CallRequest request;
  private final Duration began;
  private final CompletableFuture<CallResult> result = new CompletableFuture<>();
  private final CompletableFuture<End> ended = new CompletableFuture<>();
  private Stage stage = Stage.CALLING;
  private @Nullable Wire wire;
  private @Nullable Resend resend;
  private @Nullable SipMessage ack;
  private @Nullable Dialog dialog;
  private @Nullable RtpDigits rtp;
  private boolean heardFrom;

  /** What exists from the moment the INVITE is written. */
  private record Wire(SipLink link, SipMessage invite) {}

  SipCall(IoLoop loop, SipTimers timers, CallRequest request) {
    this.loop = loop;
    this.timers = timers;
    this.request = request;
    this.began = loop.ticker().now();
  }

  /** What came of it, as soon as that is known. */
  public CompletionStage<CallResult> result() {
    return result.minimalCompletionStage();
  }

  /** How it ended, when nothing more will be sent for it but repeated acknowledgements. */
  public CompletionStage<End> ended() {
    return ended.minimalCompletionStage();
  }

  /** Ends it now: BYE if it was answered, CANCEL before. From any thread; again does nothing. */
  public void hangUp() {
    try {
      loop.run(
          () -> {
            switch (stage) {
              case CALLING, PROCEEDING -> giveUp();
              case TALKING -> bye();
              case GIVING_UP, HANGING_UP, OVER -> log.trace("{} is ending already", request);
            }
          });
    } catch (RejectedExecutionException e) {
      fail("Linekeeper is stopping");
    }
  }

  void begin() {
    try {
      SipLink link = SipLink.open(loop, request.target(), new Hearing());
      SipMessage invite = CallMessages.invite(request, link.local(), sound(link));
      wire = new Wire(link, invite);
      link.send(invite);
      resend = resending(d -> d.multipliedBy(2), invite, this::giveUp);
      loop.after(request.answerWithin(), this::giveUp);
    } catch (IOException e) {
      fault(e);
    } catch (RuntimeException defect) {
      // nobody must wait for ever because of a bug here
      result.completeExceptionally(defect);
      ended.completeExceptionally(defect);
      throw defect;
    }
  }

  private String sound(SipLink link) throws IOException {
    if (request.digits().isEmpty()) {
      return Sdp.pcmu(link.local());
    }
    RtpDigits opened = RtpDigits.open(loop, link.local().getAddress(), request.digits());
    rtp = opened;
    return Sdp.digits(opened.local());
  }

  private void key(SipMessage ok) {
    RtpDigits keys = rtp;
    if (keys != null) {
      Sdp.audio(ok.body()).ifPresent(to -> keys.send(to, Sdp.eventsPayload(ok.body())));
    }
  }

  void fail(String why) {
    result.complete(CallResult.error(request, took(), why));
    ended.complete(End.NEVER_BEGAN);
  }

  private Resend resending(UnaryOperator<Duration> next, SipMessage message, Runnable givenUp) {
    Runnable say = request.target().transport() == SipTransport.UDP ? () -> say(message) : () -> {};
    return Resend.start(loop, timers, next, say, givenUp);
  }

  private void stopResending() {
    Resend current = resend;
    if (current != null) {
      current.stop();
    }
  }

  private void say(SipMessage message) {
    Wire w = wire;
    if (w == null || !w.link.isOpen()) {
      return;
    }
    try {
      w.link.send(message);
    } catch (IOException e) {
      fault(e);
    }
  }

  private void giveUp() {
    if (stage != Stage.CALLING && stage != Stage.PROCEEDING) {
      return;
    }
    boolean rang = stage == Stage.PROCEEDING;
    stage = Stage.GIVING_UP;
    stopResending();
    result.complete(CallResult.givenUp(request, rang, took()));
    if (rang) {
      cancel();
    }
    // without a provisional answer RFC 3261 section 9.1 forbids CANCEL: wait for a late one
    overAfterLinger(End.NEVER_BEGAN);
  }

  private void cancel() {
    Wire w = wire;
    if (w != null) {
      SipMessage cancel = CallMessages.cancel(w.invite);
      say(cancel);
      resend = resending(timers::afterCapped, cancel, () -> {});
    }
  }

  private void response(SipMessage m) {
    Wire w = wire;
    if (w == null) {
      return;
    }
    switch (m.method()) {
      case "INVITE" -> {
        if (m.branch().equals(w.invite.branch())) {
          inviteAnswered(w, m);
        }
      }
      case "CANCEL" -> stopResending();
      case "BYE" -> {
        if (stage == Stage.HANGING_UP && m.status() >= 200) {
          over(End.HUNG_UP_HERE);
        }
      }
      default -> log.trace("ignored: {}", m);
    }
  }

  private void inviteAnswered(Wire w, SipMessage m) {
    if (m.status() < 200) {
      provisional();
    } else if (m.status() < 300) {
      accepted(w, m);
    } else {
      rejected(w, m);
    }
  }

  private void provisional() {
    boolean first = !heardFrom;
    heardFrom = true;
    if (stage == Stage.CALLING) {
      stopResending();
      stage = Stage.PROCEEDING;
    } else if (stage == Stage.GIVING_UP && first) {
      cancel();
    }
  }

  private void accepted(Wire w, SipMessage ok) {
    SipMessage known = ack;
    if (known != null) {
      say(known); // our ACK was lost: the 2xx is being repeated
      return;
    }
    stopResending();
    Dialog made = Dialog.ofCaller(w.invite, ok);
    SipMessage confirmation = made.ack(via(w), w.invite.cseq());
    dialog = made;
    ack = confirmation;
    say(confirmation);
    boolean tooLate = stage == Stage.GIVING_UP || stage == Stage.OVER;
    stage = Stage.TALKING;
    if (tooLate) {
      bye();
    } else {
      result.complete(CallResult.of(request, ok, took()));
      key(ok);
      loop.after(request.talk(), this::bye);
    }
  }

  private void rejected(Wire w, SipMessage m) {
    if (dialog != null) {
      return;
    }
    stopResending();
    say(CallMessages.ackOfRejection(w.invite, m));
    if (stage == Stage.CALLING || stage == Stage.PROCEEDING) {
      stage = Stage.OVER;
      result.complete(CallResult.of(request, m, took()));
      ended.complete(End.NEVER_BEGAN);
      overAfterLinger(End.NEVER_BEGAN);
    } else {
      ended.complete(End.NEVER_BEGAN); // 487, the answer to our CANCEL
    }
  }

  private void bye() {
    Wire w = wire;
    Dialog d = dialog;
    if (stage != Stage.TALKING || w == null || d == null) {
      return;
    }
    stage = Stage.HANGING_UP;
    SipMessage bye = d.next("BYE", via(w));
    say(bye);
    resend = resending(timers::afterCapped, bye, () -> over(End.LOST));
  }

  private String via(Wire w) {
    return Vias.fresh(request.target().transport(), w.link.local());
  }

  private void asked(SipMessage m) {
    switch (m.method()) {
      case "ACK" -> log.trace("ignored: {}", m);
      case "BYE" -> {
        say(CallMessages.respond(m, 200, "OK"));
        if (stage == Stage.TALKING || stage == Stage.HANGING_UP) {
          stage = Stage.OVER;
          stopResending();
          ended.complete(End.HUNG_UP_THERE);
          overAfterLinger(End.HUNG_UP_THERE);
        }
      }
      case "OPTIONS", "INFO", "NOTIFY", "UPDATE" -> say(CallMessages.respond(m, 200, "OK"));
      // no change of media in mid-call: Asterisk then leaves it as it was
      case "INVITE" -> say(CallMessages.respond(m, 488, "Not Acceptable Here"));
      default -> say(CallMessages.respond(m, 501, "Not Implemented"));
    }
  }

  /** Keeps the socket for the peer's repetitions, a good part of what RFC 3261's timer D asks. */
  private void overAfterLinger(End end) {
    loop.after(
        timers.t1().multipliedBy(8),
        () -> {
          if (stage == Stage.OVER || stage == Stage.GIVING_UP) {
            over(end);
          }
        });
  }

  private void over(End end) {
    stage = Stage.OVER;
    stopResending();
    Wire w = wire;
    if (w != null) {
      w.link.close();
    }
    RtpDigits keys = rtp;
    if (keys != null) {
      keys.close();
    }
    ended.complete(end);
  }

  private void fault(IOException e) {
    switch (stage) {
      case CALLING, PROCEEDING -> {
        boolean refused = e instanceof PortUnreachableException || e instanceof ConnectException;
        String why = e.getMessage() == null ? e.toString() : "" + e.getMessage();
        result.complete(
            refused ? CallResult.refused(request, took()) : CallResult.error(request, took(), why));
        over(End.NEVER_BEGAN);
      }
      case HANGING_UP -> over(End.LOST);
      case GIVING_UP, TALKING, OVER -> log.debug("{}: {}", request, e.toString());
    }
  }

  private Duration took() {
    return loop.ticker().since(began);
  }

  private final class Hearing implements SipLink.Listener {
    @Override
    public void received(SipMessage message) {
      if (message.isRequest()) {
        asked(message);
      } else {
        response(message);
      }
    }

    @Override
    public void failed(IOException why) {
      fault(why);
    }
  }
}
