package org.linekeeper.carrier.twilio;

import java.time.Duration;

/**
 * How do the mobiles of a diverted number ring? Part of the divert URL, so that the Function which
 * answers it needs no settings.
 *
 * @param office whether they show the office's number, whoever calls; otherwise the caller's where
 *     there is one
 * @param atMost how long they ring before the caller is told that nobody answers
 */
public record Ringing(boolean office, Duration atMost) {
  /** What the Function does when nobody says otherwise. */
  private static final Duration UNSAID = Duration.ofSeconds(25);

  /** As shipped: some networks block callers' numbers that arrive from abroad. */
  public static final Ringing SHIPPED = new Ringing(true, UNSAID);

  /** Says only what the Function would do otherwise: how long a VoiceUrl may be is unverified. */
  String query() {
    return (office ? "&show=office" : "")
        + (atMost.equals(UNSAID) ? "" : "&timeout=" + atMost.toSeconds());
  }
}
