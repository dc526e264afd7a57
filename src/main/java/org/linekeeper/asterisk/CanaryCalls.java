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
 * Places calls to the canary extension. The proof that a call ran is the event which the dialplan
 * itself raises: AMI's answer says no more than that the call was queued.
 */
final class CanaryCalls {
  private static final String EXTENSION = "lk-canary";
  private static final int MAX_WAITING = 16;

  /** When Asterisk itself gives a stuck test call up; the library warns of less than a second. */
  private static final Duration ABANDONED = Duration.ofSeconds(5);

  private final AmiSession session;
  private final AmiSession events;
  private final Workers workers;
  private final Map<String, CompletableFuture<AmiAnswer<String>>> waiting =
      new ConcurrentHashMap<>();

  CanaryCalls(AmiSession session, AmiSession events, Workers workers) {
    this.session = session;
    this.events = events;
    this.workers = workers;
  }

  CompletableFuture<AmiAnswer<String>> call(String context, Duration deadline) {
    if (!events.isUp() || waiting.size() >= MAX_WAITING) {
      String why = events.isUp() ? "too many test calls wait" : "no AMI session for events";
      return CompletableFuture.completedFuture(AmiAnswer.no(Kind.NOT_CONNECTED, why));
    }
    String nonce = UUID.randomUUID().toString();
    CompletableFuture<AmiAnswer<String>> result = new CompletableFuture<>();
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
        .ask(originate(context, nonce), deadline)
        .thenAccept(
            queued -> {
              taken.set(queued.ok());
              if (!queued.ok()) {
                result.complete(AmiAnswer.no(queued.kind(), queued.said()));
              }
            });
    return result;
  }

  private static OriginateAction originate(String context, String nonce) {
    OriginateAction action = new OriginateAction();
    action.setChannel("Local/" + EXTENSION + "@" + context + "/n");
    // never reached: the extension hangs up without answering, which would cost half a second
    action.setApplication("Wait");
    action.setData("1");
    action.setVariable("LK_NONCE", nonce);
    action.setAsync(true);
    action.setTimeout(ABANDONED.toMillis());
    return action;
  }

  /** Says nothing of calls: AMI itself was silent, as it is while a machine is snapshotted. */
  private static AmiAnswer<String> neverTaken(Duration deadline) {
    return AmiAnswer.no(
        Kind.SILENT, "AMI did not take the test call within " + deadline.toMillis() + " ms");
  }

  private static AmiAnswer<String> neverRan(Duration deadline) {
    return AmiAnswer.no(
        Kind.REFUSED,
        "the test call was queued, but did not run within " + deadline.toMillis() + " ms");
  }

  void heard(LinekeeperCanaryEvent event) {
    CompletableFuture<AmiAnswer<String>> result = waiting.get(event.getNonce());
    if (result != null) {
      result.complete(
          AmiAnswer.done(event.getGate(), "the test call ran, gate " + event.getGate()));
    }
  }
}
