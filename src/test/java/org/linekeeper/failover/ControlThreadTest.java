package org.linekeeper.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** This machine is too slow for its job. */
class ControlThreadTest {
  @Test
  void reportsAreDroppedButNeverTheEndOfWhatWasBegun() throws InterruptedException {
    try (ControlThread thread = new ControlThread(Clockwork.real())) {
      CountDownLatch busy = new CountDownLatch(1);
      CountDownLatch ended = new CountDownLatch(3);
      thread.post(
          () -> {
            try {
              busy.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
      for (int i = 0; i < 60_000; i++) {
        thread.report(() -> {});
      }
      assertThat(thread.dropped()).isPositive();
      thread.then(
          CompletableFuture.completedFuture("written"), good -> ended.countDown(), bad -> {});
      thread.then(
          CompletableFuture.failedFuture(new IllegalStateException("not written")),
          good -> {},
          bad -> ended.countDown());
      thread.after(Duration.ofMillis(1), ended::countDown);
      TimeUnit.MILLISECONDS.sleep(50);
      busy.countDown();
      assertThat(ended.await(5, TimeUnit.SECONDS)).isTrue();
    }
  }
}
