package org.linekeeper.command;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.linekeeper.state.State;

/**
 * What is known at the moment somebody asks for something.
 *
 * @param state what the journal adds up to
 * @param now the time of day
 * @param watching what is thought of the PBXs now, in a short sentence for STATUS; may be empty
 * @param held what waits until a person confirms it
 * @param lostWatchers watchers that wait with an empty journal to be taken in again
 */
public record Situation(
    State state, Instant now, String watching, List<Held> held, Set<String> lostWatchers) {
  /** Copies its collections. */
  public Situation {
    held = List.copyOf(held);
    lostWatchers = Set.copyOf(lostWatchers);
  }

  /** While every watcher has its journal. */
  public Situation(State state, Instant now, String watching, List<Held> held) {
    this(state, now, watching, held, Set.of());
  }

  /** While nothing waits for anybody. */
  public Situation(State state, Instant now, String watching) {
    this(state, now, watching, List.of());
  }
}
