package org.linekeeper.state;

import java.time.Instant;

/**
 * No PBX can serve: every number that may be moved rings on mobiles.
 *
 * @param since when it was decided
 * @param reason why
 */
public record Emergency(Instant since, String reason) {}
