package org.linekeeper.settings;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the page and the API are, and who may see them.
 *
 * @param bind address to listen on; {@code 127.0.0.1} as shipped
 * @param port TCP port; {@code 8080} as shipped
 * @param publicUrl the address people and the carrier use, if it is another
 * @param users who may log in; empty only on loopback, where no login is asked
 * @param tls certificate and key; empty: plain HTTP
 * @param plainHttpAllowed whether plain HTTP beyond loopback was asked for: behind a proxy that
 *     does TLS
 * @param trustedProxies addresses of proxies on other machines, as Java writes them: what they say
 *     of who asks is believed, as is one on this machine; none as shipped
 */
public record WebSettings(
    String bind,
    int port,
    Optional<URI> publicUrl,
    List<User> users,
    Optional<Tls> tls,
    boolean plainHttpAllowed,
    List<String> trustedProxies) {
  /** Copies its lists. */
  public WebSettings {
    users = List.copyOf(users);
    trustedProxies = List.copyOf(trustedProxies);
  }

  /** With no proxy but one on this machine. */
  public WebSettings(
      String bind,
      int port,
      Optional<URI> publicUrl,
      List<User> users,
      Optional<Tls> tls,
      boolean plainHttpAllowed) {
    this(bind, port, publicUrl, users, tls, plainHttpAllowed, List.of());
  }

  /** As shipped. */
  public static WebSettings defaults() {
    return new WebSettings("127.0.0.1", 8080, Optional.empty(), List.of(), Optional.empty(), false);
  }

  /** What a user may do. */
  public enum Role {
    /** Sees everything, changes nothing. */
    VIEWER,
    /** May also divert, return, switch over, pause. */
    OPERATOR
  }

  /**
   * Somebody who may log in.
   *
   * @param password its hash
   */
  public record User(String name, PasswordHash password, Role role) {}

  /**
   * What HTTPS needs, as PEM files.
   *
   * @param certificate the certificate, followed by those in between
   * @param key its private key, unencrypted, readable by Linekeeper's user only
   */
  public record Tls(Path certificate, Path key) {}

  /** Whether only this machine can reach the page. */
  public boolean loopback() {
    return bind.equals("localhost") || bind.equals("::1") || bind.matches("127(\\.[0-9]{1,3}){3}");
  }
}
