package org.linekeeper.demo.pbx;

import java.util.Set;

/**
 * One AMI action.
 *
 * @param name as it is asked for, in any case
 * @param synopsis what ListCommands says of it
 * @param authority one of these is needed; empty for none
 */
record AmiAction(String name, String synopsis, Set<AmiClass> authority, Handler handler) {
  /** What it does. */
  interface Handler {
    void act(AmiSession session, AmiRequest request);
  }

  boolean allowedTo(Set<AmiClass> write) {
    return authority.isEmpty() || authority.stream().anyMatch(write::contains);
  }
}
