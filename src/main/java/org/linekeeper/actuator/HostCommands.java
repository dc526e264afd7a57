package org.linekeeper.actuator;

import java.util.concurrent.CompletionStage;
import org.linekeeper.state.Outcome;
import org.linekeeper.state.Plan;
import org.linekeeper.state.Step;

/** Runs the office's own programs. Nothing here blocks, and nothing runs past its deadline. */
public interface HostCommands {
  /**
   * Runs the step's ways one after another until one succeeds.
   *
   * @param plan to which it belongs; the program is told of it
   * @return rejected if the last of them ended with another status than 0, unknown if it had to be
   *     ended: nobody knows how far it had come
   */
  CompletionStage<Outcome> run(Step.RunCommand step, Plan plan);
}
