package org.linekeeper.demo.carrier;

import java.time.Duration;

/** How the simulated carrier rings a PBX: an INVITE to a SIP URI, hung up as soon as answered. */
public interface CallLeg {
  /**
   * Places one call and waits for its end.
   *
   * @param sipUri an origination URL, such as {@code sip:192.0.2.10:5060}
   * @param to the office's number, in E.164
   * @param from the caller's number, in E.164, or {@code anonymous}
   * @param deadline after which the call is given up
   */
  LegOutcome place(String sipUri, String to, String from, Duration deadline);

  /**
   * The same, keying digits once it is answered; each w is a pause of half a second.
   *
   * @param digits empty text for none
   */
  default LegOutcome place(
      String sipUri, String to, String from, Duration deadline, String digits) {
    return place(sipUri, to, from, deadline);
  }

  /** Nobody can be reached: for carriers that are started without any PBX. */
  static CallLeg nowhere() {
    return (sipUri, to, from, deadline) -> LegOutcome.silent("no SIP in this set-up");
  }
}
