package org.linekeeper.sip;

import java.time.Duration;

/**
 * What does a server say to a request?
 *
 * @param status the final status, 200 to 699
 * @param reason its phrase
 * @param ringing how long an INVITE rings (180) before the final status; zero for at once
 * @param extra further headers, such as Retry-After
 */
public record SipReply(int status, String reason, Duration ringing, SipHeaders extra) {
  /** 200 OK, at once. */
  public static final SipReply OK = at(200, "OK");

  /** 503, at once: the carrier is to try its next way. */
  public static final SipReply UNAVAILABLE = at(503, "Service Unavailable");

  /** 404, at once. */
  public static final SipReply NOT_FOUND = at(404, "Not Found");

  /** Checks the status. */
  public SipReply {
    if (status < 200 || status > 699) {
      throw new IllegalArgumentException("not a final SIP status: " + status);
    }
  }

  /** Any final status, at once. */
  public static SipReply at(int status, String reason) {
    return new SipReply(status, reason, Duration.ZERO, SipHeaders.NONE);
  }

  /** The same after ringing for so long. */
  public SipReply after(Duration ringing) {
    return new SipReply(status, reason, ringing, extra);
  }
}
