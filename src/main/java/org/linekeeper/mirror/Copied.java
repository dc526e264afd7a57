package org.linekeeper.mirror;

import java.time.Duration;
import java.util.Optional;
import org.linekeeper.estate.PbxId;

/**
 * How does the copying of one kind of rows stand?
 *
 * @param what for people, such as {@code contacts}
 * @param from the PBX that serves
 * @param to the other one
 * @param alike how many rows both have
 * @param own how many the other one has of its own, which are left alone
 * @param skipped how many cannot be copied: the other one lacks the AOR or has it full, or they are
 *     too long
 * @param at when both were last compared and written, by the watcher's own monotonic clock; zero if
 *     they never were
 * @param failures how many comparisons in a row, the latest among them, went wrong
 * @param trouble why it does not work now, in a clause; empty if it does
 */
public record Copied(
    String what,
    PbxId from,
    PbxId to,
    int alike,
    int own,
    int skipped,
    Duration at,
    int failures,
    Optional<String> trouble) {
  Copied failed(String why) {
    return new Copied(what, from, to, alike, own, skipped, at, failures + 1, Optional.of(why));
  }

  /** None was compared yet, and that went wrong. */
  static Copied never(String what, PbxId from, PbxId to, String why) {
    return new Copied(what, from, to, 0, 0, 0, Duration.ZERO, 1, Optional.of(why));
  }

  /** One sentence for people. */
  public String sentence(Duration now) {
    return what
        + " from "
        + from
        + " to "
        + to
        + ": "
        + trouble.orElseGet(
            () ->
                alike
                    + " alike, as of "
                    + Math.max(0, now.minus(at).toSeconds())
                    + " s ago"
                    + (own > 0 ? ", " + own + " of its own left alone" : "")
                    + (skipped > 0 ? ", " + skipped + " that cannot be copied" : ""));
  }
}
