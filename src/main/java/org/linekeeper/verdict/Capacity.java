package org.linekeeper.verdict;

import java.time.Duration;
import java.util.Optional;

/**
 * Whether a PBX turned calls away because it is full. At its limit calls come and go, so that is
 * not always its verdict, and who looks now need not see what was so a moment ago.
 *
 * @param fullAt when its call limit was last seen to be reached, by the watcher's own monotonic
 *     clock; empty if it never was
 * @param roomAt when it was last seen to have room; empty if nobody has been able to see that
 *     lately
 */
public record Capacity(Optional<Duration> fullAt, Optional<Duration> roomAt) {
  /** Of a PBX whose limit nobody sees. */
  public static final Capacity UNKNOWN = new Capacity(Optional.empty(), Optional.empty());

  /**
   * What is known now, and where that is nothing, what was known before: a new AMI session begins
   * with knowing nothing, and a PBX that is full is one that loses sessions.
   *
   * @param oldest room that was seen before that is of no use any more
   */
  public Capacity after(Capacity before, Duration oldest) {
    return new Capacity(
        fullAt.or(before::fullAt),
        roomAt.or(() -> before.roomAt.filter(at -> at.compareTo(oldest) > 0)));
  }
}
