package org.linekeeper.sip;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One call at the called side. */
final class ServedCall {
  private enum Stage {
    RINGING,
    REJECTED,
    ANSWERED,
    UP,
    HANGING_UP,
    OVER
  }

  private final ServedCalls calls;
  private final SipMessage invite;
  private final InetSocketAddress from;
  private final Consumer<SipMessage> answer;
  private final String transaction;
  private Stage stage = Stage.RINGING;
  private @Nullable Resend resend;
  private @Nullable Dialog dialog;

  ServedCall(
      ServedCalls calls,
      SipMessage invite,
      InetSocketAddress from,
      Consumer<SipMessage> answer,
      String transaction) {
    this.calls = calls;
    this.invite = invite;
    this.from = from;
    this.answer = answer;
    this.transaction = transaction;
  }

  SipMessage invite() {
    return invite;
  }

  boolean isOf(String otherTransaction) {
    return transaction.equals(otherTransaction);
  }

  void begin(SipReply reply) {
    answer.accept(response(100, "Trying", SipHeaders.NONE));
    if (reply.ringing().equals(Duration.ZERO)) {
      finish(reply);
    } else {
      answer.accept(response(180, "Ringing", SipHeaders.NONE));
      calls.loop().after(reply.ringing(), () -> finish(reply));
    }
  }

  private void finish(SipReply reply) {
    if (stage != Stage.RINGING) {
      return;
    }
    boolean ok = reply.status() < 300;
    stage = ok ? Stage.ANSWERED : Stage.REJECTED;
    SipMessage response =
        ok ? accepted(reply) : response(reply.status(), reply.reason(), reply.extra());
    if (ok) {
      dialog = Dialog.ofCalled(invite, response);
    }
    answer.accept(response);
    // repeated until the ACK, over UDP as over TCP (RFC 3261 section 13.3.1.4)
    resend =
        Resend.start(
            calls.loop(),
            calls.timers(),
            calls.timers()::afterCapped,
            () -> calls.send(response, from),
            this::neverAcknowledged);
  }

  private SipMessage accepted(SipReply reply) {
    SipHeaders headers =
        SipHeaders.NONE.with("Contact", "<sip:" + SipSyntax.hostPort(calls.local()) + ">");
    for (String route : invite.headers().all("Record-Route")) {
      headers = headers.with("Record-Route", route);
    }
    for (SipHeaders.Field f : reply.extra().fields()) {
      headers = headers.with(f.name(), f.value());
    }
    headers = headers.with("Content-Type", "application/sdp");
    SipMessage plain = response(reply.status(), reply.reason(), headers);
    return SipMessage.response(
        plain.status(), plain.reason(), plain.headers(), Sdp.pcmu(calls.local()));
  }

  private SipMessage response(int status, String reason, SipHeaders extra) {
    return ServedCalls.response(invite, status, reason, from, calls.name(), extra);
  }

  private void neverAcknowledged() {
    if (stage == Stage.ANSWERED) {
      hangUp();
    } else {
      over();
    }
  }

  void acknowledged() {
    if (stage == Stage.ANSWERED) {
      stopResending();
      stage = Stage.UP;
      calls.service().answered(invite);
    } else if (stage == Stage.REJECTED) {
      over();
    }
  }

  /** Is there something to hang up? */
  boolean hungUpByCaller() {
    return switch (stage) {
      case ANSWERED, UP, HANGING_UP -> {
        over();
        yield true;
      }
      case RINGING, REJECTED, OVER -> false;
    };
  }

  /** Is there something to cancel? One that crossed the answer is confirmed and has no effect. */
  boolean cancelled() {
    if (stage == Stage.RINGING) {
      finish(SipReply.at(487, "Request Terminated"));
    }
    return stage != Stage.OVER;
  }

  void hangUp() {
    Dialog d = dialog;
    if ((stage != Stage.ANSWERED && stage != Stage.UP) || d == null) {
      return;
    }
    stopResending();
    stage = Stage.HANGING_UP;
    SipMessage bye = d.next("BYE", Vias.fresh(SipTransport.UDP, calls.local()));
    calls.send(bye, from);
    resend =
        Resend.start(
            calls.loop(),
            calls.timers(),
            calls.timers()::afterCapped,
            () -> calls.send(bye, from),
            this::over);
  }

  void byeAnswered() {
    if (stage == Stage.HANGING_UP) {
      over();
    }
  }

  private void over() {
    boolean wasUp = stage == Stage.ANSWERED || stage == Stage.UP || stage == Stage.HANGING_UP;
    forget();
    if (wasUp) {
      calls.service().ended(invite);
    }
  }

  /** Ends it here without a word to anybody. */
  void forget() {
    stopResending();
    stage = Stage.OVER;
    calls.gone(this);
  }

  private void stopResending() {
    Resend current = resend;
    if (current != null) {
      current.stop();
    }
  }
}
