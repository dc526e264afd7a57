package org.linekeeper.demo.carrier;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** PBXs that answer as a test says, without SIP; by default all of them answer. */
final class Pbxs implements CallLeg {
  static final String PRIMARY = "sip:192.0.2.10:5060";
  static final String STANDBY = "sip:192.0.2.11:5060";

  private final Map<String, LegOutcome> outcomes = new ConcurrentHashMap<>();

  Pbxs say(String sipUri, LegOutcome outcome) {
    outcomes.put(sipUri, outcome);
    return this;
  }

  @Override
  public LegOutcome place(String sipUri, String to, String from, Duration deadline) {
    return outcomes.getOrDefault(sipUri, LegOutcome.answered("PBX at " + sipUri));
  }
}
