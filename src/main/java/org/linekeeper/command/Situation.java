package org.linekeeper.command;

import java.time.Instant;
import java.util.List;
import org.linekeeper.state.State;

/**
 * What is known at the moment somebody asks for something.
 *
 * @param state what the journal adds up to
 * @param now the time of day
 * @param watching what is thought of the PBXs now, in a short sentence for STATUS; may be empty
 * @param held what waits until a person confirms it
 */
public record Situation(State state, Instant now, String watching, List<Held> held) {
  /** Copies its list. */
  public Situation {
    held = List.copyOf(held);
  }

  /** While nothing waits for anybody. */
  public Situation(State state, Instant now, String watching) {
    this(state, now, watching, List.of());
  }
}
