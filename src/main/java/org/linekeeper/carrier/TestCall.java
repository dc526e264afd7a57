package org.linekeeper.carrier;

import java.time.Instant;

/**
 * A test call that the carrier placed, as it stands now.
 *
 * @param sid the carrier's name for it
 * @param at when it was asked for
 * @param stage how far it got
 * @param said the carrier's own word for that
 */
public record TestCall(String sid, Instant at, Stage stage, String said) {
  /** How far a call got. */
  public enum Stage {
    /** It waits, rings or is up. */
    UNDER_WAY,
    /** It was answered and is over. */
    WAS_ANSWERED,
    /** It is over and nobody answered. */
    NOT_ANSWERED
  }

  /** Whether it may still change. */
  public boolean underWay() {
    return stage == Stage.UNDER_WAY;
  }
}
