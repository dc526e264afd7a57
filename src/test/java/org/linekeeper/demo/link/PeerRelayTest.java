package org.linekeeper.demo.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linekeeper.journal.PeerKeys;

/** Two watchers connect to a third one's port; the way of one of them is cut. */
class PeerRelayTest {
  private static final int SOON = 5_000;
  private static final int LONG_ENOUGH = 400;

  @TempDir static Path directory;
  private static Map<String, SSLContext> keys;

  private final Network network = new Network();
  private SSLServerSocket third;
  private TcpRelay relay;

  @BeforeAll
  static void keys() throws IOException {
    PeerKeys.make(directory, Map.of("a", "127.0.0.1", "b", "127.0.0.1", "c", "127.0.0.1"));
    keys = PeerRelay.keys(directory, List.of("a", "b", "c"));
  }

  @BeforeEach
  void open() throws IOException {
    third =
        (SSLServerSocket)
            Objects.requireNonNull(keys.get("c"))
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    third.setNeedClientAuth(true);
    third.setSoTimeout(SOON);
    SSLParameters parameters = third.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    third.setSSLParameters(parameters);
    relay = PeerRelay.open(network, "c", (InetSocketAddress) third.getLocalSocketAddress(), keys);
  }

  @AfterEach
  void close() throws IOException {
    relay.close();
    third.close();
  }

  private SSLSocket connect(SSLContext with) throws IOException {
    SSLSocket socket =
        (SSLSocket) with.getSocketFactory().createSocket("127.0.0.1", relay.address().getPort());
    socket.setSoTimeout(SOON);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setApplicationProtocols(new String[] {"h2"});
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private SSLSocket connect(String watcher) throws IOException {
    return connect(Objects.requireNonNull(keys.get(watcher)));
  }

  @Test
  void theThirdOneSeesWhoReallyConnects() throws IOException {
    for (String watcher : List.of("a", "b")) {
      try (SSLSocket from = connect(watcher);
          SSLSocket there = (SSLSocket) third.accept()) {
        there.getOutputStream().write('!');
        assertThat(from.getInputStream().read()).isEqualTo('!');
        assertThat(there.getSession().getPeerPrincipal().getName()).isEqualTo("CN=" + watcher);
        assertThat(there.getApplicationProtocol()).isEqualTo("h2");
      }
    }
  }

  @Test
  void onlyTheWayOfTheOneIsCut() throws IOException {
    network.cut(new Link("c", "a"));
    try (SSLSocket from = connect("b");
        SSLSocket there = (SSLSocket) third.accept()) {
      from.getOutputStream().write('!');
      assertThat(there.getInputStream().read()).isEqualTo('!');
    }
    try (SSLSocket from = connect("a")) {
      from.getOutputStream().write('!');
      third.setSoTimeout(LONG_ENOUGH);
      assertThatThrownBy(third::accept).isInstanceOf(SocketTimeoutException.class);
      from.setSoTimeout(LONG_ENOUGH);
      assertThatThrownBy(() -> from.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void aStrangerIsLetInNowhere() throws Exception {
    SSLContext stranger = SSLContext.getInstance("TLS");
    stranger.init(null, new TrustManager[] {new Anybody()}, null);
    assertThatThrownBy(
            () -> {
              try (SSLSocket from = connect(stranger)) {
                // in TLS 1.3 the client is done before the server has looked
                if (from.getInputStream().read() < 0) {
                  throw new IOException("closed");
                }
              }
            })
        .isInstanceOf(IOException.class);
    third.setSoTimeout(LONG_ENOUGH);
    assertThatThrownBy(third::accept).isInstanceOf(SocketTimeoutException.class);
  }

  /** Does not look at certificates. */
  private static final class Anybody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
