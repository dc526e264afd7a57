package org.linekeeper.actuator;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The floating address on this watcher's own host, where several watchers agree on whose it is: the
 * kernel lets packets with it through for a second at a time, and drops them when it is told
 * nothing more. Nothing here blocks; what is asked is done in that order.
 */
public interface AddressHost {
  /** A host that has none. */
  AddressHost NONE =
      new AddressHost() {
        @Override
        public CompletionStage<Boolean> arm(
            List<String> addresses, String device, Duration until, Duration notAfter) {
          return CompletableFuture.completedFuture(false);
        }

        @Override
        public CompletionStage<Left> letGo(List<String> addresses, String device) {
          return CompletableFuture.completedFuture(new Left(Duration.ZERO, false, false));
        }

        @Override
        public CompletionStage<Boolean> ending() {
          return CompletableFuture.completedFuture(false);
        }
      };

  /**
   * What came of letting go.
   *
   * @param begun when that was begun, by this watcher's own monotonic clock
   * @param gone whether the host was seen to be without the addresses
   * @param quiet whether every program that was told to take them has ended
   */
  record Left(Duration begun, boolean gone, boolean quiet) {}

  /**
   * The kernel is to let packets with the addresses through until then and some hundredths of a
   * second, however late it is told, and the neighbours hear of it if the host did not have them.
   * Both times are by this watcher's own monotonic clock.
   *
   * @param addresses each with the length of its prefix
   * @param until when that ends
   * @param notAfter later than that the kernel is not told any more
   * @return whether the host has them
   */
  CompletionStage<Boolean> arm(
      List<String> addresses, String device, Duration until, Duration notAfter);

  /** Removes them, whoever put them there, and looks. */
  CompletionStage<Left> letGo(List<String> addresses, String device);

  /** Looks whether they could be taken, as far as that is seen without taking them. */
  default void look(List<String> addresses, String device) {}

  /**
   * Why they, or some of them, could not be taken when they were to be, or could not be now; empty
   * text if they can, as far as is known. From any thread.
   */
  default String trouble() {
    return "";
  }

  /** Whether this machine is being shut down, as far as can be seen. */
  CompletionStage<Boolean> ending();
}
