package org.linekeeper.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linekeeper.secret.Secret;

/** An encrypted link talks to the PBX that it was told to trust, and to nobody else. */
class AmiTlsTest extends LinkFixture {
  static final Duration LIMIT = Duration.ofSeconds(5);

  @TempDir Path keys;
  ServerSocket server;

  @BeforeEach
  void serveAmiOverTls() throws Exception {
    keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=pbx", "-ext", "SAN=DNS:localhost");
    keytool("-exportcert", "-rfc", "-file", keys.resolve("pbx.pem").toString());
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys.resolve("pbx.p12"))) {
      store.load(in, "changeit".toCharArray());
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(store, "changeit".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), null, null);
    server =
        context
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread serving = new Thread(this::serve, "tls-pbx");
    serving.setDaemon(true);
    serving.start();
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread thread = new Thread(() -> logIn(socket), "tls-pbx-session");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void logIn(Socket socket) {
    try {
      RawPeer.login(socket);
    } catch (IOException e) {
      // the client did not like the certificate, or has ended
    }
  }

  private void keytool(String... arguments) throws Exception {
    List<String> command =
        new java.util.ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("-alias", "pbx", "-keystore", keys.resolve("pbx.p12").toString()));
    command.addAll(List.of("-storetype", "PKCS12", "-storepass", "changeit"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  AmiAccess tls(String host, Optional<Path> trust) {
    return new AmiAccess(
        WEST, host, server.getLocalPort(), true, trust, "linekeeper", Secret.of("s3cret"));
  }

  @Test
  void aTrustedCertificateWithTheRightNameIsTaken() {
    start(tls("localhost", Optional.of(keys.resolve("pbx.pem"))));

    assertThat(next(LIMIT).kind()).isEqualTo(SessionNews.Kind.UP);
  }

  @Test
  void theCertificateOfAnotherHostIsNot() {
    start(tls("127.0.0.1", Optional.of(keys.resolve("pbx.pem"))));

    SessionNews said = next(LIMIT);
    assertThat(said.kind()).isEqualTo(SessionNews.Kind.NOT_AMI);
    assertThat(said.said()).contains("127.0.0.1");
  }

  @Test
  void aCertificateThatNobodyVouchesForIsNot() {
    start(tls("localhost", Optional.empty()));

    assertThat(next(LIMIT).kind()).isEqualTo(SessionNews.Kind.NOT_AMI);
  }

  @Test
  void aTrustFileThatIsMissingIsNamed() {
    start(tls("localhost", Optional.of(keys.resolve("no-such.pem"))));

    SessionNews said = next(LIMIT);
    assertThat(said.kind()).isEqualTo(SessionNews.Kind.NOT_AMI);
    assertThat(said.said()).contains("no-such.pem");
  }

  @Test
  void aPortThatSpeaksNoTlsDoesNotHoldTheLogin() throws IOException {
    try (RawPeer plain = new RawPeer(socket -> socket.getInputStream().readAllBytes())) {
      InetSocketAddress at = plain.address();
      start(
          new AmiAccess(
              WEST,
              "localhost",
              at.getPort(),
              true,
              Optional.of(keys.resolve("pbx.pem")),
              "linekeeper",
              Secret.of("s3cret")));

      assertThat(next(Duration.ofMillis(1300)).kind()).isEqualTo(SessionNews.Kind.STALLED);
    }
  }
}
