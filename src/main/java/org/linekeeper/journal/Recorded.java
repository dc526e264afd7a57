package org.linekeeper.journal;

import org.linekeeper.state.Entry;

/**
 * An entry in its place.
 *
 * @param number its place in the journal: 1 the first, without gaps
 * @param entry what it says
 */
public record Recorded(long number, Entry entry) {}
