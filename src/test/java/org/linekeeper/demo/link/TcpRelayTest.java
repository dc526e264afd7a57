package org.linekeeper.demo.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cable between a watcher and a PBX that is pulled out and plugged in again. */
class TcpRelayTest {
  private static final Link LINK = new Link("watcher-1", "primary");
  private static final int SOON = 5_000;
  private static final int LONG_ENOUGH = 400;

  private final Network network = new Network();
  private ServerSocket pbx;
  private TcpRelay relay;

  @BeforeEach
  void open() throws IOException {
    pbx = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    pbx.setSoTimeout(SOON);
    relay = TcpRelay.open(network, LINK, (InetSocketAddress) pbx.getLocalSocketAddress());
  }

  @AfterEach
  void close() throws IOException {
    relay.close();
    pbx.close();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.connect(relay.address(), SOON);
    socket.setSoTimeout(SOON);
    return socket;
  }

  private static void say(Socket to, String words) throws IOException {
    to.getOutputStream().write(words.getBytes(StandardCharsets.US_ASCII));
  }

  private static String hear(Socket from, int length) throws IOException {
    return new String(from.getInputStream().readNBytes(length), StandardCharsets.US_ASCII);
  }

  private static void hearsNothing(Socket socket) throws IOException {
    socket.setSoTimeout(LONG_ENOUGH);
    assertThatThrownBy(() -> socket.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
    socket.setSoTimeout(SOON);
  }

  @Test
  void passesOnWhatBothSayUntilOneEnds() throws IOException {
    try (Socket watcher = connect();
        Socket there = pbx.accept()) {
      say(watcher, "Action: Ping");
      assertThat(hear(there, 12)).isEqualTo("Action: Ping");
      say(there, "Pong");
      assertThat(hear(watcher, 4)).isEqualTo("Pong");
      there.shutdownOutput();
      assertThat(watcher.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void aCutLinkCarriesNothingInEitherDirectionAndLosesNothingOnceItIsMended() throws IOException {
    try (Socket watcher = connect();
        Socket there = pbx.accept()) {
      say(watcher, "before");
      assertThat(hear(there, 6)).isEqualTo("before");
      network.cut(LINK);
      say(watcher, "during");
      say(there, "answer");
      hearsNothing(there);
      hearsNothing(watcher);
      network.mend(LINK);
      assertThat(hear(there, 6)).isEqualTo("during");
      assertThat(hear(watcher, 6)).isEqualTo("answer");
    }
  }

  @Test
  void nobodyLearnsThroughACutLinkThatTheOtherOneIsGone() throws IOException {
    try (Socket watcher = connect();
        Socket there = pbx.accept()) {
      network.cut(LINK);
      there.shutdownOutput();
      hearsNothing(watcher);
      network.mend(LINK);
      assertThat(watcher.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void whoConnectsThroughACutLinkGetsNoAnswerAndNobodyIsConnectedTo() throws IOException {
    network.cut(LINK);
    try (Socket watcher = connect()) {
      say(watcher, "is anybody there");
      hearsNothing(watcher);
      pbx.setSoTimeout(LONG_ENOUGH);
      assertThatThrownBy(pbx::accept).isInstanceOf(SocketTimeoutException.class);
      network.mend(LINK);
      assertThat(watcher.getInputStream().read()).as("is to try again").isEqualTo(-1);
    }
  }

  @Test
  void aPartyWithoutPowerIsSilentOnAllItsLinks() throws IOException {
    network.dark("watcher-1");
    try (Socket watcher = connect()) {
      hearsNothing(watcher);
    }
    network.lit("watcher-1");
    try (Socket watcher = connect();
        Socket there = pbx.accept()) {
      say(there, "Asterisk");
      assertThat(hear(watcher, 8)).isEqualTo("Asterisk");
    }
  }

  @Test
  void cuttingOneLinkLeavesTheOthers() throws IOException {
    network.cut(new Link("watcher-2", "primary"));
    try (Socket watcher = connect();
        Socket there = pbx.accept()) {
      say(watcher, "hello");
      assertThat(hear(there, 5)).isEqualTo("hello");
    }
  }

  @Test
  void whereNobodyListensConnectionsAreRefusedUntilSomebodyDoesAgain() throws IOException {
    InetSocketAddress behind = (InetSocketAddress) pbx.getLocalSocketAddress();
    pbx.close();
    Awaitility.await()
        .atMost(Duration.ofMillis(SOON))
        .untilAsserted(
            () -> assertThatThrownBy(() -> connect().close()).isInstanceOf(ConnectException.class));
    pbx = new ServerSocket(behind.getPort(), 50, behind.getAddress());
    pbx.setSoTimeout(SOON);
    Awaitility.await()
        .atMost(Duration.ofMillis(SOON))
        .ignoreException(ConnectException.class)
        .until(
            () -> {
              connect().close();
              return true;
            });
  }

  @Test
  void aCutLinkDoesNotSayThatNobodyListensAnyMore() throws IOException {
    pbx.close();
    Awaitility.await()
        .atMost(Duration.ofMillis(SOON))
        .untilAsserted(
            () -> assertThatThrownBy(() -> connect().close()).isInstanceOf(ConnectException.class));
    network.cut(LINK);
    Awaitility.await()
        .atMost(Duration.ofMillis(SOON))
        .ignoreException(ConnectException.class)
        .until(
            () -> {
              try (Socket watcher = connect()) {
                hearsNothing(watcher);
                return true;
              }
            });
  }

  @Test
  void closedItLeavesNoThread() throws IOException {
    Set<Thread> before = relays();
    TcpRelay another =
        TcpRelay.open(network, LINK, (InetSocketAddress) pbx.getLocalSocketAddress());
    try (Socket watcher = new Socket()) {
      watcher.connect(another.address(), SOON);
      try (Socket there = pbx.accept()) {
        say(watcher, "hello");
        assertThat(hear(there, 5)).isEqualTo("hello");
        network.cut(LINK);
        say(watcher, "held");
        hearsNothing(there);
        another.close();
        Awaitility.await()
            .atMost(Duration.ofMillis(SOON))
            .untilAsserted(() -> assertThat(before).containsAll(relays()));
      }
    }
  }

  private static Set<Thread> relays() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("relay"))
        .collect(Collectors.toSet());
  }
}
