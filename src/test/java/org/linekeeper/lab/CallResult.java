package org.linekeeper.lab;

import java.time.Duration;

/**
 * How one attempt to call ended.
 *
 * @param status the final SIP status; 0 if none came in time
 * @param server the Server header of the final answer: the name of the PBX that gave it; empty if
 *     there was none
 * @param took from the first INVITE to the final answer, or to giving up
 */
public record CallResult(int status, String server, Duration took) {
  /** Whether the call was answered by this PBX. */
  public boolean answeredBy(LabPbx pbx) {
    return status == 200 && server.equals(pbx.host().name());
  }
}
