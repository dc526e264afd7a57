package org.linekeeper.state;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.linekeeper.estate.PbxId;

/**
 * What is about to be done to the world, and why: durable in the journal before the first step.
 *
 * @param id unique
 * @param epoch the epoch in which it may be carried out
 * @param kind what sort of change it is
 * @param reason one sentence, shown wherever the plan is shown
 * @param at when it was decided
 * @param from the PBX that served before, if the plan changes that
 * @param to the PBX that serves from now on, if the plan changes that
 * @param steps in the order in which they matter most; they may be carried out side by side
 */
public record Plan(
    String id,
    Epoch epoch,
    Kind kind,
    String reason,
    Instant at,
    Optional<PbxId> from,
    Optional<PbxId> to,
    List<Step> steps) {
  /** The sorts of change. */
  public enum Kind {
    /** Unplanned: the serving PBX cannot serve. */
    FAILOVER,
    /** Planned: both are healthy. */
    SWITCHOVER,
    /** Back to the primary. */
    FAILBACK,
    /** Numbers to mobiles or back. */
    REDIRECT;

    /** Whether it changes which PBX serves. */
    public boolean changesRole() {
      return this != REDIRECT;
    }
  }

  /** Copies its list. */
  public Plan {
    steps = List.copyOf(steps);
  }
}
