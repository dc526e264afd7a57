package org.linekeeper.sip;

import java.time.Duration;

/**
 * What came of a call that was placed?
 *
 * @param kind the case
 * @param status the final SIP status; 0 if there was none
 * @param server who answered or refused, by its Server or User-Agent header; empty if it did not
 *     say
 * @param contact the URI of who answered; empty text unless {@link Kind#ANSWERED}
 * @param took from the INVITE to the final answer, or to when it was given up
 * @param sentence what happened, for people
 */
public record CallResult(
    Kind kind, int status, String server, String contact, Duration took, String sentence) {
  /** The cases. */
  public enum Kind {
    /** A 2xx came: somebody or something picked up. */
    ANSWERED,
    /** Another final status came; 503 is the one that makes a carrier try its next way. */
    REJECTED,
    /** No final status came in time, or the caller hung up while it rang. */
    GIVEN_UP,
    /** The host says that nothing listens there. */
    REFUSED,
    /** It could not be sent. */
    ERROR
  }

  /** How did an answered call come to its end? */
  public enum End {
    /** It was never answered. */
    NEVER_BEGAN,
    /** We said BYE and that was confirmed. */
    HUNG_UP_HERE,
    /** The other side said BYE. */
    HUNG_UP_THERE,
    /** We said BYE and nobody heard: the PBX is gone. */
    LOST
  }

  /** Did somebody or something pick up? */
  public boolean answered() {
    return kind == Kind.ANSWERED;
  }

  static CallResult of(CallRequest call, SipMessage last, Duration took) {
    Kind kind = last.status() < 300 ? Kind.ANSWERED : Kind.REJECTED;
    String contact = kind == Kind.ANSWERED ? SipSyntax.uriOf(last.header("Contact")) : "";
    String by = last.software().isEmpty() ? "" : " (" + last.software() + ")";
    String said = last.status() + " " + last.reason() + " in " + Took.words(took);
    String sentence = about(call) + (kind == Kind.ANSWERED ? "answered" : "rejected") + ": " + said;
    return new CallResult(kind, last.status(), last.software(), contact, took, sentence + by);
  }

  static CallResult givenUp(CallRequest call, boolean rang, Duration took) {
    String why = rang ? "it was not picked up within " : "no sign of life within ";
    return without(Kind.GIVEN_UP, call, took, "given up: " + why + Took.words(took));
  }

  static CallResult refused(CallRequest call, Duration took) {
    return without(Kind.REFUSED, call, took, "refused: nothing listens there");
  }

  static CallResult error(CallRequest call, Duration took, String why) {
    return without(Kind.ERROR, call, took, "failed: " + why);
  }

  private static CallResult without(Kind kind, CallRequest call, Duration took, String what) {
    return new CallResult(kind, 0, "", "", took, about(call) + what);
  }

  private static String about(CallRequest call) {
    return "call to " + call.number() + " through " + call.target() + " ";
  }
}
