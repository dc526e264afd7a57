package org.linekeeper.command;

import java.time.Instant;
import org.linekeeper.state.State;

/**
 * What is known at the moment somebody asks for something.
 *
 * @param state what the journal adds up to
 * @param now the time of day
 * @param watching what is thought of the PBXs now, in a short sentence for STATUS; may be empty
 */
public record Situation(State state, Instant now, String watching) {}
