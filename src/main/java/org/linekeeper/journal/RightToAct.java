package org.linekeeper.journal;

import java.time.Duration;

/**
 * From when until when the watcher that leads may begin something, by its own monotonic clock. Two
 * watchers never may at once, although one that was cut off or stood still learns late that another
 * one leads: it may only for {@link #HOLDS} after it asked for something to be committed that was,
 * in the term in which it leads; and whoever leads next waits for so long first. A majority that
 * has voted for another leader commits nothing of an earlier term any more, so what was asked for
 * before that vote is the last that can hold.
 *
 * @param term in which it leads, as the journal counts them; -1 while it does not lead
 * @param from it may not act earlier
 * @param until nor later
 */
public record RightToAct(long term, Duration from, Duration until) {
  /** For so long a commit holds, counted from when it was asked for. */
  public static final Duration HOLDS = Duration.ofSeconds(1);

  /** How often it is asked for: one commit may be late, and each is a write to the disk. */
  public static final Duration ASKED_EVERY = Duration.ofMillis(300);

  /** A leader of which nothing was committed for so long beyond that is to let another one lead. */
  static final Duration LAPSED = Duration.ofMillis(500);

  /** By how much one clock may run faster than another one, as a share. */
  private static final double DRIFT = 0.01;

  /** Of a watcher that does not lead. */
  public static final RightToAct NONE = new RightToAct(-1, Duration.ZERO, Duration.ZERO);

  /** What becomes of it when the watcher is found to lead in that term. */
  public RightToAct leading(long inTerm, Duration now) {
    return inTerm == term
        ? this
        : new RightToAct(inTerm, now.plusNanos((long) (HOLDS.toNanos() * (1 + DRIFT))), now);
  }

  /** What was asked for at that moment was committed by this watcher, leading in that term. */
  public RightToAct confirmed(long inTerm, Duration asked) {
    Duration holds = asked.plus(HOLDS);
    return inTerm == term && holds.compareTo(until) > 0 ? new RightToAct(term, from, holds) : this;
  }

  /** Whether it leads and has not been able to act for some time. */
  boolean lapsed(Duration now) {
    return term >= 0
        && now.compareTo(from.plus(LAPSED)) >= 0
        && now.compareTo(until.plus(LAPSED)) >= 0;
  }

  /** Whether it may act at that moment. */
  public boolean holds(Duration now) {
    return now.compareTo(from) >= 0 && now.compareTo(until) < 0;
  }
}
