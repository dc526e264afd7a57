package org.linekeeper.state;

import java.time.Instant;

/**
 * A time in which Linekeeper starts nothing by itself.
 *
 * @param by who asked for it
 * @param until when it ends by itself
 * @param reason why, for people to read
 */
public record Pause(Actor by, Instant until, String reason) {}
