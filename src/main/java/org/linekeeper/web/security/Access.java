package org.linekeeper.web.security;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.linekeeper.settings.WebSettings;

/**
 * Who has to log in, and under which names the page may be asked for.
 *
 * @param login whether people have to log in: always, unless only this machine can reach the page
 *     and no other way in was set up
 * @param loopback whether the address listened on is this machine's own
 * @param publicHost the name people use from elsewhere, without port; empty if there is none
 */
public record Access(boolean login, boolean loopback, Optional<String> publicHost) {
  /** As the settings have it. */
  public static Access of(WebSettings settings) {
    Optional<String> elsewhere =
        settings
            .publicUrl()
            .map(URI::getHost)
            .map(host -> host.toLowerCase(Locale.ROOT))
            .filter(host -> !thisMachine(host));
    // A public address in front of a loopback one is a proxy: whoever comes through it is a guest.
    boolean login = !settings.loopback() || elsewhere.isPresent() || !settings.users().isEmpty();
    return new Access(login, settings.loopback(), elsewhere);
  }

  /**
   * Whether a request under that name may come in. A page of somebody else's whose name was pointed
   * at this machine (DNS rebinding) has another one. Beyond loopback the login keeps such pages
   * out: the browser has no cookie for their name.
   */
  boolean allows(String hostHeader) {
    String host = withoutPort(hostHeader).toLowerCase(Locale.ROOT);
    return !loopback || thisMachine(host) || publicHost.equals(Optional.of(host));
  }

  private static boolean thisMachine(String host) {
    return host.equals("localhost")
        || host.equals("[::1]")
        || host.matches("127(\\.[0-9]{1,3}){3}");
  }

  private static String withoutPort(String hostHeader) {
    int colon = hostHeader.lastIndexOf(':');
    return colon > hostHeader.lastIndexOf(']') && colon >= 0
        ? hostHeader.substring(0, colon)
        : hostHeader;
  }
}
