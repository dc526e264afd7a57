package org.linekeeper.asterisk;

import java.time.Duration;

/**
 * What became of the AMI session, or of an attempt to get one?
 *
 * @param kind the case
 * @param took how long the attempt took; zero for the end of a session
 * @param said one clause for people
 */
public record SessionNews(Kind kind, Duration took, String said) {
  /** The cases. */
  public enum Kind {
    /** Logged in. */
    UP,
    /** The host answered that nobody listens there. */
    REFUSED,
    /** No TCP connection by the deadline, or no route. */
    UNREACHABLE,
    /** It took the connection and then did not get as far as a login. */
    STALLED,
    /** It took the connection and ended it before the login was through. */
    CUT,
    /** It denied the login. */
    DENIED,
    /** What answered does not speak AMI, or not with the TLS that was asked for. */
    NOT_AMI,
    /** The PBX ended a session that was up, in order, as the kernel also does for a dead one. */
    CLOSED,
    /** A session that was up was reset, by the PBX or by a firewall in between. */
    RESET,
    /** Ended by this side: it had been silent for too long, or is no longer wanted. */
    DROPPED
  }
}
