package org.linekeeper.probe;

import java.util.Optional;
import org.linekeeper.estate.PbxId;
import org.linekeeper.sip.SipTransport;

/**
 * Where does the trunk's SIP reach one PBX?
 *
 * @param pbx which PBX
 * @param host name or address
 * @param port as shipped by Asterisk 5060
 * @param transport the trunk's real one: a PBX can be deaf on one and fine on the other
 * @param user the user part to ask for; empty for none, which Asterisk answers by itself
 */
public record SipAccess(
    PbxId pbx, String host, int port, SipTransport transport, Optional<String> user) {
  /** Such as {@code UDP 192.0.2.11:5060}. */
  String where() {
    return transport + " " + host + ":" + port;
  }
}
