package org.linekeeper.sip;

import java.time.Duration;

/**
 * Which call is to be placed?
 *
 * @param target the PBX it is offered to, as a carrier would; its {@code user} is not used
 * @param number whom it is for: the user part of the request URI, such as {@code +441632960100}
 * @param from the caller's number, the user part of From
 * @param answerWithin after this it is given up (CANCEL), or hung up should the answer cross that
 * @param talk how long an answered call lasts before we hang up
 * @param extra further headers of the INVITE, {@link SipHeaders#NONE} for none
 * @param digits keyed once it is answered, over RTP to where the answer says (RFC 4733); each w is
 *     a pause of half a second; with empty text there is no sound at all
 */
public record CallRequest(
    SipTarget target,
    String number,
    String from,
    Duration answerWithin,
    Duration talk,
    SipHeaders extra,
    String digits) {
  /**
   * Checks that it can be written into a message.
   *
   * @throws IllegalArgumentException if a number has characters that no number or user name has
   */
  public CallRequest {
    if (number.isEmpty() || !SipTarget.isUser(number) || !SipTarget.isUser(from)) {
      throw new IllegalArgumentException("cannot be dialled: " + number + " from " + from);
    }
    if (!digits.matches("[0-9*#w]{0,32}")) {
      throw new IllegalArgumentException("cannot be keyed: " + digits);
    }
  }

  /** A call without further headers. */
  public static CallRequest of(
      SipTarget target, String number, String from, Duration answerWithin, Duration talk) {
    return new CallRequest(target, number, from, answerWithin, talk, SipHeaders.NONE, "");
  }

  /** The same, keying digits once it is answered. */
  public CallRequest keying(String keys) {
    return new CallRequest(target, number, from, answerWithin, talk, extra, keys);
  }
}
