package org.linekeeper.asterisk;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.asteriskjava.manager.action.OriginateAction;
import org.linekeeper.asterisk.AmiAnswer.Kind;

/**
 * Places calls that run in the dialplan and end there. The proof that one ran is the event which
 * the dialplan itself raises: AMI's answer says no more than that the call was queued.
 *
 * @param <T> what the event says
 */
final class TestCalls<T> {
  private static final int MAX_WAITING = 16;

  private final AmiSession session;
  private final AmiSession events;
  private final Workers workers;
  private final Duration abandoned;
  private final Map<String, CompletableFuture<AmiAnswer<T>>> waiting = new ConcurrentHashMap<>();

  /**
   * @param abandoned when Asterisk itself gives a stuck call up; the library warns of less than a
   *     second
   */
  TestCalls(AmiSession session, AmiSession events, Workers workers, Duration abandoned) {
    this.session = session;
    this.events = events;
    this.workers = workers;
    this.abandoned = abandoned;
  }

  /** Calls such as {@code lk-canary@from-carrier}, with these channel variables. */
  CompletableFuture<AmiAnswer<T>> place(
      String where, Map<String, String> variables, Duration deadline) {
    if (!events.isUp() || waiting.size() >= MAX_WAITING) {
      String why = events.isUp() ? "too many test calls wait" : "no AMI session for events";
      return CompletableFuture.completedFuture(AmiAnswer.no(Kind.NOT_CONNECTED, why));
    }
    String nonce = UUID.randomUUID().toString();
    CompletableFuture<AmiAnswer<T>> result = new CompletableFuture<>();
    waiting.put(nonce, result);
    AtomicBoolean taken = new AtomicBoolean();
    Future<?> timer =
        workers.after(
            deadline,
            () -> result.complete(taken.get() ? neverRan(deadline) : neverTaken(deadline)));
    result.whenComplete(
        (answer, fault) -> {
          timer.cancel(false);
          waiting.remove(nonce);
        });
    session
        .ask(originate(where, nonce, variables), deadline)
        .thenAccept(
            queued -> {
              taken.set(queued.ok());
              if (!queued.ok()) {
                result.complete(AmiAnswer.no(queued.kind(), queued.said()));
              }
            });
    return result;
  }

  private OriginateAction originate(String where, String nonce, Map<String, String> variables) {
    OriginateAction action = new OriginateAction();
    action.setChannel("Local/" + where + "/n");
    // never reached: the extension hangs up without answering, which would cost half a second
    action.setApplication("Wait");
    action.setData("1");
    action.setVariable("LK_NONCE", nonce);
    variables.forEach(action::setVariable);
    action.setAsync(true);
    action.setTimeout(abandoned.toMillis());
    return action;
  }

  /** Says nothing of calls: AMI itself was silent, as it is while a machine is snapshotted. */
  private AmiAnswer<T> neverTaken(Duration deadline) {
    return AmiAnswer.no(
        Kind.SILENT, "AMI did not take the test call within " + deadline.toMillis() + " ms");
  }

  private AmiAnswer<T> neverRan(Duration deadline) {
    return AmiAnswer.no(
        Kind.REFUSED,
        "the test call was queued, but did not run within " + deadline.toMillis() + " ms");
  }

  void heard(String nonce, T value, String said) {
    CompletableFuture<AmiAnswer<T>> result = waiting.get(nonce);
    if (result != null) {
      result.complete(AmiAnswer.done(value, said));
    }
  }
}
