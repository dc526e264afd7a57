package org.linekeeper.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linekeeper.net.IoLoop;
import org.linekeeper.net.MadeCertificate;
import org.linekeeper.sip.SipAnswer.Kind;
import org.linekeeper.time.Ticker;

/** The trunk is over TLS: what is asked of the PBX, and what when its certificate is no good. */
class TlsLinkTest {
  private static final Duration LONG = Duration.ofSeconds(8);
  private static final String HERE = "ip:127.0.0.1";

  private final IoLoop loop = IoLoop.start("tls-test", Ticker.system());
  private final List<AutoCloseable> open = new ArrayList<>();
  @TempDir Path directory;

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable c : open) {
      c.close();
    }
    loop.close();
  }

  private TlsPeer pbx(MadeCertificate made) throws Exception {
    TlsPeer pbx = new TlsPeer(made.server());
    open.add(pbx);
    return pbx;
  }

  private SipOptionsClient client(InetSocketAddress address, String host, Path trust) {
    SipTarget target =
        new SipTarget(
            address,
            SipTransport.TLS,
            "",
            "linekeeper",
            Optional.of(new SipTls(host, Optional.of(trust))));
    SipOptionsClient client = new SipOptionsClient(loop, target);
    open.add(client);
    return client;
  }

  private static SipAnswer ask(SipOptionsClient client) throws Exception {
    return client.ask(LONG).toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void manyQuestionsGoOverOneConnectionWhoseCertificateWasChecked() throws Exception {
    MadeCertificate good = MadeCertificate.make(directory, HERE, -10, 30);
    TlsPeer pbx = pbx(good);
    SipOptionsClient client = client(pbx.address(), "127.0.0.1", good.authority);

    List<CompletableFuture<SipAnswer>> answers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      answers.add(client.ask(LONG).toCompletableFuture());
    }
    for (CompletableFuture<SipAnswer> answer : answers) {
      assertThat(answer.get(10, TimeUnit.SECONDS)).matches(SipAnswer::ok);
    }
    assertThat(ask(client).sentence()).startsWith("tls 127.0.0.1:").contains("answered 200 OK");
    assertThat(pbx.connections()).isEqualTo(1);
  }

  @Test
  void aPbxThatWasRestartedIsConnectedAnew() throws Exception {
    MadeCertificate good = MadeCertificate.make(directory, HERE, -10, 30);
    TlsPeer pbx = pbx(good);
    SipOptionsClient client = client(pbx.address(), "127.0.0.1", good.authority);
    assertThat(ask(client)).matches(SipAnswer::ok);

    pbx.dropConnection();
    long end = System.nanoTime() + LONG.toNanos();
    while (!ask(client).ok()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.sleep(50);
    }
    assertThat(pbx.connections()).isEqualTo(2);
  }

  @Test
  void aCertificateThatRanOutIsSaidToHaveAndSaysNothingOfCalls() throws Exception {
    MadeCertificate old = MadeCertificate.make(directory, HERE, -40, -5);
    SipAnswer answer = ask(client(pbx(old).address(), "127.0.0.1", old.authority));

    assertThat(answer).matches(a -> a.kind() == Kind.NOT_TRUSTED);
    assertThat(answer.sentence())
        .contains("its certificate has run out", "delivers no calls there", "renew it at the PBX");
  }

  @Test
  void aCertificateForAnotherNameIsToldApart() throws Exception {
    MadeCertificate other = MadeCertificate.make(directory, "dns:other.example.org", -10, 30);
    SipAnswer answer = ask(client(pbx(other).address(), "127.0.0.1", other.authority));

    assertThat(answer).matches(a -> a.kind() == Kind.NOT_TRUSTED);
    assertThat(answer.sentence()).contains("its certificate is for another name");
  }

  @Test
  void aNameInTheCertificateIsWhatIsAskedFor() throws Exception {
    MadeCertificate named = MadeCertificate.make(directory, "dns:localhost", -10, 30);
    assertThat(ask(client(pbx(named).address(), "localhost", named.authority)).ok()).isTrue();
  }

  @Test
  void aCertificateOfAStrangersAuthorityIsToldApart() throws Exception {
    MadeCertificate stranger = MadeCertificate.make(directory, HERE, -10, 30);
    MadeCertificate ours = MadeCertificate.make(directory, HERE, -10, 30);
    SipAnswer answer = ask(client(pbx(stranger).address(), "127.0.0.1", ours.authority));

    assertThat(answer).matches(a -> a.kind() == Kind.NOT_TRUSTED);
    assertThat(answer.sentence()).contains("nobody whom this watcher trusts vouches");
  }

  @Test
  void aTrustFileThatCannotBeReadIsThisWatchersFault() throws Exception {
    MadeCertificate good = MadeCertificate.make(directory, HERE, -10, 30);
    Path missing = directory.resolve("gone.pem");
    SipAnswer answer = ask(client(pbx(good).address(), "127.0.0.1", missing));

    assertThat(answer).matches(a -> a.kind() == Kind.NOT_TRUSTED);
    assertThat(answer.sentence()).contains("this watcher cannot check certificates");
  }

  @Test
  void somebodyWhoDoesNotSpeakTlsIsToldApart() throws Exception {
    try (ServerSocket plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread thread =
          new Thread(
              () -> {
                try (Socket socket = plain.accept()) {
                  socket
                      .getOutputStream()
                      .write("SIP/2.0 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                  socket.getInputStream().readAllBytes();
                } catch (java.io.IOException e) {
                  // the test is over
                }
              });
      thread.setDaemon(true);
      thread.start();
      MadeCertificate good = MadeCertificate.make(directory, HERE, -10, 30);
      SipAnswer answer =
          ask(
              client(
                  (InetSocketAddress) plain.getLocalSocketAddress(), "127.0.0.1", good.authority));

      assertThat(answer).matches(a -> a.kind() == Kind.NOT_TRUSTED);
      assertThat(answer.sentence()).contains("does not speak TLS");
    }
  }

  @Test
  void aHungPbxTakesTheConnectionAndIsSilentLikeAnyOther() throws Exception {
    try (ServerSocket hung = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      MadeCertificate good = MadeCertificate.make(directory, HERE, -10, 30);
      SipOptionsClient client =
          client((InetSocketAddress) hung.getLocalSocketAddress(), "127.0.0.1", good.authority);
      SipAnswer soon =
          client.ask(Duration.ofMillis(300)).toCompletableFuture().get(10, TimeUnit.SECONDS);
      SipAnswer late = ask(client);

      assertThat(soon.kind()).isEqualTo(Kind.TIMED_OUT);
      assertThat(late.kind()).isEqualTo(Kind.ERROR);
      assertThat(late.sentence()).contains("no TLS handshake within 3 s");
    }
  }

  @Test
  void aPbxThatIsNotBelievedIsNotAskedTenTimesASecond() throws Exception {
    MadeCertificate old = MadeCertificate.make(directory, HERE, -40, -5);
    TlsPeer pbx = pbx(old);
    SipOptionsClient client = client(pbx.address(), "127.0.0.1", old.authority);
    for (int i = 0; i < 15; i++) {
      assertThat(ask(client).kind()).isEqualTo(Kind.NOT_TRUSTED);
      Thread.sleep(100);
    }
    assertThat(pbx.connections()).isBetween(2, 5);
  }

  @Test
  void nobodyListeningIsRefusedAsOverTcp() throws Exception {
    MadeCertificate good = MadeCertificate.make(directory, HERE, -10, 30);
    InetSocketAddress nobody;
    try (ServerSocket gone = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      nobody = (InetSocketAddress) gone.getLocalSocketAddress();
    }
    assertThat(ask(client(nobody, "127.0.0.1", good.authority)).kind()).isEqualTo(Kind.REFUSED);
  }
}
