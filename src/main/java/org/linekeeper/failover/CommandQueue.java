package org.linekeeper.failover;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.linekeeper.failover.CommandDesk.Told;

/**
 * One command after the other, each on the control thread and only once the one before is done with
 * everything it writes. One that ends in a defect does not stop those behind it.
 */
final class CommandQueue {
  /** More than this waiting means that somebody floods a door: the newest are turned away. */
  private static final int MOST_WAITING = 200;

  private final ControlLoop loop;
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private boolean busy;

  CommandQueue(ControlLoop loop) {
    this.loop = loop;
  }

  /** Works on it when its turn has come. From any thread. */
  CompletionStage<Told> take(Function<ControlLoop.Parts, CompletionStage<Told>> work) {
    CompletableFuture<Told> result = new CompletableFuture<>();
    loop.with(
            parts -> {
              if (waiting.size() >= MOST_WAITING) {
                result.complete(new Told(false, "Too many commands at once. Please try again."));
              } else {
                waiting.add(() -> begin(parts, work, result));
                next();
              }
              return CompletableFuture.completedFuture(true);
            })
        .exceptionally(result::completeExceptionally);
    return result;
  }

  private void next() {
    if (!busy && !waiting.isEmpty()) {
      busy = true;
      waiting.remove().run();
    }
  }

  private void begin(
      ControlLoop.Parts asked,
      Function<ControlLoop.Parts, CompletionStage<Told>> work,
      CompletableFuture<Told> result) {
    CompletionStage<Told> done;
    try {
      // What was queued behind another command sees what that one changed.
      done = work.apply(asked.now());
    } catch (RuntimeException defect) {
      done = CompletableFuture.failedFuture(defect);
    }
    asked
        .thread()
        .then(
            done,
            told -> {
              result.complete(told);
              free();
            },
            fault -> {
              result.completeExceptionally(fault);
              free();
            });
  }

  private void free() {
    busy = false;
    loop.wake();
    next();
  }

  /** Whatever the work throws ends this command only, not all that wait behind it. */
  static void orDefect(CompletableFuture<Told> result, Supplier<CompletionStage<Told>> work) {
    try {
      work.get().whenComplete(passTo(result));
    } catch (RuntimeException defect) {
      result.completeExceptionally(defect);
    }
  }

  private static BiConsumer<Told, Throwable> passTo(CompletableFuture<Told> result) {
    return (told, fault) -> {
      if (fault == null) {
        result.complete(told);
      } else {
        result.completeExceptionally(fault);
      }
    };
  }
}
