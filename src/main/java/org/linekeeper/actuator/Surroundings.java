package org.linekeeper.actuator;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.linekeeper.state.Epoch;
import org.linekeeper.state.NameRecords;
import org.linekeeper.state.Outcome;
import org.linekeeper.state.Step;

/**
 * What can be changed around the PBXs, besides PBXs and carrier.
 *
 * @param commands the office's own programs
 * @param addresses the floating address
 * @param names the DNS
 * @param host the floating address where several watchers agree on it
 */
public record Surroundings(
    HostCommands commands, Addresses addresses, Names names, AddressHost host) {
  /** A watcher whose settings have none of these. */
  public static final Surroundings NONE =
      new Surroundings((step, plan) -> Nothing.rejected(step), Nothing.INSTANCE, Nothing.INSTANCE);

  /** Of a watcher that is alone. */
  public Surroundings(HostCommands commands, Addresses addresses, Names names) {
    this(commands, addresses, names, AddressHost.NONE);
  }

  /** The same with another way to the floating address. */
  public Surroundings with(Addresses other) {
    return new Surroundings(commands, other, names, host);
  }

  private enum Nothing implements Addresses, Names {
    INSTANCE;

    private static CompletionStage<Outcome> rejected(Step step) {
      return CompletableFuture.completedFuture(
          Outcome.rejected(
              "cannot " + step.sentence() + ": this is not in the settings of this watcher"));
    }

    @Override
    public CompletionStage<Outcome> take(Step.HoldAddress step, Epoch epoch) {
      return rejected(step);
    }

    @Override
    public CompletionStage<Outcome> giveUp(Step.HoldAddress step) {
      return rejected(step);
    }

    @Override
    public CompletionStage<Outcome> keep(Step.HoldAddress step, Epoch epoch) {
      return rejected(step);
    }

    @Override
    public CompletionStage<Outcome> point(Step.PointName step) {
      return rejected(step);
    }

    @Override
    public CompletionStage<Optional<NameRecords>> read(Step.PointName step) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
  }
}
