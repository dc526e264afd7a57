package org.linekeeper.net;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Whom does an encrypted connection trust? Files are read anew each time: one may be renewed. */
public final class TrustedTls {
  private TrustedTls() {}

  /**
   * Sockets that trust the certificates in that PEM file and no others, or what Java trusts.
   *
   * @throws SSLException if the file cannot be used
   */
  public static SSLSocketFactory factory(Optional<Path> trust) throws SSLException {
    return context(trustManager(trust)).getSocketFactory();
  }

  /**
   * The same for a connection without a thread: the certificate must carry that host's name.
   *
   * @throws SSLException if the file cannot be used
   */
  public static SSLEngine engine(String host, int port, Optional<Path> trust) throws SSLException {
    SSLEngine engine = context(trustManager(trust)).createSSLEngine(host, port);
    engine.setUseClientMode(true);
    engine.setSSLParameters(checkingTheName(engine.getSSLParameters()));
    return engine;
  }

  /** Without this the JDK checks the certificate but not whose it is. */
  public static SSLParameters checkingTheName(SSLParameters parameters) {
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    return parameters;
  }

  static SSLContext context(TrustManager trust) throws SSLException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {trust}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new SSLException("this machine's Java has no TLS: " + e, e);
    }
  }

  static X509ExtendedTrustManager trustManager(Optional<Path> trust) throws SSLException {
    try {
      TrustManagerFactory trusted =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trusted.init(trust.isPresent() ? store(trust.get()) : null);
      return Stream.of(trusted.getTrustManagers())
          .filter(X509ExtendedTrustManager.class::isInstance)
          .map(X509ExtendedTrustManager.class::cast)
          .findFirst()
          .orElseThrow(() -> new GeneralSecurityException("no judge of certificates in this Java"));
    } catch (IOException | GeneralSecurityException e) {
      throw new UnusableTrust(
          "the certificates to trust"
              + trust.map(file -> " in " + file).orElse("")
              + " cannot be used: "
              + e,
          e);
    }
  }

  private static KeyStore store(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(file)) {
      int number = 0;
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("trusted-" + number++, certificate);
      }
    }
    return store;
  }

  /** The fault is at this end: the file of whom to trust. */
  static final class UnusableTrust extends SSLException {
    private static final long serialVersionUID = 1;

    UnusableTrust(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
