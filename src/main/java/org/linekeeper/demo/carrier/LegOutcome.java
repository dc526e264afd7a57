package org.linekeeper.demo.carrier;

/**
 * What came of one attempt to ring a PBX.
 *
 * @param status the final SIP status, or 0 if none came in time
 * @param server who answered, as its Server header or its name says; empty if unknown
 * @param note a few words for the trace
 */
public record LegOutcome(int status, String server, String note) {

  public static LegOutcome answered(String server) {
    return new LegOutcome(200, server, "answered");
  }

  public static LegOutcome refused(int status, String server) {
    return new LegOutcome(status, server, "answered " + status);
  }

  /** No final answer: time-out, no route, connection refused. */
  public static LegOutcome silent(String note) {
    return new LegOutcome(0, "", note);
  }

  boolean answered() {
    return status >= 200 && status < 300;
  }

  /**
   * Whether the carrier counts it as a PBX that cannot be reached, and may try the next one: no
   * answer or 5xx. Busy (486), forbidden (403) and not found (404) are answers.
   */
  boolean unreachable() {
    return status == 0 || status / 100 == 5;
  }
}
