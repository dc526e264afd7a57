package org.linekeeper.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.asteriskjava.manager.action.SetVarAction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.linekeeper.lab.Await;
import org.linekeeper.verdict.Profile;

/**
 * No peer, however bad, keeps a question open for longer than its deadline or a thread for good.
 */
@Timeout(60)
class BadPeersTest extends LinkFixture {
  /** FACTS: the library alone took 35.9 s here. */
  static final Duration WORST = Duration.ofMillis(1300);

  final List<AutoCloseable> peers = new ArrayList<>();

  RawPeer peer(RawPeer.Manners manners) {
    RawPeer peer = new RawPeer(manners);
    peers.add(peer);
    return peer;
  }

  @AfterEach
  void closePeers() throws Exception {
    for (AutoCloseable peer : peers) {
      peer.close();
    }
  }

  @Test
  void aPeerThatNeverReadsCannotHoldAQuestionOrAThread() {
    RawPeer peer =
        peer(
            socket -> {
              RawPeer.login(socket);
              Await.pause(Duration.ofSeconds(30)); // and reads no more, ever
            });
    AmiSession session = session(peer);
    session.start();
    Await.until("login", Duration.ofSeconds(5), session::isUp);
    // more than both socket buffers hold, so that the write itself blocks
    SetVarAction huge = new SetVarAction("X", "x".repeat(16 << 20));

    Duration began = ticker.now();
    CompletionStage<?> stuck = session.ask(huge, SOON);
    CompletionStage<?> behind = session.ask(new SetVarAction("Y", "y"), SOON);
    get(stuck);
    get(behind);

    assertThat(ticker.since(began)).isLessThan(WORST);
    Await.until("no thread in a write", WORST, () -> blockedThreads() == 0);
    session.close();
  }

  private AmiSession session(RawPeer peer) {
    return new AmiSession(
        access(peer.address(), "s3cret"),
        workers,
        Profile.lan(),
        "off",
        List.of(),
        new AmiSession.Listener() {
          @Override
          public void news(SessionNews said) {
            news.add(said);
          }

          @Override
          public void event(org.asteriskjava.manager.event.ManagerEvent event) {}
        });
  }

  private static long blockedThreads() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(thread -> thread.getKey().getName().startsWith("pbx-io-"))
        .filter(
            thread ->
                Arrays.stream(thread.getValue())
                    .anyMatch(frame -> frame.getMethodName().equals("flush")))
        .count();
  }

  @Test
  void aResetIsToldFromAnEndInGoodOrder() {
    assertThat(endOf(socket -> socket.setSoLinger(true, 0))).isEqualTo(SessionNews.Kind.RESET);
    assertThat(endOf(socket -> {})).isEqualTo(SessionNews.Kind.CLOSED);
  }

  /** How a session ends with a peer that takes the login, and ends the connection after it. */
  private SessionNews.Kind endOf(RawPeer.Manners beforeTheEnd) {
    CountDownLatch end = new CountDownLatch(1);
    RawPeer peer =
        peer(
            socket -> {
              RawPeer.login(socket);
              try {
                end.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              beforeTheEnd.serve(socket);
              socket.close();
            });
    try (AmiSession session = session(peer)) {
      session.start();
      assertThat(next(Duration.ofSeconds(5)).kind()).isEqualTo(SessionNews.Kind.UP);
      end.countDown();
      return next(Duration.ofSeconds(5)).kind();
    }
  }

  @Test
  void aPeerThatLogsInAndThenSaysNothingIsAskedNoLongerThanTheDeadline() {
    RawPeer peer =
        peer(
            socket -> {
              RawPeer.login(socket);
              drain(socket);
            });
    PbxLink link = start(access(peer.address(), "s3cret"));
    Await.until("login", Duration.ofSeconds(5), link::isUp);

    Duration worst = Duration.ZERO;
    for (int i = 0; i < 4; i++) {
      Duration began = ticker.now();
      AmiAnswer<Instant> answer = get(link.ping());
      assertThat(answer.ok()).isFalse();
      Duration took = ticker.since(began);
      worst = took.compareTo(worst) > 0 ? took : worst;
    }

    assertThat(worst).isLessThan(WORST);
    Await.until(
        "the session given up",
        Duration.ofSeconds(2),
        () -> news.stream().anyMatch(n -> n.kind() == SessionNews.Kind.DROPPED));
  }

  private static void drain(Socket socket) throws IOException {
    while (socket.getInputStream().read() >= 0) {
      // it reads, and answers nothing
    }
  }

  @Test
  void aPeerThatTakesTheConnectionAndSaysNothingIsStalled() {
    RawPeer peer = peer(BadPeersTest::drain);
    start(access(peer.address(), "s3cret"));

    SessionNews said = next(WORST);
    assertThat(said.kind()).isEqualTo(SessionNews.Kind.STALLED);
    assertThat(said.took()).isLessThan(WORST);
  }

  @Test
  void aWebServerOnThePortIsNoPbx() {
    RawPeer peer =
        peer(
            socket -> {
              RawPeer.say(socket, "HTTP/1.1 400 Bad Request", "", "<html>What?</html>");
              drain(socket);
            });
    start(access(peer.address(), "s3cret"));

    assertThat(next(WORST).kind()).isEqualTo(SessionNews.Kind.NOT_AMI);
  }

  @Test
  void anEndlessLineIsNotReadToItsEnd() {
    RawPeer peer =
        peer(
            socket -> {
              byte[] noise = "x".repeat(8192).getBytes();
              while (true) {
                socket.getOutputStream().write(noise);
              }
            });
    start(access(peer.address(), "s3cret"));

    assertThat(next(WORST).kind())
        .isIn(SessionNews.Kind.NOT_AMI, SessionNews.Kind.STALLED, SessionNews.Kind.CUT);
  }

  @Test
  void garbageAfterTheLoginEndsNothingButTheSession() {
    RawPeer peer =
        peer(
            socket -> {
              RawPeer.login(socket);
              RawPeer.say(socket, ":::", "Response", "Event:", "", "\u0000\uffff", "", "");
              socket.getOutputStream().write(new byte[] {(byte) 0xc3, 0x28, 0, 1, 2, '\n', '\n'});
              while (true) {
                RawPeer.say(
                    socket, "Response: Success", "ActionID: " + RawPeer.actionId(socket), "");
              }
            });
    PbxLink link = start(access(peer.address(), "s3cret"));
    Await.until("login", Duration.ofSeconds(5), link::isUp);

    // an answer without a clock is no answer to Ping
    AmiAnswer<Instant> answer = get(link.ping());
    assertThat(answer.ok()).isFalse();
  }

  @Test
  void aPeerThatEndsEveryConnectionIsTriedAgainWithoutEnd() {
    RawPeer peer = peer(Socket::close);
    start(access(peer.address(), "s3cret"));

    for (int i = 0; i < 3; i++) {
      assertThat(next(WORST).kind()).isEqualTo(SessionNews.Kind.CUT);
    }
  }

  @Test
  void aClosedPortIsRefused() throws IOException {
    InetSocketAddress nobody;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = new InetSocketAddress(free.getInetAddress(), free.getLocalPort());
    }
    start(access(nobody, "s3cret"));

    assertThat(next(WORST).kind()).isEqualTo(SessionNews.Kind.REFUSED);
  }

  @Test
  void aNameThatLeadsNowhereIsSaidToBeMissing() {
    AmiAccess known = access(new InetSocketAddress("127.0.0.1", 5038), "s3cret");
    start(
        new AmiAccess(
            known.pbx(),
            "pbx-a.invalid", // RFC 6761: never in the DNS
            known.port(),
            known.tls(),
            known.trust(),
            known.user(),
            known.password()));

    SessionNews said = next(WORST);
    assertThat(said.kind()).isEqualTo(SessionNews.Kind.UNREACHABLE);
    assertThat(said.said()).contains("pbx-a.invalid is not in the DNS", "give its address");
  }

  @Test
  void aHostThatTakesNoConnectionIsUnreachableByTheDeadline() throws IOException {
    InetSocketAddress full = fullBacklog();
    start(access(full, "s3cret"));

    SessionNews said = next(WORST);
    assertThat(said.kind()).isEqualTo(SessionNews.Kind.UNREACHABLE);
    assertThat(said.took()).isLessThan(Duration.ofMillis(600));
  }

  /** Linux drops what comes when the listen queue is full: as seen from here, a blackhole. */
  private InetSocketAddress fullBacklog() throws IOException {
    ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    peers.add(server);
    InetSocketAddress address =
        new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
    for (int i = 0; i < 4; i++) {
      Socket filler = new Socket();
      peers.add(filler);
      try {
        filler.connect(address, 200);
      } catch (IOException e) {
        return address; // full
      }
    }
    return address;
  }

  @Test
  void aSlowPeerIsSlowAndNothingElse() {
    RawPeer peer =
        peer(
            socket -> {
              RawPeer.login(socket);
              while (true) {
                String id = RawPeer.actionId(socket);
                Await.pause(Duration.ofMillis(300));
                RawPeer.say(
                    socket, "Response: Success", "ActionID: " + id, "Timestamp: 1795000000.5", "");
              }
            });
    PbxLink link = start(access(peer.address(), "s3cret"));
    Await.until("login", Duration.ofSeconds(5), link::isUp);

    assertThat(get(link.ping()).value()).contains(Instant.ofEpochSecond(1795000000, 500_000_000));
  }

  @Test
  void manyBadPeersLeaveNoThreadsBehind() {
    int before = libraryThreads().size();
    RawPeer peer = peer(Socket::close);
    PbxLink link = start(access(peer.address(), "s3cret"));
    Await.until("twelve connections", Duration.ofSeconds(10), () -> peer.connections() >= 12);
    link.close();

    Await.until(
        "only as many of the library's threads as before: " + libraryThreads(),
        Duration.ofSeconds(5),
        () -> libraryThreads().size() <= before);
  }

  private static List<String> libraryThreads() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(thread -> thread.getKey().getName().startsWith("Asterisk-Java"))
        .map(thread -> thread.getKey().getName() + Arrays.toString(thread.getValue()))
        .toList();
  }
}
