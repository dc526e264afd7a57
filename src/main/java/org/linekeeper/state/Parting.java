package org.linekeeper.state;

import java.time.Instant;
import java.util.UUID;

/**
 * A person had one watcher go on alone, without those with whom it kept the journal: that journal
 * ended there, whatever the others still add to theirs.
 *
 * @param ended the journal that ended, by its own name
 * @param watcher the one that went on
 * @param by who had it do so
 * @param at when, by that watcher's clock
 */
public record Parting(UUID ended, String watcher, Actor by, Instant at) {}
