package org.linekeeper.asterisk;

import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;
import org.linekeeper.estate.PbxId;
import org.linekeeper.secret.Secret;

/**
 * How does this watcher log in to one PBX's manager interface?
 *
 * @param pbx whose
 * @param host name or address; with TLS, the certificate must carry it
 * @param port as shipped by Asterisk 5038, with TLS 5039
 * @param tls whether the connection is encrypted and the host's name checked
 * @param trust PEM file of the authority or certificate to trust; empty: those that Java trusts
 * @param user the manager user
 * @param password its secret; never printed
 */
public record AmiAccess(
    PbxId pbx,
    String host,
    int port,
    boolean tls,
    Optional<Path> trust,
    String user,
    Secret password) {
  /**
   * Where that is at this moment; may take as long as the name servers do.
   *
   * @throws UnknownHostException if the name leads nowhere, in words for people
   */
  InetSocketAddress lookUp() throws UnknownHostException {
    InetSocketAddress found = new InetSocketAddress(host, port);
    if (found.isUnresolved()) {
      throw new UnknownHostException(
          host + " is not in the DNS; correct the name, or give its address");
    }
    return found;
  }

  /** Such as {@code primary.example.net:5038}. */
  String where() {
    return host + ":" + port;
  }
}
