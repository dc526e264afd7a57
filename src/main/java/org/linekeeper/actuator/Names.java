package org.linekeeper.actuator;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.linekeeper.state.NameRecords;
import org.linekeeper.state.Outcome;
import org.linekeeper.state.Step;

/** Records in the DNS. Nothing here blocks; every call completes with an outcome. */
public interface Names {
  /**
   * Makes the name say what the step wants if it says what the step found, and reads that back.
   * Rejected, and left alone, if it says something else: somebody else has changed it.
   */
  CompletionStage<Outcome> point(Step.PointName step);

  /** What the server says now; nothing if it does not answer as it should. */
  CompletionStage<Optional<NameRecords>> read(Step.PointName step);
}
