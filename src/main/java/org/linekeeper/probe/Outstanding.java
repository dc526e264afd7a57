package org.linekeeper.probe;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.linekeeper.verdict.Profile;

/** How many questions of one kind may wait for their answers at once? */
final class Outstanding {
  private final int most;
  private final AtomicInteger waiting = new AtomicInteger();

  private Outstanding(int most) {
    this.most = most;
  }

  /** One at a time. */
  static Outstanding one() {
    return new Outstanding(1);
  }

  /** As many as overlap when each takes as long as it may. */
  static Outstanding overlapping(Profile profile) {
    return new Outstanding((int) (profile.deadline().dividedBy(profile.every()) + 2));
  }

  /** Asks, unless too many wait already. */
  void ask(Supplier<CompletionStage<?>> question) {
    if (waiting.incrementAndGet() > most) {
      waiting.decrementAndGet();
      return;
    }
    question.get().whenComplete((answer, fault) -> waiting.decrementAndGet());
  }
}
