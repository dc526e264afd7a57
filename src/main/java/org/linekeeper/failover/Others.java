package org.linekeeper.failover;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The other watchers, as far as decisions need them. */
public interface Others {
  /** Of a watcher that is alone. */
  Others NONE =
      new Others() {
        @Override
        public List<String> names() {
          return List.of();
        }

        @Override
        public CompletionStage<Vote> look(String watcher, Duration asked, Duration deadline) {
          return CompletableFuture.failedFuture(
              new IllegalArgumentException("there is no " + watcher));
        }
      };

  /** Those that are to be asked. */
  List<String> names();

  /**
   * Asks one what it sees now.
   *
   * @param asked the moment, for the vote
   * @return completes exceptionally if it does not answer by the deadline
   */
  CompletionStage<Vote> look(String watcher, Duration asked, Duration deadline);
}
