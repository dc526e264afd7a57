package org.linekeeper.sip;

import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Optional;

/**
 * Whom do we speak SIP with, and as whom?
 *
 * @param address of the PBX, resolved
 * @param transport the trunk's real one: a PBX may be deaf on one and fine on the other
 * @param user the user part of the request URI; empty text for none. Asterisk answers OPTIONS
 *     without a user by itself, and with one only if it is an extension of the endpoint's context
 *     (else 404)
 * @param fromUser who we say we are; Asterisk may identify the endpoint by it
 * @param tls whose certificate is expected; there if the transport is TLS
 */
public record SipTarget(
    InetSocketAddress address,
    SipTransport transport,
    String user,
    String fromUser,
    Optional<SipTls> tls) {
  /**
   * Checks that it can be written into a message.
   *
   * @throws IllegalArgumentException if the address is not resolved, a user is no plain name, or
   *     TLS lacks whom to expect
   */
  public SipTarget {
    if (address.isUnresolved()) {
      throw new IllegalArgumentException("not resolved: " + address);
    }
    if (tls.isPresent() != (transport == SipTransport.TLS)) {
      throw new IllegalArgumentException("TLS, and only TLS, needs to know whom to expect");
    }
    if (!isUser(user) || !isUser(fromUser)) {
      throw new IllegalArgumentException("not a SIP user name: " + user + ", " + fromUser);
    }
  }

  /** Without TLS. */
  public SipTarget(
      InetSocketAddress address, SipTransport transport, String user, String fromUser) {
    this(address, transport, user, fromUser, Optional.empty());
  }

  /** That PBX over UDP, no user in the request URI, and we are {@code linekeeper}. */
  public static SipTarget udp(InetSocketAddress address) {
    return new SipTarget(address, SipTransport.UDP, "", "linekeeper");
  }

  /** That PBX over TCP, no user in the request URI, and we are {@code linekeeper}. */
  public static SipTarget tcp(InetSocketAddress address) {
    return new SipTarget(address, SipTransport.TCP, "", "linekeeper");
  }

  /** The request URI: {@code sip:user@host:port}, with the transport if it is not UDP. */
  String uri(String forUser) {
    String at = forUser.isEmpty() ? "" : forUser + "@";
    String suffix = transport == SipTransport.UDP ? "" : ";transport=" + name();
    return "sip:" + at + SipSyntax.hostPort(address) + suffix;
  }

  private String name() {
    return transport.name().toLowerCase(Locale.ROOT);
  }

  static boolean isUser(String text) {
    // + and * and # are dialled, and RFC 3261 would escape the last; Asterisk takes it as it is
    return text.chars()
            .allMatch(c -> Character.isLetterOrDigit(c) || "+*#-_.!~'()&=$".indexOf(c) >= 0)
        && text.length() <= 128;
  }

  @Override
  public String toString() {
    return name() + " " + SipSyntax.hostPort(address);
  }
}
