package org.linekeeper.state;

import java.time.Instant;

/**
 * A command that waits for the sender to repeat a code: whoever forged the sender never sees it.
 *
 * @param commandText the command as it was texted
 * @param codeHash salted hash of the code, as the command room makes it; never the code itself
 * @param expires when it is too late
 * @param wrongTries how often a wrong code was sent
 */
public record Challenge(String commandText, String codeHash, Instant expires, int wrongTries) {}
