package org.linekeeper.state;

import java.time.Instant;

/**
 * No PBX can serve: every number that may be moved rings on mobiles.
 *
 * @param since when it was decided
 * @param reason why
 */
public record Emergency(Instant since, String reason) {
  /** How the reason begins when the PBXs are well and it is the way to them that is not. */
  public static final String CUT_OFF = "the carrier cannot get in";

  /** Whether it is not over just because a PBX serves: nobody can see from inside. */
  public boolean cutOff() {
    return reason.startsWith(CUT_OFF);
  }
}
