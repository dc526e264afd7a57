package org.linekeeper.web;

import java.time.Duration;
import java.util.Optional;
import org.linekeeper.estate.PbxId;

/**
 * How one kind of rows stands that is kept on the PBX that stands by, for the metrics.
 *
 * @param what such as {@code contacts}
 * @param from the PBX that serves
 * @param to the other one
 * @param rows how many both have
 * @param skipped how many cannot be copied
 * @param at when both were last compared and written, by the watcher's own monotonic clock; empty
 *     if they never were
 * @param failures how many comparisons in a row, the latest among them, went wrong
 */
public record Mirrored(
    String what,
    PbxId from,
    PbxId to,
    int rows,
    int skipped,
    Optional<Duration> at,
    int failures) {}
