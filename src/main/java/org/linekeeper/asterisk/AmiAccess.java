package org.linekeeper.asterisk;

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
  /** Such as {@code primary.example.net:5038}. */
  String where() {
    return host + ":" + port;
  }
}
