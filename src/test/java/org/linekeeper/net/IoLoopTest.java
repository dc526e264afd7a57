package org.linekeeper.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.linekeeper.time.Ticker;

class IoLoopTest {
  private final IoLoop loop = IoLoop.start("loop-test", Ticker.system());
  private final List<String> seen = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    loop.close();
  }

  private void awaitSeen(int count) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (seen.size() < count && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  @Test
  void deadlinesFireInOrderAndACancelledOneNever() throws Exception {
    loop.after(Duration.ofMillis(60), () -> seen.add("late"));
    LoopTimer never = loop.after(Duration.ofMillis(20), () -> seen.add("never"));
    loop.after(Duration.ofMillis(30), () -> seen.add("first"));
    loop.after(Duration.ofMillis(30), () -> seen.add("second"));
    never.cancel();
    awaitSeen(3);
    assertThat(seen).containsExactly("first", "second", "late");
  }

  @Test
  void aDeadlineIsNotEarlyAndHardlyLate() throws Exception {
    Ticker ticker = loop.ticker();
    Duration began = ticker.now();
    CompletableFuture<Duration> fired = new CompletableFuture<>();
    loop.after(Duration.ofMillis(50), () -> fired.complete(ticker.since(began)));
    assertThat(fired.get(10, TimeUnit.SECONDS))
        .isBetween(Duration.ofMillis(50), Duration.ofMillis(350));
  }

  @Test
  void whatIsRepeatedGoesOnUntilItIsCancelled() throws Exception {
    Ticker ticker = loop.ticker();
    Duration began = ticker.now();
    LoopRepeat repeat =
        loop.every(
            Duration.ofMillis(20),
            () -> {
              seen.add("turn");
              if (seen.size() == 2) {
                throw new IllegalStateException("a defect, logged here on purpose");
              }
            });
    awaitSeen(5);
    assertThat(ticker.since(began))
        .as("now, and then four times")
        .isGreaterThan(Duration.ofMillis(60));
    repeat.cancel();
    loop.runAndWait(() -> {});
    int then = seen.size();
    loop.after(Duration.ofMillis(60), () -> seen.add("end"));
    awaitSeen(then + 1);
    assertThat(seen.get(then)).isEqualTo("end");
  }

  @Test
  void piecesThatShareASlotKeepNeitherEachOthersDefectsNorEachOthersEnd() throws Exception {
    Duration oneSlot = Duration.ofMillis(5);
    AtomicInteger failing = new AtomicInteger();
    AtomicInteger ended = new AtomicInteger();
    LoopRepeat fails =
        loop.every(
            oneSlot,
            () -> {
              if (failing.incrementAndGet() == 1) {
                throw new IllegalStateException("a defect, logged here on purpose");
              }
            });
    LoopRepeat ends = loop.every(oneSlot, ended::incrementAndGet);
    LoopRepeat goesOn = loop.every(oneSlot, () -> seen.add("turn"));
    awaitSeen(2);
    ends.cancel();
    loop.runAndWait(() -> {});
    int then = ended.get();
    int before = seen.size();
    awaitSeen(before + 5);
    assertThat(ended).hasValue(then);
    assertThat(failing.get()).as("turns after a defect in the first").isGreaterThan(5);
    fails.cancel();
    goesOn.cancel();
    loop.runAndWait(() -> {});
    int last = seen.size();
    loop.after(Duration.ofMillis(20), () -> seen.add("all have ended"));
    awaitSeen(last + 1);
    loop.every(oneSlot, () -> seen.add("anew"));
    awaitSeen(last + 4);
    assertThat(seen.subList(last, last + 4))
        .containsExactly("all have ended", "anew", "anew", "anew");
  }

  @Test
  void manyKeptDeadlinesAreForgottenAndTheOthersStillFire() throws Exception {
    loop.runAndWait(
        () -> {
          for (int n = 0; n < 5_000; n++) {
            loop.after(Duration.ofMillis(200), () -> seen.add("kept")).cancel();
          }
        });
    loop.after(Duration.ofMillis(20), () -> seen.add("missed"));
    loop.after(Duration.ofMillis(300), () -> seen.add("end"));
    awaitSeen(2);
    assertThat(seen).containsExactly("missed", "end");
  }

  @Test
  void aDefectInOnePieceOfWorkDoesNotStopTheOthers() throws Exception {
    loop.execute(
        () -> {
          throw new IllegalStateException("a defect, logged here on purpose");
        });
    loop.execute(() -> seen.add("next"));
    awaitSeen(1);
    assertThat(seen).containsExactly("next");
    assertThatThrownBy(
            () ->
                loop.runAndWait(
                    () -> {
                      throw new IllegalArgumentException("told to who waits");
                    }))
        .hasRootCauseMessage("told to who waits");
  }

  @Test
  void anAnswerThatIsThereAfterAPauseOfThisProcessIsReadBeforeItsDeadlineFires() throws Exception {
    Pipe pipe = Pipe.open();
    CountDownLatch paused = new CountDownLatch(1);
    loop.runAndWait(
        () -> {
          try {
            loop.watch(pipe.source(), SelectionKey.OP_READ, () -> read(pipe));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    loop.execute(
        () -> {
          loop.after(Duration.ofMillis(1), () -> seen.add("deadline"));
          try {
            paused.await(10, TimeUnit.SECONDS); // the loop stands still past the deadline
            TimeUnit.MILLISECONDS.sleep(20);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    pipe.sink().write(ByteBuffer.wrap(new byte[1]));
    paused.countDown();
    awaitSeen(2);
    assertThat(seen).containsExactly("answer", "deadline");
  }

  private void read(Pipe pipe) {
    try {
      pipe.source().read(ByteBuffer.allocate(8));
      seen.add("answer");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aClosedLoopRefusesWorkAndClosesWhatItWatched() throws Exception {
    Pipe pipe = Pipe.open();
    loop.runAndWait(
        () -> {
          try {
            loop.watch(pipe.source(), SelectionKey.OP_READ, () -> {});
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    loop.close();
    assertThat(pipe.source().isOpen()).isFalse();
    assertThatThrownBy(() -> loop.execute(() -> seen.add("never")))
        .isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void aStuckLoopRefusesWorkInsteadOfHoardingIt() throws Exception {
    CountDownLatch stuck = new CountDownLatch(1);
    CountDownLatch began = new CountDownLatch(1);
    loop.execute(
        () -> {
          began.countDown();
          try {
            stuck.await(20, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    began.await(10, TimeUnit.SECONDS);
    assertThatThrownBy(
            () -> {
              for (int n = 0; n < 70_000; n++) {
                loop.execute(() -> {});
              }
            })
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessageContaining("stuck");
    stuck.countDown();
  }
}
