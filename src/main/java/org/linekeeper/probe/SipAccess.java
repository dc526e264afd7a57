package org.linekeeper.probe;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import org.linekeeper.estate.PbxId;
import org.linekeeper.sip.SipTarget;
import org.linekeeper.sip.SipTls;
import org.linekeeper.sip.SipTransport;

/**
 * Where does the trunk's SIP reach one PBX?
 *
 * @param pbx which PBX
 * @param host name or address
 * @param port as shipped by Asterisk 5060
 * @param transport the trunk's real one: a PBX can be deaf on one and fine on the other
 * @param user the user part to ask for; empty for none, which Asterisk answers by itself
 * @param trust with TLS, PEM file of the authority or certificate to trust; empty: those that Java
 *     trusts
 */
public record SipAccess(
    PbxId pbx,
    String host,
    int port,
    SipTransport transport,
    Optional<String> user,
    Optional<Path> trust) {
  /** Without TLS, or with the authorities that Java trusts. */
  public SipAccess(
      PbxId pbx, String host, int port, SipTransport transport, Optional<String> user) {
    this(pbx, host, port, transport, user, Optional.empty());
  }

  /** Whom to ask, at the address that the host's name leads to. */
  SipTarget target(InetSocketAddress address) {
    Optional<SipTls> tls =
        transport == SipTransport.TLS ? Optional.of(new SipTls(host, trust)) : Optional.empty();
    return new SipTarget(address, transport, user.orElse(""), "linekeeper", tls);
  }

  /** Such as {@code UDP 192.0.2.11:5060}. */
  String where() {
    return transport + " " + host + ":" + port;
  }
}
