package org.linekeeper.estate;

import java.time.Duration;

/**
 * How failover behaves; every value is a setting with a default in its documentation.
 *
 * @param mode what Linekeeper may do by itself when it starts for the first time
 * @param holdDown after a failover, how long no second one happens by itself, and how long a PBX
 *     must have been healthy before it counts as returned; {@code 10m} as shipped
 * @param divertWhenNoPbx whether numbers go to mobiles by themselves when no PBX can serve
 * @param divertAfter how long no PBX must have been able to serve before that happens; {@code 15s}
 *     as shipped: long enough for a restart, short for a caller
 * @param returnAfter how long a PBX must have been healthy before an emergency diversion ends by
 *     itself; {@code 60s} as shipped
 * @param gateLease how long a closed gate stays closed when nobody renews it; {@code 5s} as shipped
 * @param confirmAbove an edit of the files that removes or now re-routes more numbers than this
 *     waits for a confirmation; {@code 5} as shipped
 */
public record Rules(
    Mode mode,
    Duration holdDown,
    boolean divertWhenNoPbx,
    Duration divertAfter,
    Duration returnAfter,
    Duration gateLease,
    int confirmAbove) {
  /** What Linekeeper may do by itself. */
  public enum Mode {
    /** Decides and acts. */
    AUTOMATIC,
    /** Decides and asks a person. */
    MANUAL,
    /** Only says what it would have done; touches neither PBX nor carrier, whoever asks. */
    OBSERVE
  }

  /** As shipped. */
  public static Rules defaults() {
    return new Rules(
        Mode.AUTOMATIC,
        Duration.ofMinutes(10),
        true,
        Duration.ofSeconds(15),
        Duration.ofSeconds(60),
        Duration.ofSeconds(5),
        5);
  }
}
