package org.linekeeper.sip;

import java.time.Duration;
import java.util.Optional;
import org.linekeeper.net.TlsFault;

/**
 * What came back when we asked?
 *
 * @param kind the case
 * @param status the SIP status of the final response; 0 unless {@link Kind#ANSWERED}
 * @param retryAfter how long it asked us to stay away
 * @param server who answered, by its Server or User-Agent header; empty text if it did not say
 * @param took from sending until we knew; with {@link Kind#TIMED_OUT}, how much it exceeds the
 *     deadline tells how late this process itself was
 * @param said what the final response says, such as {@code 503 Service Unavailable}; empty unless
 *     {@link Kind#ANSWERED}
 * @param sentence what happened, for people
 */
public record SipAnswer(
    Kind kind,
    int status,
    Optional<Duration> retryAfter,
    String server,
    Duration took,
    String said,
    String sentence) {
  /** The cases. */
  public enum Kind {
    /** A final response came, whatever its status. */
    ANSWERED,
    /** Nothing came within the deadline. */
    TIMED_OUT,
    /** The host says that nothing listens there (ICMP port unreachable, TCP reset). */
    REFUSED,
    /**
     * Nothing was asked: there is no TLS with whoever is there, or no certificate to believe. Says
     * nothing of whether calls run.
     */
    NOT_TRUSTED,
    /**
     * It could not be asked: no route, no local address, no file descriptor, connection closed by
     * the peer, or we are stopping.
     */
    ERROR
  }

  static SipAnswer answered(SipTarget target, SipMessage response, Duration took) {
    String said = response.status() + (response.reason().isEmpty() ? "" : " " + response.reason());
    return new SipAnswer(
        Kind.ANSWERED,
        response.status(),
        response.retryAfter(),
        response.software(),
        took,
        said,
        target + " answered " + said + " in " + Took.words(took));
  }

  static SipAnswer timedOut(SipTarget target, Duration deadline, Duration took) {
    return without(Kind.TIMED_OUT, took, target + " did not answer within " + Took.words(deadline));
  }

  static SipAnswer refused(SipTarget target, Duration took) {
    return without(
        Kind.REFUSED, took, target + " refused: the host is there but nothing listens on it");
  }

  static SipAnswer notTrusted(SipTarget target, Duration took, TlsFault fault) {
    return without(
        Kind.NOT_TRUSTED,
        took,
        target
            + " cannot be asked over TLS: "
            + fault.words()
            + (fault == TlsFault.WRONG_NAME
                ? target.tls().map(tls -> " than " + tls.host()).orElse("")
                : "")
            + ", and a carrier that checks it delivers no calls there; "
            + fault.remedy());
  }

  static SipAnswer error(SipTarget target, Duration took, String why) {
    return without(Kind.ERROR, took, "asking " + target + " failed: " + why);
  }

  private static SipAnswer without(Kind kind, Duration took, String sentence) {
    return new SipAnswer(kind, 0, Optional.empty(), "", took, "", sentence);
  }

  /** Was it answered with a 2xx? */
  public boolean ok() {
    return kind == Kind.ANSWERED && status >= 200 && status < 300;
  }
}
