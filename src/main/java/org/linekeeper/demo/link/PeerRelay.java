package org.linekeeper.demo.link;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

/**
 * A port that stands for a watcher's, to which both others connect. Which of them it is, only its
 * certificate says: so here TLS ends, and begins again with the keys of the one that connects. It
 * has the keys of all of them, as nothing in an office may.
 */
public final class PeerRelay implements TcpRelay.Entrance {
  /** What Ratis speaks inside TLS: gRPC, which is HTTP/2. */
  private static final String HTTP_2 = "h2";

  private static final String NAMED = "CN=";

  private final Network network;
  private final String watcher;
  private final Map<String, SSLContext> keys;

  private PeerRelay(Network network, String watcher, Map<String, SSLContext> keys) {
    this.network = network;
    this.watcher = watcher;
    this.keys = keys;
  }

  /**
   * Opens a free port on loopback.
   *
   * @param watcher to whom connections go on
   * @param to where it listens
   * @param keys of all watchers, by name
   * @throws IOException if there is no free port
   */
  public static TcpRelay open(
      Network network, String watcher, InetSocketAddress to, Map<String, SSLContext> keys)
      throws IOException {
    return TcpRelay.open(network, new PeerRelay(network, watcher, keys), to);
  }

  /**
   * What each watcher shows and whom it trusts.
   *
   * @param directory as the command {@code keys} makes it
   */
  public static Map<String, SSLContext> keys(Path directory, Iterable<String> watchers) {
    Map<String, SSLContext> keys = new HashMap<>();
    watchers.forEach(watcher -> keys.put(watcher, key(directory, watcher)));
    return keys;
  }

  private static SSLContext key(Path directory, String watcher) {
    PemSslStoreDetails own =
        PemSslStoreDetails.forCertificate(location(directory, watcher + ".pem"))
            .withPrivateKey(location(directory, watcher + ".key"));
    PemSslStoreDetails authority =
        PemSslStoreDetails.forCertificate(location(directory, "authority.pem"));
    return SslBundle.of(new PemSslStoreBundle(own, authority)).createSslContext();
  }

  private static String location(Path directory, String name) {
    return directory.resolve(name).toUri().toString();
  }

  @Override
  public boolean answers() {
    return network.hasPower(watcher);
  }

  @Override
  public TcpRelay.Guest welcome(Socket near) throws IOException {
    SSLSocket known = around(near, key(watcher), false);
    String from = name(known);
    return new TcpRelay.Guest(new Link(from, watcher), known, far -> around(far, key(from), true));
  }

  private static SSLSocket around(Socket socket, SSLContext keys, boolean client)
      throws IOException {
    SSLSocket secure =
        (SSLSocket)
            keys.getSocketFactory()
                .createSocket(
                    socket, socket.getInetAddress().getHostAddress(), socket.getPort(), true);
    secure.setUseClientMode(client);
    SSLParameters parameters = secure.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {HTTP_2});
    parameters.setNeedClientAuth(!client);
    secure.setSSLParameters(parameters);
    secure.startHandshake();
    return secure;
  }

  private static String name(SSLSocket from) throws IOException {
    X509Certificate certificate = (X509Certificate) from.getSession().getPeerCertificates()[0];
    String subject = certificate.getSubjectX500Principal().getName();
    return Optional.of(subject)
        .filter(text -> text.startsWith(NAMED))
        .map(text -> text.substring(NAMED.length()))
        .orElseThrow(() -> new IOException(subject + " is no watcher"));
  }

  private SSLContext key(String of) throws IOException {
    return Optional.ofNullable(keys.get(of))
        .orElseThrow(() -> new IOException("there is no watcher called " + of));
  }
}
