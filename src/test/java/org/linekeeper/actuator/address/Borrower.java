package org.linekeeper.actuator.address;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import org.linekeeper.actuator.program.Programs;
import org.linekeeper.estate.PbxId;
import org.linekeeper.state.Epoch;
import org.linekeeper.state.Outcome;
import org.linekeeper.state.Step;
import org.linekeeper.time.Ticker;

/** A watcher that does nothing but hold an address: to be killed, or stopped. */
public final class Borrower {
  private Borrower() {}

  /** Takes ADDRESS on eth0 for SECONDS at a time, says so, and goes on until it is ended. */
  public static void main(String[] args) throws InterruptedException {
    Step.HoldAddress step =
        new Step.HoldAddress(
            new PbxId("standby"),
            List.of(args[0]),
            "eth0",
            Duration.ofSeconds(Long.parseLong(args[1])),
            true);
    HostAddresses addresses =
        new HostAddresses(
            new Programs(Executors.newCachedThreadPool()), Tenure.sole(), Ticker.system());
    Outcome outcome = addresses.take(step, new Epoch(1)).toCompletableFuture().join();
    System.out.println(outcome.kind());
    System.out.flush();
    Thread.currentThread().join();
  }
}
