package org.linekeeper.demo.pbx;

/**
 * A call that reached a simulated PBX: who called whom, and what it said?
 *
 * @param pbx its name
 * @param number the number dialled
 * @param caller the caller's number; empty text if withheld
 * @param status the final SIP status it answered with; 200 is sent when the caller has confirmed
 */
public record PbxCall(String pbx, String number, String caller, int status) {
  /** Was it this PBX that took the call? */
  public boolean answered() {
    return status == 200;
  }
}
