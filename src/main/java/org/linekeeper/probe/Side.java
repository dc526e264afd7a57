package org.linekeeper.probe;

import org.linekeeper.asterisk.PbxLink;
import org.linekeeper.estate.PbxId;

/**
 * One PBX of two that call one another.
 *
 * @param peer the endpoint by which it knows the other
 * @param reporter of what is seen of it
 */
record Side(PbxLink link, String peer, Room room, Reporter reporter) {
  PbxId pbx() {
    return link.pbx();
  }
}
