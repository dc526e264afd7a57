package org.linekeeper.actuator;

import java.util.concurrent.CompletionStage;
import org.linekeeper.state.Epoch;
import org.linekeeper.state.Outcome;
import org.linekeeper.state.Step;

/**
 * The floating address on this watcher's own host. Nothing here blocks; every call completes with
 * an outcome.
 */
public interface Addresses {
  /**
   * Takes it, tells the neighbours, and goes on renewing it. Only for one of whom it is known that
   * nobody else holds it any more.
   */
  CompletionStage<Outcome> take(Step.HoldAddress step, Epoch epoch);

  /** Stops renewing it, removes it, and reads back that it is gone. */
  CompletionStage<Outcome> giveUp(Step.HoldAddress step);

  /**
   * It is to be held here still: does nothing while it is renewed. After a restart it is renewed if
   * it is still there; if it has lapsed it is taken only if no neighbour answers for it.
   */
  CompletionStage<Outcome> keep(Step.HoldAddress step, Epoch epoch);
}
