package org.linekeeper.verdict;

import java.time.Duration;
import org.linekeeper.estate.PbxId;

/**
 * What one probe saw of one PBX at one moment.
 *
 * @param pbx which PBX was asked
 * @param probe how it was asked
 * @param seen what came of it
 * @param at when that was known, by the watcher's own monotonic clock
 * @param took from asking to knowing; zero for news that nobody asked for
 * @param said one clause of evidence for people, such as {@code 503 Service Unavailable}
 */
public record Observation(
    PbxId pbx, Probe probe, Seen seen, Duration at, Duration took, String said) {
  /** The ways to ask a PBX. */
  public enum Probe {
    /**
     * The AMI connection itself: answered at login, closed if the PBX's side ended it in order,
     * reset if it broke.
     */
    AMI_SESSION,
    /** AMI Ping on the probe connection. */
    AMI_PING,
    /** A fresh TCP connection to the AMI port, tried when the session is gone or silent. */
    AMI_CONNECT,
    /** Logging in to AMI: turned away if the PBX denies it, silent if it connects but stalls. */
    AMI_LOGIN,
    /** SIP OPTIONS over the trunk's transport. */
    SIP_OPTIONS,
    /** A call through the production context, by AMI Originate. */
    CANARY,
    /**
     * A SIP call from the other PBX, with digits sent and sent back: the only sight of dead audio.
     * Answered if they came back, failed if it was answered and they did not.
     */
    ECHO,
    /**
     * A glance from the other PBX, by a SIP call that is not answered: asked while the PBX does not
     * answer this watcher. A second pair of eyes.
     */
    PEER_LOOK,
    /** The outbound registrations that must be up. */
    REGISTRATIONS,
    /** How many calls are up against the set limit: failed while more may be turned away. */
    CALL_LIMIT,
    /**
     * A call that the carrier itself placed through the trunk: answered if the PBX took it and
     * heard it, failed if it says itself that it took it and heard something else or nothing,
     * silent if nobody took it, turned away if somebody else did. Real evidence from outside, but
     * rare, since each one costs money.
     */
    CARRIER_CALL,
    /**
     * The certificates that the PBX presents: failed while one is about to run out, has run out or
     * is not believed.
     */
    TLS_CERT,
    /**
     * A small row of Linekeeper's own, written into AstDB and read back: failed if the disk takes
     * no more, say.
     */
    ASTDB,
    /** The PBX's own word that it is going down. */
    SHUTDOWN
  }

  /** What can come of asking. */
  public enum Seen {
    /** All is well as far as this probe can see. */
    ANSWERED,
    /** Nothing by the deadline. */
    SILENT,
    /** The host answered that nobody listens there. */
    REFUSED,
    /** The other side ended the connection, as the host does when a process is gone. */
    CLOSED,
    /**
     * The connection was reset: by the other side's host that had not read everything, or by a
     * firewall in between that wants this watcher no more. Proof of nothing.
     */
    RESET,
    /** It answered, and the answer was that it does not serve (SIP 503, login denied). */
    TURNED_AWAY,
    /** It answered, and what was asked for did not work. */
    FAILED,
    /** It could not be asked, or this watcher may not: says nothing of whether calls run. */
    NOT_ASKED
  }
}
