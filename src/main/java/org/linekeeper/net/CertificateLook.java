package org.linekeeper.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Which certificates does somebody present, and are they to be believed? By a connection of its
 * own, which shakes hands with anybody, looks and hangs up: nothing is ever said over it.
 */
public final class CertificateLook {
  /**
   * What was seen.
   *
   * @param chain the certificates, its own first; empty if it presented none
   * @param fault why they are not believed, or why there was no TLS; empty if all is well
   */
  public record Seen(List<X509Certificate> chain, Optional<TlsFault> fault) {
    /** Copies the list. */
    public Seen {
      chain = List.copyOf(chain);
    }
  }

  private final String host;
  private final int port;
  private final Optional<Path> trust;
  private final Socket raw = new Socket();

  /**
   * Connects nothing yet.
   *
   * @param trust PEM file of whom to trust; empty: those that Java trusts
   */
  public CertificateLook(String host, int port, Optional<Path> trust) {
    this.host = host;
    this.port = port;
    this.trust = trust;
  }

  /**
   * Looks; waits for it until {@link #giveUp}.
   *
   * @param timeout for connecting, and for each piece of the handshake
   * @throws IOException if nothing was seen that tells of certificates: nobody there, or silence
   */
  public Seen look(Duration timeout) throws IOException {
    Witness witness;
    try {
      witness = new Witness(TrustedTls.trustManager(trust));
    } catch (TrustedTls.UnusableTrust e) {
      return new Seen(List.of(), Optional.of(TlsFault.OURS));
    }
    try (raw) {
      raw.connect(new InetSocketAddress(host, port), (int) timeout.toMillis());
      raw.setSoTimeout((int) timeout.toMillis());
      Socket over =
          TrustedTls.context(witness).getSocketFactory().createSocket(raw, host, port, false);
      if (over instanceof SSLSocket tls) {
        tls.setSSLParameters(TrustedTls.checkingTheName(tls.getSSLParameters()));
        tls.startHandshake();
      }
    } catch (IOException e) {
      Optional<TlsFault> fault = TlsFault.of(e);
      if (fault.isEmpty() && witness.chain.isEmpty()) {
        throw e;
      }
      return new Seen(witness.chain, witness.fault.or(() -> fault));
    }
    return new Seen(witness.chain, witness.fault);
  }

  /** Ends it, from any thread. */
  public void giveUp() {
    try {
      raw.close();
    } catch (IOException e) {
      // closed is what it is meant to be
    }
  }

  /** Remembers what the real judge says, and lets the handshake go on. */
  private static final class Witness extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager judge;
    private List<X509Certificate> chain = List.of();
    private Optional<TlsFault> fault = Optional.empty();

    Witness(X509ExtendedTrustManager judge) {
      this.judge = judge;
    }

    private interface Judging {
      void check() throws CertificateException;
    }

    private void judge(X509Certificate[] presented, Judging judging) {
      chain = List.of(presented);
      try {
        judging.check();
      } catch (CertificateException e) {
        fault = TlsFault.of(e).or(() -> Optional.of(TlsFault.UNTRUSTED));
      }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] presented, String type, Socket socket) {
      judge(presented, () -> judge.checkServerTrusted(presented, type, socket));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] presented, String type, SSLEngine engine) {
      judge(presented, () -> judge.checkServerTrusted(presented, type, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] presented, String type) {
      judge(presented, () -> judge.checkServerTrusted(presented, type));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] presented, String type, Socket socket)
        throws CertificateException {
      throw noServer();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] presented, String type, SSLEngine engine)
        throws CertificateException {
      throw noServer();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] presented, String type)
        throws CertificateException {
      throw noServer();
    }

    private static CertificateException noServer() {
      return new CertificateException("this end calls, it is never called");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return judge.getAcceptedIssuers();
    }
  }
}
