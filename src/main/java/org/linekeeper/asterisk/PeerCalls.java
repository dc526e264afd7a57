package org.linekeeper.asterisk;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Lets one PBX call the other one by SIP; see {@code linekeeper-listen} in dialplans/. */
final class PeerCalls {
  private static final String CONTEXT = "linekeeper-listen";

  /** The dialplan's own limit is 8 s. */
  private static final Duration ABANDONED = Duration.ofSeconds(10);

  private final TestCalls<PeerCall> calls;

  PeerCalls(AmiSession session, AmiSession events, Workers workers) {
    calls = new TestCalls<>(session, events, workers, ABANDONED);
  }

  CompletableFuture<AmiAnswer<PeerCall>> echo(String peer, String digits, Duration deadline) {
    Map<String, String> variables = Map.of("LK_PEER", peer, "LK_DIGITS", digits);
    return calls.place("lk-echo@" + CONTEXT, variables, deadline);
  }

  CompletableFuture<AmiAnswer<PeerCall>> look(String peer, Duration deadline) {
    return calls.place("lk-look@" + CONTEXT, Map.of("LK_PEER", peer), deadline);
  }

  void heard(LinekeeperEchoEvent event) {
    PeerCall call = new PeerCall(event.getStatus(), event.getHeard(), event.getAnswer());
    calls.heard(event.getNonce(), call, "the call to the other PBX ended: " + call.words());
  }
}
