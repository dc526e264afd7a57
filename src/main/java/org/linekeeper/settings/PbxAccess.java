package org.linekeeper.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.linekeeper.secret.Secret;

/**
 * How this watcher reaches one PBX.
 *
 * @param ami the manager interface
 * @param sip where the trunk's calls arrive
 * @param inboundContext dialplan context in which the carrier's calls begin, with gate and canary;
 *     {@code from-carrier} as shipped
 * @param peerEndpoint the PJSIP endpoint by which it knows the other PBX; {@code linekeeper-peer}
 *     as shipped, empty if the two are not to call one another
 */
public record PbxAccess(Ami ami, Sip sip, String inboundContext, Optional<String> peerEndpoint) {
  /** As shipped. */
  static final String INBOUND_CONTEXT = "from-carrier";

  /** As shipped. */
  static final String PEER_ENDPOINT = "linekeeper-peer";

  /** Authorities take days at worst, and people have holidays of two weeks. */
  static final Duration CERTIFICATE_WARNING = Duration.ofDays(21);

  /**
   * Asterisk's manager interface.
   *
   * @param port {@code 5038} as shipped, with TLS {@code 5039}
   * @param trust PEM file of the authority or certificate to trust; empty: those that Java trusts
   */
  public record Ami(
      String host, int port, boolean tls, Optional<Path> trust, String user, Secret password) {}

  /**
   * The trunk's SIP transport.
   *
   * @param host the AMI host unless said otherwise
   * @param port {@code 5060} as shipped, with TLS {@code 5061}
   * @param trust PEM file of the authority or certificate to trust over TLS; empty: those that Java
   *     trusts
   * @param certificateWarning how long before a certificate of this PBX ends people are told
   */
  public record Sip(
      String host,
      int port,
      Transport transport,
      Optional<Path> trust,
      Duration certificateWarning) {
    /** Without TLS. */
    public Sip(String host, int port, Transport transport) {
      this(host, port, transport, Optional.empty(), CERTIFICATE_WARNING);
    }
  }

  /** What SIP travels over. */
  public enum Transport {
    /** As shipped. */
    UDP,
    /** TCP without TLS. */
    TCP,
    /** TLS over TCP, with a certificate that is checked. */
    TLS
  }
}
