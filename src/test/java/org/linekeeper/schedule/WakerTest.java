package org.linekeeper.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WakerTest {
  private final Waker waker = new Waker();
  private final BlockingQueue<String> woken = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    waker.close();
  }

  @Test
  void wakesAtTheMomentAndNotBefore() throws InterruptedException {
    Instant moment = Instant.now().plusMillis(399);
    waker.after(Duration.ofMillis(400), "boundary", () -> woken.add("boundary"));
    assertThat(woken.poll(5, TimeUnit.SECONDS)).isEqualTo("boundary");
    assertThat(Instant.now()).isAfterOrEqualTo(moment);
  }

  @Test
  void aMomentThatHasPassedIsCaughtUpAtOnce() throws InterruptedException {
    waker.after(Duration.ofHours(-8), "boundary", () -> woken.add("late"));
    assertThat(woken.poll(5, TimeUnit.SECONDS)).isEqualTo("late");
  }

  @Test
  void aNewMomentReplacesTheOldOne() throws InterruptedException {
    waker.after(Duration.ofHours(1), "boundary", () -> woken.add("old"));
    waker.after(Duration.ofMillis(50), "boundary", () -> woken.add("new"));
    assertThat(woken.poll(5, TimeUnit.SECONDS)).isEqualTo("new");
    assertThat(woken.poll(200, TimeUnit.MILLISECONDS)).isNull();
  }

  @Test
  void twoThreadsMayWishForTheSameAtOnce() {
    IntStream.range(0, 200)
        .parallel()
        .forEach(i -> waker.after(Duration.ofMillis(i % 3), "boundary", () -> woken.add("woken")));
    waker.after(Duration.ofMillis(50), "boundary", () -> woken.add("last"));
    await().atMost(Duration.ofSeconds(5)).until(() -> woken.contains("last"));
  }

  @Test
  void pollingGoesOnAfterADefect() throws InterruptedException {
    waker.every(
        Duration.ofMillis(50),
        "poll",
        () -> {
          woken.add("poll");
          throw new IllegalStateException("once more");
        });
    assertThat(woken.poll(5, TimeUnit.SECONDS)).isEqualTo("poll");
    assertThat(woken.poll(5, TimeUnit.SECONDS)).isEqualTo("poll");
  }
}
