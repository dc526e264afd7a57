package org.linekeeper.asterisk;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Places calls to the canary extension. */
final class CanaryCalls {
  private static final String EXTENSION = "lk-canary";
  private static final Duration ABANDONED = Duration.ofSeconds(5);

  private final TestCalls<String> calls;

  CanaryCalls(AmiSession session, AmiSession events, Workers workers) {
    calls = new TestCalls<>(session, events, workers, ABANDONED);
  }

  CompletableFuture<AmiAnswer<String>> call(String context, Duration deadline) {
    return calls.place(EXTENSION + "@" + context, Map.of(), deadline);
  }

  void heard(LinekeeperCanaryEvent event) {
    calls.heard(event.getNonce(), event.getGate(), "the test call ran, gate " + event.getGate());
  }
}
